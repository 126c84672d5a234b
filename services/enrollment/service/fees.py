"""Training fees: standards, orders, payments."""

from __future__ import annotations

from typing import Any

from services.enrollment import contract
from services.enrollment.commands import fee_payers, fee_payments, fee_reactions, fee_scopes
from services.enrollment.fee_standards import FeeStandards
from services.enrollment.queries import fee_list, fee_orders, fee_receipts
from services.enrollment.queries import fee_standards as standard_queries
from services.enrollment.service.desk import Desk
from services.scheduling.contract import RETIMING_ANNOUNCED, TERM_CANCELLED, TERM_MOVED
from shared.messaging import Call, Delivery, handles, serves


class FeeEntrypoints(Desk):
    """Training fees: standards, orders, payments."""

    @serves(contract.LIST_FEE_STANDARDS)
    def list_fee_standards(self, call: Call) -> dict[str, Any]:
        """List fee standards."""
        standards = self.standards()
        return self.kit.query(call, lambda view, given: standard_queries.list_fee_standards(view, given, standards))

    @serves(contract.QUOTE_FEE)
    def quote_fee(self, call: Call) -> dict[str, Any]:
        """Reckon what a stay costs."""
        standards = self.standards()
        return self.kit.query(call, lambda view, given: standard_queries.quote_fee(view, given, standards))

    @serves(contract.PUT_FEE_SCOPE)
    def put_fee_scope(self, call: Call) -> dict[str, Any]:
        """Say which standard holds where."""
        standards = self.standards()
        return self.kit.command(call, lambda tx, given: fee_scopes.put_fee_scope(tx, given, standards))

    @serves(contract.LIST_FEE_SCOPES)
    def list_fee_scopes(self, call: Call) -> dict[str, Any]:
        """List scopes."""
        return self.kit.query(call, standard_queries.list_fee_scopes)

    @serves(contract.REMOVE_FEE_SCOPE)
    def remove_fee_scope(self, call: Call) -> dict[str, Any]:
        """Remove a scope."""
        return self.kit.command(call, fee_scopes.remove_fee_scope)

    @serves(contract.ASSESS_FEES)
    def assess_fees(self, call: Call) -> dict[str, Any]:
        """Assess a term's fees again."""
        standards = self.standards()
        return self.kit.command(call, lambda tx, given: fee_reactions.assess_fees(tx, given, standards))

    @serves(contract.ASSIGN_FEE_PAYER)
    def assign_fee_payer(self, call: Call) -> dict[str, Any]:
        """Say who pays."""
        standards = self.standards()
        return self.kit.command(call, lambda tx, given: fee_payers.assign_fee_payer(tx, given, standards))

    @serves(contract.LIST_FEE_ORDERS)
    def list_fee_orders(self, call: Call) -> dict[str, Any]:
        """List orders."""
        return self.kit.query(call, fee_orders.list_fee_orders)

    @serves(contract.GET_FEE_ORDER)
    def get_fee_order(self, call: Call) -> dict[str, Any]:
        """Show an order."""
        return self.kit.query(call, fee_orders.get_fee_order)

    @serves(contract.LIST_FEE_ASSESSMENTS)
    def list_fee_assessments(self, call: Call) -> dict[str, Any]:
        """Show how an order was assessed over time."""
        return self.kit.query(call, fee_orders.list_fee_assessments)

    @serves(contract.GET_FEE_LIST)
    def get_fee_list(self, call: Call) -> dict[str, Any]:
        """Return the fee list of a term."""
        return self.kit.query(call, fee_list.get_fee_list)

    @serves(contract.BOOK_FEE_PAYMENT)
    def book_fee_payment(self, call: Call) -> dict[str, Any]:
        """Book a payment."""
        return self.kit.command(call, fee_payments.book_fee_payment)

    @serves(contract.CANCEL_FEE_PAYMENT)
    def cancel_fee_payment(self, call: Call) -> dict[str, Any]:
        """Cancel a payment booked by mistake."""
        return self.kit.command(call, fee_payments.cancel_fee_payment)

    @serves(contract.REFUND_FEES)
    def refund_fees(self, call: Call) -> dict[str, Any]:
        """Book a refund."""
        return self.kit.command(call, fee_payments.refund_fees)

    @serves(contract.LIST_FEE_RECEIPTS)
    def list_fee_receipts(self, call: Call) -> dict[str, Any]:
        """List receipts."""
        return self.kit.query(call, fee_receipts.list_fee_receipts)

    @serves(contract.GET_FEE_RECEIPT)
    def get_fee_receipt(self, call: Call) -> dict[str, Any]:
        """Show a receipt."""
        return self.kit.query(call, fee_receipts.get_fee_receipt)

    @handles(contract.ROSTER_ADMITTED, name="fees")
    def charge_admitted(self, delivery: Delivery) -> None:
        """Assess the fees of people who were admitted."""
        standards = self.standards()
        self.kit.react(delivery, lambda tx, news: fee_reactions.on_admission(tx, news, standards))

    @handles(contract.NOMINATION_WITHDRAWN, name="fees")
    def release_withdrawn(self, delivery: Delivery) -> None:
        """Assess anew what a withdrawal leaves charged."""
        standards = self.standards()
        self.kit.react(delivery, lambda tx, news: fee_reactions.on_withdrawal(tx, news, standards))

    @handles(contract.REPLACEMENT_APPROVED, name="fees")
    def move_with_seat(self, delivery: Delivery) -> None:
        """Let the fee move with the seat."""
        standards = self.standards()
        self.kit.react(delivery, lambda tx, news: fee_reactions.on_replacement(tx, news, standards))

    @handles(contract.REPLACEMENT_REFUSED, name="fees")
    def stay_charged(self, delivery: Delivery) -> None:
        """Charge whoever stays after all."""
        standards = self.standards()
        self.kit.react(delivery, lambda tx, news: fee_reactions.on_replacement_refused(tx, news, standards))

    @handles(TERM_MOVED, name="fees")
    def follow_dates(self, delivery: Delivery) -> None:
        """Assess a moved term anew."""
        standards = self.standards()
        self.kit.react(delivery, lambda tx, news: fee_reactions.on_moved(tx, news, standards))

    @handles(TERM_CANCELLED, name="fees")
    def release_cancelled(self, delivery: Delivery) -> None:
        """Release the fees of a cancelled term."""
        standards = self.standards()
        self.kit.react(delivery, lambda tx, news: fee_reactions.on_cancellation(tx, news, standards))

    @handles(RETIMING_ANNOUNCED, name="fees")
    def follow_retiming(self, delivery: Delivery) -> None:
        """Mark terms that are held online."""
        standards = self.standards()
        self.kit.react(delivery, lambda tx, news: fee_reactions.on_retiming(tx, news, standards))

    def standards(self) -> FeeStandards:
        """Return the installed fee standards."""
        return FeeStandards(self.kit.plugins)
