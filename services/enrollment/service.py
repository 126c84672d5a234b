"""The enrollment service: entrypoints, each one line into a command or a query."""

from __future__ import annotations

from typing import Any

from services.enrollment import contract, store
from services.enrollment.commands import admission, changes, importing, review, rosters, terms, units
from services.enrollment.limits import policy_table
from services.enrollment.queries import nominations as nomination_queries
from services.enrollment.queries import rosters as roster_queries
from services.enrollment.queries import units as unit_queries
from services.enrollment.rulebook import Rulebook
from services.scheduling.contract import TERM_CANCELLED, TERM_MOVED, TERM_PLACED
from shared.messaging import Call, Delivery, handles, serves
from shared.runtime import Kit


class EnrollmentService:
    """Units, quotas, rosters, nominations, review and admission."""

    name = "enrollment"
    kit = Kit(contract.CONTRACT, store.SCHEMA)

    @serves(contract.PUT_UNIT)
    def put_unit(self, call: Call) -> dict[str, Any]:
        """Register or change a unit."""
        return self.kit.command(call, units.put_unit)

    @serves(contract.LIST_UNITS)
    def list_units(self, call: Call) -> dict[str, Any]:
        """List units."""
        return self.kit.query(call, unit_queries.list_units)

    @serves(contract.GET_UNIT)
    def get_unit(self, call: Call) -> dict[str, Any]:
        """Show a unit."""
        return self.kit.query(call, unit_queries.get_unit)

    @serves(contract.ALLOT_QUOTAS)
    def allot_quotas(self, call: Call) -> dict[str, Any]:
        """Allot places of a term."""
        return self.kit.command(call, units.allot_quotas)

    @serves(contract.LIST_QUOTAS)
    def list_quotas(self, call: Call) -> dict[str, Any]:
        """Show the places of a term."""
        return self.kit.query(call, unit_queries.list_quotas)

    @serves(contract.FILE_ROSTER)
    def file_roster(self, call: Call) -> dict[str, Any]:
        """Take a roster file."""
        return rosters.file_roster(self.kit.work(call))

    @serves(contract.LIST_ROSTERS)
    def list_rosters(self, call: Call) -> dict[str, Any]:
        """List imports."""
        return self.kit.query(call, roster_queries.list_rosters)

    @serves(contract.GET_ROSTER)
    def get_roster(self, call: Call) -> dict[str, Any]:
        """Show an import."""
        return self.kit.query(call, roster_queries.get_roster)

    @serves(contract.LIST_ROSTER_ROWS)
    def list_roster_rows(self, call: Call) -> dict[str, Any]:
        """List how each row ended."""
        return self.kit.query(call, roster_queries.list_roster_rows)

    @serves(contract.GET_ROSTER_FILE)
    def get_roster_file(self, call: Call) -> dict[str, Any]:
        """Return the annotated copy."""
        return self.kit.query(call, roster_queries.get_roster_file)

    @serves(contract.LIST_NOMINATIONS)
    def list_nominations(self, call: Call) -> dict[str, Any]:
        """List nominations."""
        return self.kit.query(call, nomination_queries.list_nominations)

    @serves(contract.GET_NOMINATION)
    def get_nomination(self, call: Call) -> dict[str, Any]:
        """Show a nomination."""
        return self.kit.query(call, nomination_queries.get_nomination)

    @serves(contract.UNSEAL_ID_NUMBER)
    def unseal_id_number(self, call: Call) -> dict[str, Any]:
        """Show an identity number, audited."""
        return self.kit.query(call, nomination_queries.unseal_id_number)

    @serves(contract.ATTEST_NOMINATIONS)
    def attest_nominations(self, call: Call) -> dict[str, Any]:
        """Sign criteria."""
        return self.kit.command(call, review.attest_nominations)

    @serves(contract.REVIEW_NOMINATIONS)
    def review_nominations(self, call: Call) -> dict[str, Any]:
        """Decide on nominations."""
        rules = self._rules()
        return self.kit.command(call, lambda tx, request: review.review_nominations(tx, request, rules))

    @serves(contract.CORRECT_NOMINATION)
    def correct_nomination(self, call: Call) -> dict[str, Any]:
        """Correct a nomination."""
        rules = self._rules()
        return self.kit.command(call, lambda tx, request: changes.correct_nomination(tx, request, rules))

    @serves(contract.WITHDRAW_NOMINATION)
    def withdraw_nomination(self, call: Call) -> dict[str, Any]:
        """Withdraw a nomination."""
        return self.kit.command(call, changes.withdraw_nomination)

    @serves(contract.ADMIT_TERM)
    def admit_term(self, call: Call) -> dict[str, Any]:
        """Admit to a term."""
        rules = self._rules()
        return self.kit.command(call, lambda tx, request: admission.admit_term(tx, request, rules))

    @serves(contract.LIST_TRAINEES)
    def list_trainees(self, call: Call) -> dict[str, Any]:
        """List trainees."""
        return self.kit.query(call, nomination_queries.list_trainees)

    @serves(contract.TERM_FILL)
    def term_fill(self, call: Call) -> dict[str, Any]:
        """Show how full terms are."""
        return self.kit.query(call, nomination_queries.term_fill)

    @handles(contract.ROSTER_RECEIVED)
    def on_roster_received(self, delivery: Delivery) -> None:
        """Import a roster."""
        importing.import_roster(self.kit.work(delivery))

    @handles(TERM_PLACED)
    def on_term_placed(self, delivery: Delivery) -> None:
        """Keep a placed term."""
        self.kit.react(delivery, terms.record_term)

    @handles(TERM_MOVED)
    def on_term_moved(self, delivery: Delivery) -> None:
        """Keep a moved term."""
        self.kit.react(delivery, terms.record_term)

    @handles(TERM_CANCELLED)
    def on_term_cancelled(self, delivery: Delivery) -> None:
        """Close a cancelled term."""
        self.kit.react(delivery, terms.cancel_term)

    def _rules(self) -> Rulebook:
        return Rulebook(self.kit.plugins, policy_table().on(self.kit.clock.today()))
