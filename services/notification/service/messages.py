"""Messages: told by the table of rules, bundled, sent up the ladder, reminded of."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from services.compliance import contract as compliance
from services.enrollment import contract as enrollment
from services.notification import contract
from services.notification.commands import concluding, dispatching, message_pages, reminding, telling
from services.notification.commands.bundling import bundle_due, bundle_named
from services.notification.queries import dispatches
from services.notification.service.desk import Desk
from services.outcomes import contract as outcomes
from services.scheduling import contract as scheduling
from shared.messaging import Call, Delivery, handles, handles_each, serves, ticks
from shared.runtime.work import dumped

TOLD = (
    scheduling.SURVEY_OPENED,
    scheduling.SURVEY_ANSWERED,
    scheduling.SURVEY_CLOSED,
    scheduling.RETIMING_ANNOUNCED,
    scheduling.LECTURER_INVITED,
    scheduling.LECTURER_CONFIRMED,
    scheduling.LECTURER_DECLINED,
    scheduling.INVITATION_LAPSED,
    scheduling.INVITATION_WITHDRAWN,
    scheduling.INVITATION_SUPERSEDED,
    enrollment.NOMINATIONS_REVIEWED,
    enrollment.STANDBY_OFFERED,
    enrollment.STANDBY_ANSWERED,
    enrollment.STANDBY_LAPSED,
    enrollment.PLACES_TRANSFERRED,
    enrollment.PLACES_REQUESTED,
    enrollment.PLACES_DECLINED,
    enrollment.REPLACEMENT_REQUESTED,
    enrollment.REPLACEMENT_APPROVED,
    enrollment.REPLACEMENT_REFUSED,
    enrollment.FEES_ASSESSED,
    enrollment.FEES_PAID,
    enrollment.FEES_SETTLED,
    enrollment.FEES_REFUNDED,
    compliance.BRIEFING_OPENED,
    compliance.BRIEFING_ACKNOWLEDGED,
    compliance.BRIEFING_CANCELLED,
    compliance.LEAVE_REQUESTED,
    compliance.LEAVE_DECIDED,
    compliance.LEAVE_LIMIT_PASSED,
    compliance.ABSENCE_ALERTED,
    compliance.TRAINEE_NOT_REPORTED,
    compliance.SANCTION_IMPOSED,
    compliance.WITHDRAWAL_OPENED,
    compliance.TRAINEE_WITHDRAWN,
    compliance.PERSON_MISSING,
    compliance.PERSON_FOUND,
    compliance.RETURN_DUE,
    compliance.RETURN_CONFIRMED,
    compliance.RETURN_OVERDUE,
    compliance.RETURN_CANCELLED,
    compliance.COMPLETION_DECIDED,
    outcomes.QUESTIONS_HANDED_OVER,
    outcomes.HANDOVER_RECEIPTED,
    outcomes.HANDOVER_CLOSED,
    outcomes.QUESTION_ANSWERED,
    outcomes.REPORTS_EXPECTED,
    outcomes.REPORT_RETURNED,
    outcomes.REPORT_SUBMITTED,
    outcomes.PROPOSAL_FORWARDED,
    outcomes.PROPOSAL_ANSWERED,
    outcomes.PROPOSAL_WITHDRAWN,
    outcomes.FOLLOW_UP_DUE,
    outcomes.FOLLOW_UP_RECORDED,
    contract.BATCH_PRINTED,
    contract.CERTIFICATES_PRINTED,
)
"""The events of the table in ``messages.json`` but for two, which have handlers of their own."""


class MessageEntrypoints(Desk):
    """Messages: told by the table of rules, bundled, sent up the ladder, reminded of."""

    @handles_each(*TOLD)
    def tell(self, delivery: Delivery) -> None:
        """Tell whomever an event concerns."""
        self.kit.react(delivery, lambda tx, data: telling.tell(tx, delivery.type, delivery.event_id, data))

    @handles(scheduling.TIMETABLE_ISSUED)
    def on_timetable_issued(self, delivery: Delivery) -> None:
        """Learn who teaches in a term, and tell those whom the version concerns."""
        self.kit.react(delivery, lambda tx, data: telling.tell_timetable(tx, delivery.type, delivery.event_id, data))

    @handles(enrollment.NOMINATION_WITHDRAWN, name="messages")
    def end_what_is_waited_for(self, delivery: Delivery) -> None:
        """End what is waited for from somebody who no longer goes."""
        self.kit.react(delivery, lambda tx, data: telling.tell(tx, delivery.type, delivery.event_id, data))

    @handles(contract.DISPATCH_REQUESTED)
    def on_dispatch_requested(self, delivery: Delivery) -> None:
        """Send urgent messages at once."""
        work = self.kit.work(delivery)
        work.transact(lambda tx: bundle_named(tx, delivery.data["message_ids"]))
        dispatching.dispatch_due(work, self.press(), self.link_of)

    @ticks("messages", every=timedelta(minutes=1))
    def send_due_messages(self, slot: datetime) -> None:
        """Write reminders whose turn has come, bundle what is to leave, send what is due."""
        work = self.kit.tick(slot, "messages")
        reminding.remind(work)
        bundle_due(work)
        dispatching.dispatch_due(work, self.press(), self.link_of)

    @serves(contract.LIST_MESSAGES)
    def list_messages(self, call: Call) -> dict[str, Any]:
        """List messages."""
        return self.kit.query(call, dispatches.list_messages)

    @serves(contract.LIST_DISPATCHES)
    def list_dispatches(self, call: Call) -> dict[str, Any]:
        """List dispatches."""
        return self.kit.query(call, dispatches.list_dispatches)

    @serves(contract.GET_DISPATCH)
    def get_dispatch(self, call: Call) -> dict[str, Any]:
        """Show a dispatch with its words."""
        return self.kit.query(call, dispatches.get_dispatch)

    @serves(contract.GET_DISPATCH_PAGE)
    def get_dispatch_page(self, call: Call) -> dict[str, Any]:
        """Return a dispatch as a page to fax."""
        return dumped(call.operation, message_pages.dispatch_page(self.kit.work(call), self.press()))

    @serves(contract.RECORD_OUTCOME)
    def record_outcome(self, call: Call) -> dict[str, Any]:
        """Write down what became of a sending later."""
        return self.kit.command(call, concluding.record_outcome)

    @serves(contract.MESSAGES_SUMMARY)
    def messages_summary(self, call: Call) -> dict[str, Any]:
        """Count messages and dispatches."""
        return self.kit.query(call, dispatches.messages_summary)
