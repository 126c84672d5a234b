"""Commands of Outcomes (成果运用).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client import outcomes_types as types
from gateway.client.wire import Wire, given


class OutcomesCommands:
    """成果运用 / Outcomes."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def file_questions(
        self,
        *,
        term_id: str,
        unit_id: str,
        questions: list[types.QuestionText],
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.QuestionSet:
        """报送重点难点问题和典型案例 / File questions and cases."""
        return self._wire.send(
            types.QuestionSet,
            "POST",
            "/question-sets",
            given(term_id=term_id, unit_id=unit_id, questions=questions),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
