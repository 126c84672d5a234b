"""Queries of Outcomes (成果运用).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client import outcomes_types as types
from gateway.client.wire import UNSET, Unset, Wire, given


class OutcomesQueries:
    """成果运用 / Outcomes."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def list_question_sets(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        roster_complete: bool | Unset = UNSET,
    ) -> types.QuestionSetSummaryPage:
        """查询问题清单 / List question sets."""
        return self._wire.send(
            types.QuestionSetSummaryPage,
            "GET",
            "/question-sets",
            given(cursor=cursor, limit=limit, term_id=term_id, unit_id=unit_id, roster_complete=roster_complete),
        )

    def get_question_set(self, *, question_set_id: str) -> types.QuestionSet:
        """查看一份问题清单 / Show one question set."""
        return self._wire.send(
            types.QuestionSet, "GET", "/question-sets/{question_set_id}", given(question_set_id=question_set_id)
        )
