"""Parts of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.enrollment.types.conditions import RankLevels
from gateway.client.enrollment.types.nominations import ReviewLadder
from gateway.client.wire import Caller, given


class PartsCalls(Caller):
    """选调与录取 / Enrollment: parts."""

    def get_review_ladder(self) -> ReviewLadder:
        """查看审核环节 / Show the steps of review."""
        return self._wire.send(ReviewLadder, "GET", "/review-ladder", given())

    def list_rank_levels(self) -> RankLevels:
        """查询职务层次与职级对照 / List the levels of ranks."""
        return self._wire.send(RankLevels, "GET", "/rank-levels", given())
