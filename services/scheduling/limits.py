"""The limits the service works with: the rows of ``policies.json``, each with its dates and source."""

from __future__ import annotations

from functools import cache

from shared.policies import PolicyTable


@cache
def policy_table() -> PolicyTable:
    """Return every limit with its dates and source."""
    return PolicyTable.of("services.scheduling")
