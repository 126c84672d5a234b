"""Completion, and the closing of a term."""

from __future__ import annotations

from typing import Any

from services.compliance import contract
from services.compliance.commands import closing, completion
from services.compliance.commands.archiving import PROCESSES
from services.compliance.queries import closing as closing_queries
from services.compliance.queries import completion as completion_queries
from services.compliance.queries import figures as figure_queries
from services.compliance.queries import standing as standing_queries
from services.compliance.service.desk import Desk
from shared.messaging import Call, Delivery, handles, serves


class CompletionEntrypoints(Desk):
    """Completion, the closing of a term, and the year's figures."""

    @serves(contract.DECIDE_COMPLETION)
    def decide_completion(self, call: Call) -> dict[str, Any]:
        """Judge who completes."""
        rules = self.rules()
        return self.kit.command(call, lambda tx, request: completion.decide_completion(tx, request, rules))

    @serves(contract.CONFIRM_COMPLETION)
    def confirm_completion(self, call: Call) -> dict[str, Any]:
        """Confirm who completes."""
        return self.kit.command(call, completion.confirm_completion)

    @serves(contract.LIST_COMPLETIONS)
    def list_completions(self, call: Call) -> dict[str, Any]:
        """List completions."""
        return self.kit.query(call, completion_queries.list_completions)

    @serves(contract.CLOSE_TERM)
    def close_term(self, call: Call) -> dict[str, Any]:
        """Begin to close a term."""
        return self.kit.command(call, closing.close_term)

    @serves(contract.GET_CLOSING)
    def get_closing(self, call: Call) -> dict[str, Any]:
        """Show a closing."""
        return self.kit.query(call, closing_queries.get_closing)

    @serves(contract.GET_CLOSING_CHECKLIST)
    def get_closing_checklist(self, call: Call) -> dict[str, Any]:
        """Show what closing would find now."""
        return closing_queries.get_closing_checklist(self.kit.work(call))

    @serves(contract.REOPEN_TERM)
    def reopen_term(self, call: Call) -> dict[str, Any]:
        """Open a closed term again."""
        rules = self.rules()
        return self.kit.command(call, lambda tx, request: closing.reopen_term(tx, request, rules))

    @serves(contract.GET_TERM_ARCHIVE)
    def get_term_archive(self, call: Call) -> dict[str, Any]:
        """Download an archive, audited."""
        return self.kit.query(call, closing_queries.get_term_archive)

    @serves(contract.VERIFY_TERM_ARCHIVE)
    def verify_term_archive(self, call: Call) -> dict[str, Any]:
        """Verify an archive."""
        return self.kit.query(call, closing_queries.verify_term_archive)

    @serves(contract.GET_COMPLIANCE_FIGURES)
    def get_compliance_figures(self, call: Call) -> dict[str, Any]:
        """Give the year's figures."""
        return self.kit.query(call, figure_queries.get_compliance_figures)

    @serves(contract.LIST_COMPLIANCE_LIMITS)
    def list_compliance_limits(self, call: Call) -> dict[str, Any]:
        """List the limits."""
        return self.kit.query(call, standing_queries.list_compliance_limits)

    @serves(contract.GET_MY_STANDING)
    def get_my_standing(self, call: Call) -> dict[str, Any]:
        """Show where one stands."""
        return self.kit.query(call, standing_queries.get_my_standing)

    @handles(contract.PROCESS_ADVANCED)
    def on_process_advanced(self, delivery: Delivery) -> None:
        """Take the next step of a closing."""
        PROCESSES.advance(self.kit.work(delivery))
