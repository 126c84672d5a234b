"""Assessing what a unit owes for its people in a term, and assessing it anew when people or dates change.

An assessment looks at what is, never at what changed: who was admitted, who left since, the term's dates, the payers.
So it may run after any event, in any order and as often as it likes; nothing is charged twice.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

from services.enrollment.commands.fee_scopes import choice_of
from services.enrollment.commands.refusals import fault_of
from services.enrollment.contract import FEES_ASSESSED, FEES_SETTLED
from services.enrollment.domain.fee_departure import departure_of
from services.enrollment.domain.fee_ledger import FeeLedger
from services.enrollment.domain.fee_order import Course, DueRule, Line, Seat, due_day, line_of
from services.enrollment.domain.money import yuan
from services.enrollment.domain.nomination import LEFT, State
from services.enrollment.domain.wording import Refusal
from services.enrollment.fee_standards import FeeStandards
from services.enrollment.limits import policy_table
from services.enrollment.store import (
    FEE_ASSESSMENTS,
    FEE_ORDERS,
    FEE_PAYERS,
    NOMINATIONS,
    TERMS,
    entry_fields,
    ledger_fields,
    ledger_from,
    line_fields,
    line_from,
)
from shared.calendar import CalendarUnknown, WorkingCalendar, days_between
from shared.city_calendar import calendar_of
from shared.clock import CITY_ZONE
from shared.identifiers import new_id
from shared.storage import Transaction

Doc = dict[str, Any]
_BY_UNIT = {"payer": "unit", "nomination_id": None, "legal_basis": None}


def assess_unit(tx: Transaction, term_id: str, unit_id: str, cause: str, standards: FeeStandards) -> list[Doc]:
    """Bring the orders of a unit in a term up to date; return those that changed."""
    return _Assessment(tx, tx.rows(TERMS).get(term_id), cause, standards).of_unit(unit_id)


def assess_term(
    tx: Transaction, term_id: str, cause: str, standards: FeeStandards, retiming_id: str | None = None
) -> list[Doc]:
    """Bring every order of a term within the caller's reach up to date; return those that changed."""
    assessment = _Assessment(tx, tx.rows(TERMS).get(term_id), cause, standards, retiming_id)
    ordered = {row["unit_id"] for row in tx.rows(FEE_ORDERS).find({"term_id": term_id}, fields=("unit_id",))}
    admitted = {row["unit_id"] for row in tx.rows(NOMINATIONS).find(_taken(term_id), fields=("unit_id",))}
    units = [unit_id for unit_id in sorted(ordered | admitted) if tx.caller.reaches(unit_id)]
    return [order for unit_id in units for order in assessment.of_unit(unit_id)]


def book(tx: Transaction, order: Doc, before: FeeLedger, after: FeeLedger) -> None:
    """Write what a ledger gained into its order, with the figures that follow; tell when nothing is owed any more."""
    new = after.entries[len(before.entries) :]
    order["entries"] = [
        *order["entries"],
        *({**entry_fields(entry), "at": tx.now, "by": tx.caller.subject} for entry in new),
    ]
    order |= ledger_fields(after)
    if before.outstanding > 0 >= after.outstanding:
        tx.emit(FEES_SETTLED, where(order), subject=order["_id"])


def announce_order(tx: Transaction, order: Doc, retiming_id: str | None = None) -> None:
    """Tell what is charged by an order, and what of it is to be paid by which day."""
    data = {
        **where(order),
        "payer": order["payer"],
        "trainees": sum(line["departure"] is None for line in order["lines"]),
        "amount": yuan(order["assessed_fen"]),
        "outstanding": owed(order),
        "due_on": order["due_on"] if order["outstanding_fen"] > 0 else None,
        "retiming_id": retiming_id,
    }
    tx.emit(FEES_ASSESSED, data, subject=order["_id"])


def owed(order: Doc) -> Decimal:
    """Return what of an order is not paid yet, in yuan."""
    return yuan(max(0, order["outstanding_fen"]))


def where(order: Doc) -> Doc:
    """Return what tells in an event which order it is about."""
    return {"order_id": order["_id"], "term_id": order["term_id"], "unit_id": order["unit_id"]}


class _Assessment:
    """One term while it is assessed."""

    def __init__(
        self, tx: Transaction, term: Doc, cause: str, standards: FeeStandards, retiming_id: str | None = None
    ) -> None:
        self._tx, self._term, self._cause, self._standards = tx, term, cause, standards
        self._retiming_id = retiming_id
        self._choice = choice_of(tx, term)
        self._policies = policy_table().on(tx.today)
        reports_on = term.get("reports_on")
        self._course = Course(
            starts_on=date.fromisoformat(term["starts_on"]),
            reports_on=date.fromisoformat(reports_on) if reports_on else None,
            training_days=term["days"],
            cancelled=term["cancelled"],
            free_days=_free_days(tx, term),
        )

    def of_unit(self, unit_id: str) -> list[Doc]:
        """Bring the orders of one unit up to date; return those that changed."""
        term_id = self._term["_id"]
        key = {"term_id": term_id, "unit_id": unit_id}
        orders = {row["payer_key"]: row for row in self._tx.rows(FEE_ORDERS).find(key)}
        known = {line["nomination_id"]: line_from(line) for row in orders.values() for line in row["lines"]}
        seats = [self._seat(row) for row in self._tx.rows(NOMINATIONS).find({**_taken(term_id), "unit_id": unit_id})]
        payers = {row["nomination_id"]: row for row in self._tx.rows(FEE_PAYERS).find(key)}
        wanted: dict[str, list[Line]] = defaultdict(list)
        for seat in sorted(seats, key=lambda seat: seat.nomination_id):
            payer = payers.get(seat.nomination_id) or payers.get(None) or _BY_UNIT
            wanted[payer_key(payer)].append(self._line(seat, known.get(seat.nomination_id)))
        terms_of_payment = {payer_key(row): row for row in (_BY_UNIT, *payers.values())}
        bases = {payer_key(row): row["legal_basis"] for row in payers.values() if row["payer"] == "individual"}
        changed = []
        for name in sorted(wanted.keys() | orders.keys()):
            order = orders.get(name) or self._new_order(unit_id, name, terms_of_payment[name])
            if self._apply(order, wanted.get(name, []), bases.get(name, order["legal_basis"])):
                changed.append(order)
        return changed

    def _seat(self, row: Doc) -> Seat:
        if row["state"] == State.ADMITTED:
            return Seat(row["_id"])
        withdrawal = row.get("withdrawal") or {"at": row["history"][-1]["at"], "reason_code": "other"}
        on = withdrawal["at"].astimezone(CITY_ZONE).date()
        return Seat(row["_id"], departure_of(withdrawal["reason_code"], on, self._course.starts_on))

    def _line(self, seat: Seat, before: Line | None) -> Line:
        slug = self._choice.standard
        try:
            return line_of(
                seat,
                self._course,
                self._choice,
                lambda stay: self._standards.charge(slug, stay),
                self._policies,
                before,
            )
        except Refusal as refusal:
            raise fault_of(refusal, term_id=self._term["_id"]) from None

    def _new_order(self, unit_id: str, name: str, payer: Doc) -> Doc:
        return {
            "_id": new_id("fee"),
            "term_id": self._term["_id"],
            "plan_id": self._term["plan_id"],
            "unit_id": unit_id,
            "payer": payer["payer"],
            "payer_key": name,
            "payer_nomination_id": payer["nomination_id"] if payer["payer"] == "individual" else None,
            "legal_basis": payer["legal_basis"],
            "assessment": 0,
            "lines": [],
            "entries": [],
            "payments": [],
            "refunds": [],
            **ledger_fields(FeeLedger()),
        }

    def _apply(self, order: Doc, lines: list[Line], legal_basis: Doc | None) -> bool:
        before = ledger_from(order["entries"])
        total = sum(line.amount_fen for line in lines)
        fields = {
            "lines": [line_fields(line) for line in lines],
            "due_on": self._due_on(order, more=total > before.assessed),
            "attention": self._attention(),
            "legal_basis": legal_basis,
        }
        if all(order.get(key) == value for key, value in fields.items()):
            return False
        number = order["assessment"] + 1
        if order["assessment"]:
            self._tx.rows(FEE_ASSESSMENTS).insert(_superseded(self._tx, order))
        order |= fields | {
            "assessment": number,
            "cause": self._cause,
            "anchor": self._anchor(),
            "assessed_at": self._tx.now,
        }
        book(self._tx, order, before, before.assess(total, f"assessment-{number}"))
        rows = self._tx.rows(FEE_ORDERS)
        rows.save(order) if "version" in order else rows.insert(order)
        announce_order(self._tx, order, self._retiming_id)
        return True

    def _anchor(self) -> str:
        return (self._course.reports_on or self._course.starts_on).isoformat()

    def _due_on(self, order: Doc, more: bool) -> str:
        known: str | None = order.get("due_on")
        passed = known is not None and known < self._tx.today.isoformat()
        if known is not None and order["anchor"] == self._anchor() and not (more and passed):
            return known
        rule = self._policies["fee.due"].value
        due = DueRule(rule["days_from_reporting"], rule["days_after_late_assessment"])
        return due_day(due, self._course, self._tx.today).isoformat()

    def _attention(self) -> dict[str, str] | None:
        if not self._term.get("held_online") or self._course.cancelled:
            return None
        policy = self._policies["fee.online"]
        return {"zh": f"{policy.value['zh']}（{policy.source.split(' / ')[0]}）", "en": policy.value["en"]}


def _free_days(tx: Transaction, term: Doc) -> frozenset[date]:
    """Return the days of a term without training: of one longer than its training, those nobody works on."""
    first, last = (date.fromisoformat(term[key]) for key in ("starts_on", "ends_on"))
    if (last - first).days < term["days"]:
        return frozenset()
    calendar = calendar_of(tx)
    return frozenset(day for day in days_between(first, last) if not _works(calendar, day))


def _works(calendar: WorkingCalendar, day: date) -> bool:
    try:
        return calendar.is_working_day(day)
    except CalendarUnknown:  # fees do not wait for the next holiday table
        return day.weekday() < 5


def payer_key(payer: Doc) -> str:
    """Return what tells the orders of one unit in one term apart."""
    return f"individual:{payer['nomination_id']}" if payer["payer"] == "individual" else str(payer["payer"])


def _taken(term_id: str) -> Doc:
    """Return the filter for everybody who has, or had, a seat in the term."""
    states = sorted({State.ADMITTED, *LEFT})
    return {"term_id": term_id, "state": {"$in": states}, "admitted_at": {"$ne": None}}


def _superseded(tx: Transaction, order: Doc) -> Doc:
    kept = {key: order[key] for key in ("assessment", "cause", "lines", "due_on", "assessed_fen", "legal_basis")}
    return {"_id": new_id("assessment"), "order_id": order["_id"], **kept, "at": order["assessed_at"]}
