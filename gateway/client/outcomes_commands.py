"""Commands of Outcomes (成果运用).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client import outcomes_types as types
from gateway.client.wire import UNSET, Unset, Wire, given


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

    def cluster_questions(self, *, term_id: str, idempotency_key: str | None = None) -> types.Coverage:
        """整理一期的问题：隐去姓名、归并、对应课次 / Mask, cluster and match a term's questions."""
        return self._wire.send(
            types.Coverage,
            "POST",
            "/terms/{term_id}/question-clusters",
            given(term_id=term_id),
            idempotency_key=idempotency_key,
        )

    def merge_question_clusters(
        self, *, cluster_id: str, cluster_ids: list[str], idempotency_key: str | None = None
    ) -> types.Cluster:
        """合并几类问题 / Merge clusters of questions."""
        return self._wire.send(
            types.Cluster,
            "POST",
            "/question-clusters/{cluster_id}/merge",
            given(cluster_id=cluster_id, cluster_ids=cluster_ids),
            idempotency_key=idempotency_key,
        )

    def split_question_cluster(
        self, *, cluster_id: str, question_ids: list[str], idempotency_key: str | None = None
    ) -> types.Cluster:
        """拆分一类问题 / Split a cluster of questions."""
        return self._wire.send(
            types.Cluster,
            "POST",
            "/question-clusters/{cluster_id}/split",
            given(cluster_id=cluster_id, question_ids=question_ids),
            idempotency_key=idempotency_key,
        )

    def change_question_cluster(
        self,
        *,
        cluster_id: str,
        wording: str | Unset = UNSET,
        session_id: str | Unset | None = UNSET,
        idempotency_key: str | None = None,
    ) -> types.Cluster:
        """改写措辞或指定课次 / Reword a cluster, or put it to another session."""
        return self._wire.send(
            types.Cluster,
            "PATCH",
            "/question-clusters/{cluster_id}",
            given(cluster_id=cluster_id, wording=wording, session_id=session_id),
            idempotency_key=idempotency_key,
        )

    def hand_over_questions(self, *, term_id: str, idempotency_key: str | None = None) -> types.Coverage:
        """向授课教师转交一期的问题和案例 / Hand a term's questions to the lecturers."""
        return self._wire.send(
            types.Coverage,
            "POST",
            "/terms/{term_id}/question-handovers",
            given(term_id=term_id),
            idempotency_key=idempotency_key,
        )

    def receipt_handover(
        self, *, handover_id: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> types.Handover:
        """回执：已收到转交的问题 / Receipt a hand-over."""
        return self._wire.send(
            types.Handover,
            "POST",
            "/question-handovers/{handover_id}/receipt",
            given(handover_id=handover_id),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def answer_question(
        self,
        *,
        handover_id: str,
        cluster_id: str,
        outcome: Literal["answered", "used", "not_covered"],
        text: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Handover:
        """登记问题的解答、采用或未涉及 / Say what became of a question."""
        return self._wire.send(
            types.Handover,
            "POST",
            "/question-handovers/{handover_id}/answers",
            given(handover_id=handover_id, cluster_id=cluster_id, outcome=outcome, text=text),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
