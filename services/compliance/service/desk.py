"""What every part of the service class has at hand."""

from __future__ import annotations

from services.compliance.limits import policy_table
from services.compliance.rulebook import Rulebook
from shared.runtime import Kit


class Desk:
    """A part of the service class; the whole class brings the kit."""

    kit: Kit

    def rules(self) -> Rulebook:
        """Return the installed rules with today's limits."""
        return Rulebook(self.kit.plugins, policy_table().on(self.kit.clock.today()))
