"""Question sets of Outcomes (成果运用).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.outcomes.types.question_sets import QuestionSet, QuestionSetSummaryPage, QuestionText
from gateway.client.wire import UNSET, Caller, Unset, given


class QuestionSetsCalls(Caller):
    """成果运用 / Outcomes: question sets."""

    def list_question_sets(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        roster_complete: bool | Unset = UNSET,
    ) -> QuestionSetSummaryPage:
        """查询问题清单 / List question sets."""
        return self._wire.send(
            QuestionSetSummaryPage,
            "GET",
            "/question-sets",
            given(cursor=cursor, limit=limit, term_id=term_id, unit_id=unit_id, roster_complete=roster_complete),
        )

    def get_question_set(self, *, question_set_id: str) -> QuestionSet:
        """查看一份问题清单 / Show one question set."""
        return self._wire.send(
            QuestionSet, "GET", "/question-sets/{question_set_id}", given(question_set_id=question_set_id)
        )

    def file_questions(
        self,
        *,
        term_id: str,
        unit_id: str,
        questions: list[QuestionText],
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> QuestionSet:
        """报送重点难点问题和典型案例 / File questions and cases."""
        return self._wire.send(
            QuestionSet,
            "POST",
            "/question-sets",
            given(term_id=term_id, unit_id=unit_id, questions=questions),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
