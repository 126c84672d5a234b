"""The policy table the service runs with: the rows of ``policies.json``."""

from __future__ import annotations

from functools import cache

from services.outcomes.domain.review import Rubric
from shared.policies import Policies, PolicyTable


@cache
def policy_table() -> PolicyTable:
    """Return every limit with its dates and source."""
    return PolicyTable.of("services.outcomes")


def rubric_of(policies: Policies) -> Rubric:
    """Return the rubric in force: criteria with weights, and where each grade begins."""
    return Rubric.of(policies["review.criteria"].value, policies["review.grades"].value)
