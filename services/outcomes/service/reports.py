"""Entrypoints of topics and reports, each one line into a command or a query."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from services.outcomes import contract
from services.outcomes.commands import deadlines, lapsing, preparing, reports, topics
from services.outcomes.queries import reports as report_queries
from services.outcomes.queries import topics as topic_queries
from shared.messaging import Call, Delivery, handles, serves, ticks
from shared.runtime import Kit


class ReportEntrypoints:
    """Research reports until they are reviewed."""

    kit: Kit

    @serves(contract.PROPOSE_TOPIC)
    def propose_topic(self, call: Call) -> dict[str, Any]:
        """Propose a topic."""
        return self.kit.command(call, topics.propose_topic)

    @serves(contract.DECIDE_TOPIC)
    def decide_topic(self, call: Call) -> dict[str, Any]:
        """Approve or decline a topic."""
        return self.kit.command(call, topics.decide_topic)

    @serves(contract.LIST_TOPICS)
    def list_topics(self, call: Call) -> dict[str, Any]:
        """List topics."""
        return self.kit.query(call, topic_queries.list_topics)

    @serves(contract.CHOOSE_TOPIC)
    def choose_topic(self, call: Call) -> dict[str, Any]:
        """Choose a topic."""
        return self.kit.command(call, topics.choose_topic)

    @serves(contract.FILE_REPORT_VERSION)
    def file_report_version(self, call: Call) -> dict[str, Any]:
        """Take a version of a report."""
        return self.kit.long_command(call, reports.file_report_version)

    @serves(contract.SUBMIT_REPORT)
    def submit_report(self, call: Call) -> dict[str, Any]:
        """Put a version forward."""
        return self.kit.command(call, reports.submit_report)

    @serves(contract.LIST_REPORTS)
    def list_reports(self, call: Call) -> dict[str, Any]:
        """List reports."""
        return self.kit.query(call, report_queries.list_reports)

    @serves(contract.GET_REPORT)
    def get_report(self, call: Call) -> dict[str, Any]:
        """Show a report."""
        return self.kit.query(call, report_queries.get_report)

    @serves(contract.GET_REPORT_FILE)
    def get_report_file(self, call: Call) -> dict[str, Any]:
        """Return a version of a report."""
        return self.kit.query(call, report_queries.get_report_file)

    @serves(contract.SET_REPORT_DEADLINE)
    def set_report_deadline(self, call: Call) -> dict[str, Any]:
        """Set the day a term's reports are due."""
        return self.kit.command(call, deadlines.set_report_deadline)

    @serves(contract.EXTEND_REPORT_DEADLINE)
    def extend_report_deadline(self, call: Call) -> dict[str, Any]:
        """Grant one trainee a later day."""
        return self.kit.command(call, deadlines.extend_report_deadline)

    @serves(contract.RETURN_REPORT)
    def return_report(self, call: Call) -> dict[str, Any]:
        """Return a report to its author."""
        return self.kit.command(call, reports.return_report)

    @serves(contract.ANNUL_REPORT)
    def annul_report(self, call: Call) -> dict[str, Any]:
        """Annul a report."""
        return self.kit.command(call, reports.annul_report)

    @serves(contract.GET_SIMILARITY)
    def get_report_similarity(self, call: Call) -> dict[str, Any]:
        """Show what a report shares with others."""
        return self.kit.query(call, report_queries.get_report_similarity)

    @serves(contract.CLEAR_SIMILARITY)
    def clear_report_similarity(self, call: Call) -> dict[str, Any]:
        """Let a held report go on."""
        return self.kit.command(call, reports.clear_report_similarity)

    @handles(contract.REPORT_SUBMITTED)
    def on_report_submitted(self, delivery: Delivery) -> None:
        """Make the blind copy and compare with other reports."""
        preparing.prepare_report(self.kit.work(delivery))

    @ticks("expect_reports", every=timedelta(hours=1))
    def expect_reports(self, slot: datetime) -> None:
        """Announce reports that are due from now on, and those that were not handed in."""
        lapsing.look_at_deadlines(self.kit.tick(slot, "expect_reports"))
