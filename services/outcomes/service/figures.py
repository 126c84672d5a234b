"""Entrypoints of collections, evaluations, the year's figures and a term's files."""

from __future__ import annotations

from typing import Any

from services.outcomes import contract
from services.outcomes.commands import evaluations as evaluation_commands
from services.outcomes.commands import report_collections as collection_commands
from services.outcomes.queries import evaluations as evaluation_queries
from services.outcomes.queries import exports, figures
from services.outcomes.queries import report_collections as collection_queries
from shared.messaging import Call, serves
from shared.runtime import Kit


class FigureEntrypoints:
    """What is made of all that was gathered."""

    kit: Kit

    @serves(contract.COMPILE_COLLECTION)
    def compile_report_collection(self, call: Call) -> dict[str, Any]:
        """Compile a collection."""
        return self.kit.command(call, collection_commands.compile_report_collection)

    @serves(contract.LIST_COLLECTIONS)
    def list_report_collections(self, call: Call) -> dict[str, Any]:
        """List collections."""
        return self.kit.query(call, collection_queries.list_report_collections)

    @serves(contract.GET_COLLECTION_FILE)
    def get_report_collection_file(self, call: Call) -> dict[str, Any]:
        """Bind a collection into one document."""
        return collection_queries.get_report_collection_file(self.kit.work(call))

    @serves(contract.EVALUATE_SESSION)
    def evaluate_session(self, call: Call) -> dict[str, Any]:
        """Count an answer about a session."""
        return self.kit.command(call, evaluation_commands.evaluate_session)

    @serves(contract.GET_EVALUATIONS)
    def get_session_evaluations(self, call: Call) -> dict[str, Any]:
        """Show what trainees think of sessions."""
        return self.kit.query(call, evaluation_queries.get_session_evaluations)

    @serves(contract.GET_OUTCOMES_FIGURES)
    def get_outcomes_figures(self, call: Call) -> dict[str, Any]:
        """Return the year's figures."""
        return self.kit.query(call, figures.get_outcomes_figures)

    @serves(contract.LIST_OUTCOMES_LIMITS)
    def list_outcomes_limits(self, call: Call) -> dict[str, Any]:
        """List the limits."""
        return self.kit.query(call, figures.list_outcomes_limits)

    @serves(contract.EXPORT_OUTCOMES_FILES)
    def export_outcomes_files(self, call: Call) -> dict[str, Any]:
        """Return a term's files for its archive."""
        return exports.export_outcomes_files(self.kit.work(call))
