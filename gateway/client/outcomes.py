"""Client of Outcomes (成果运用).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.outcomes_commands import OutcomesCommands
from gateway.client.outcomes_queries import OutcomesQueries


class Outcomes(OutcomesQueries, OutcomesCommands):
    """成果运用 / Outcomes."""
