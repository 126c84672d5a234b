"""Clusters of Outcomes (成果运用).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.outcomes.types.clusters import Cluster, ClusterRowPage, Coverage
from gateway.client.wire import UNSET, Caller, Unset, given


class ClustersCalls(Caller):
    """成果运用 / Outcomes: clusters."""

    def cluster_questions(self, *, term_id: str, idempotency_key: str | None = None) -> Coverage:
        """整理一期的问题：隐去姓名、归并、对应课次 / Mask, cluster and match a term's questions."""
        return self._wire.send(
            Coverage,
            "POST",
            "/terms/{term_id}/question-clusters",
            given(term_id=term_id),
            idempotency_key=idempotency_key,
        )

    def list_question_clusters(
        self,
        *,
        term_id: str,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        state: Literal["unmatched", "waiting", "handed_over", "answered", "used", "not_covered"] | Unset = UNSET,
        session_id: str | Unset = UNSET,
    ) -> ClusterRowPage:
        """查询归并后的问题 / List clusters of questions."""
        return self._wire.send(
            ClusterRowPage,
            "GET",
            "/question-clusters",
            given(cursor=cursor, limit=limit, term_id=term_id, state=state, session_id=session_id),
        )

    def get_question_cluster(self, *, cluster_id: str) -> Cluster:
        """查看一类问题 / Show a cluster of questions."""
        return self._wire.send(Cluster, "GET", "/question-clusters/{cluster_id}", given(cluster_id=cluster_id))

    def merge_question_clusters(
        self, *, cluster_id: str, cluster_ids: list[str], idempotency_key: str | None = None
    ) -> Cluster:
        """合并几类问题 / Merge clusters of questions."""
        return self._wire.send(
            Cluster,
            "POST",
            "/question-clusters/{cluster_id}/merge",
            given(cluster_id=cluster_id, cluster_ids=cluster_ids),
            idempotency_key=idempotency_key,
        )

    def split_question_cluster(
        self, *, cluster_id: str, question_ids: list[str], idempotency_key: str | None = None
    ) -> Cluster:
        """拆分一类问题 / Split a cluster of questions."""
        return self._wire.send(
            Cluster,
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
    ) -> Cluster:
        """改写措辞或指定课次 / Reword a cluster, or put it to another session."""
        return self._wire.send(
            Cluster,
            "PATCH",
            "/question-clusters/{cluster_id}",
            given(cluster_id=cluster_id, wording=wording, session_id=session_id),
            idempotency_key=idempotency_key,
        )

    def get_question_coverage(self, *, term_id: str) -> Coverage:
        """问题解答覆盖情况 / How far a term's questions are covered."""
        return self._wire.send(Coverage, "GET", "/terms/{term_id}/question-coverage", given(term_id=term_id))

    def hand_over_questions(self, *, term_id: str, idempotency_key: str | None = None) -> Coverage:
        """向授课教师转交一期的问题和案例 / Hand a term's questions to the lecturers."""
        return self._wire.send(
            Coverage,
            "POST",
            "/terms/{term_id}/question-handovers",
            given(term_id=term_id),
            idempotency_key=idempotency_key,
        )
