"""Evaluations of Outcomes (成果运用).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.outcomes.types.evaluations import Counted, Evaluations, Points
from gateway.client.wire import UNSET, Caller, Unset, given


class EvaluationsCalls(Caller):
    """成果运用 / Outcomes: evaluations."""

    def evaluate_session(
        self, *, session_id: str, points: list[Points], comment: str | Unset = UNSET, idempotency_key: str | None = None
    ) -> Counted:
        """匿名评教 / Evaluate a session, anonymously."""
        return self._wire.send(
            Counted,
            "POST",
            "/session-evaluations",
            given(session_id=session_id, points=points, comment=comment),
            idempotency_key=idempotency_key,
        )

    def get_session_evaluations(self, *, term_id: str) -> Evaluations:
        """查看评教结果 / Show what trainees think of sessions."""
        return self._wire.send(Evaluations, "GET", "/terms/{term_id}/session-evaluations", given(term_id=term_id))
