"""Queries of Outcomes (成果运用).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

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

    def list_question_clusters(
        self,
        *,
        term_id: str,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        state: Literal["unmatched", "waiting", "handed_over", "answered", "used", "not_covered"] | Unset = UNSET,
        session_id: str | Unset = UNSET,
    ) -> types.ClusterRowPage:
        """查询归并后的问题 / List clusters of questions."""
        return self._wire.send(
            types.ClusterRowPage,
            "GET",
            "/question-clusters",
            given(cursor=cursor, limit=limit, term_id=term_id, state=state, session_id=session_id),
        )

    def get_question_cluster(self, *, cluster_id: str) -> types.Cluster:
        """查看一类问题 / Show a cluster of questions."""
        return self._wire.send(types.Cluster, "GET", "/question-clusters/{cluster_id}", given(cluster_id=cluster_id))

    def get_question_coverage(self, *, term_id: str) -> types.Coverage:
        """问题解答覆盖情况 / How far a term's questions are covered."""
        return self._wire.send(types.Coverage, "GET", "/terms/{term_id}/question-coverage", given(term_id=term_id))

    def list_handovers(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        lecturer_id: str | Unset = UNSET,
        state: Literal["open", "receipted", "closed"] | Unset = UNSET,
    ) -> types.HandoverRowPage:
        """查询问题转交情况 / List hand-overs of questions."""
        return self._wire.send(
            types.HandoverRowPage,
            "GET",
            "/question-handovers",
            given(cursor=cursor, limit=limit, term_id=term_id, lecturer_id=lecturer_id, state=state),
        )

    def get_handover(self, *, handover_id: str) -> types.Handover:
        """查看转交的问题 / Show a hand-over with its questions."""
        return self._wire.send(
            types.Handover, "GET", "/question-handovers/{handover_id}", given(handover_id=handover_id)
        )
