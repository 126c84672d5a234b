"""Entrypoints of clusters and hand-overs, each one line into a command or a query."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from services.outcomes import contract
from services.outcomes.commands import clusters as cluster_commands
from services.outcomes.commands import handovers as handover_commands
from services.outcomes.queries import clusters as cluster_queries
from services.outcomes.queries import handovers as handover_queries
from shared.messaging import Call, serves, ticks
from shared.runtime import Kit


class QuestionEntrypoints:
    """Questions on their way to lecturers and back."""

    kit: Kit

    @serves(contract.CLUSTER_QUESTIONS)
    def cluster_questions(self, call: Call) -> dict[str, Any]:
        """Mask, cluster and match."""
        return self.kit.long_command(call, cluster_commands.cluster_questions)

    @serves(contract.LIST_CLUSTERS)
    def list_question_clusters(self, call: Call) -> dict[str, Any]:
        """List clusters."""
        return self.kit.query(call, cluster_queries.list_question_clusters)

    @serves(contract.GET_CLUSTER)
    def get_question_cluster(self, call: Call) -> dict[str, Any]:
        """Show a cluster."""
        return self.kit.query(call, cluster_queries.get_question_cluster)

    @serves(contract.MERGE_CLUSTERS)
    def merge_question_clusters(self, call: Call) -> dict[str, Any]:
        """Merge clusters."""
        return self.kit.long_command(call, cluster_commands.merge_question_clusters)

    @serves(contract.SPLIT_CLUSTER)
    def split_question_cluster(self, call: Call) -> dict[str, Any]:
        """Split a cluster."""
        return self.kit.long_command(call, cluster_commands.split_question_cluster)

    @serves(contract.CHANGE_CLUSTER)
    def change_question_cluster(self, call: Call) -> dict[str, Any]:
        """Reword a cluster or put it to another session."""
        return self.kit.long_command(call, cluster_commands.change_question_cluster)

    @serves(contract.GET_COVERAGE)
    def get_question_coverage(self, call: Call) -> dict[str, Any]:
        """Show how far questions are covered."""
        return self.kit.query(call, cluster_queries.get_question_coverage)

    @serves(contract.HAND_OVER_QUESTIONS)
    def hand_over_questions(self, call: Call) -> dict[str, Any]:
        """Release a term's questions to its lecturers."""
        return self.kit.long_command(call, cluster_commands.hand_over_questions)

    @serves(contract.LIST_HANDOVERS)
    def list_handovers(self, call: Call) -> dict[str, Any]:
        """List hand-overs."""
        return self.kit.query(call, handover_queries.list_handovers)

    @serves(contract.GET_HANDOVER)
    def get_handover(self, call: Call) -> dict[str, Any]:
        """Show a hand-over."""
        return self.kit.query(call, handover_queries.get_handover)

    @serves(contract.RECEIPT_HANDOVER)
    def receipt_handover(self, call: Call) -> dict[str, Any]:
        """Receipt a hand-over."""
        return self.kit.command(call, handover_commands.receipt_handover)

    @serves(contract.ANSWER_QUESTION)
    def answer_question(self, call: Call) -> dict[str, Any]:
        """Say what became of a question."""
        return self.kit.command(call, handover_commands.answer_question)

    @ticks("digest", every=timedelta(minutes=15))
    def digest(self, slot: datetime) -> None:
        """Mask and cluster what came in since the last time."""
        cluster_commands.digest_pending(self.kit.tick(slot, "digest"))
