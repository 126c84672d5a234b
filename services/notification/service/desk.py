"""What every part of the service class has at hand."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from services.notification.commands.press import Press
from services.notification.limits import limits_on
from shared.runtime import Kit
from shared.security.caller import Role


class Desk:
    """A part of the service class; the whole class brings the kit."""

    kit: Kit
    _presses: ClassVar[dict[str, Press]] = {}

    def link_of(self, recipient: str) -> str:
        """Return the personal link of a lecturer or a trainee, such as of ``lecturer:l-1``; a secret."""
        kind, _, identifier = recipient.partition(":")
        days = limits_on(self.kit.clock.today()).number("message.link_days")
        return self.kit.personal_link(Role(kind), identifier, timedelta(days=days))

    def press(self) -> Press:
        """Return the press of this process: fonts and templates stay warm over all batches."""
        folder = self.kit.settings.var / "fonts"
        return self._presses.setdefault(str(folder), Press(folder))
