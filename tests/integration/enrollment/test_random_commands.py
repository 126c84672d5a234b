"""Whatever people do in whatever order: no seat twice, nobody in two places at once, money and audit in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from services.compliance.contract import TRAINEE_WITHDRAWN
from services.enrollment import contract, store
from services.enrollment.domain.fee_ledger import Account
from services.enrollment.service import EnrollmentService
from shared.clock import SettableClock
from shared.errors import Fault
from shared.runtime.testing import ServiceHarness
from tests.integration.enrollment.conftest import OPENING, Desk, line
from tests.integration.enrollment.fee_desk import cancel, hear, pay
from tests.integration.enrollment.replacing import approve, ask, check_invariants

UNITS = ("donghu", "nanshan")
TERMS = {1: ("term_1", 0, 3), 2: ("term_2", 3, 4), 3: ("term_3", 30, 3)}
"""Programme: term, days after the opening, capacity. The first two share days."""
COMMANDS = ("file", "file", "file", "seat", "seat", "withdraw", "replace", "answer", "expel", "join", "pay", "cancel")
steps = st.lists(st.tuples(st.sampled_from(COMMANDS), st.integers(0, 11)), min_size=4, max_size=9)


@settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),  # shrinking would take minutes on a real store
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=steps)
def test_the_invariants_hold_after_every_command(
    make_store: Callable[..., Any], store_prefix: str, steps: list[tuple[str, int]]
) -> None:
    kept = make_store(store.SCHEMA, clock=SettableClock(datetime(2020, 4, 1, 1, 0, tzinfo=UTC)))
    try:
        town = Town(Desk(ServiceHarness(EnrollmentService, kept)))
        for step, pick in [("file", 0), ("file", 5), ("seat", 0), *steps]:
            town.take(step, pick)
            town.check()
        town.check_audit()
    finally:
        kept.drop()


class Town:
    """Two units, three terms, a dozen people, and everything that can be done to them."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.serial = 500
        for unit in UNITS:
            desk.unit(f"city.{unit}")
        for programme, (term_id, days, capacity) in TERMS.items():
            desk.place(term_id, programme, 1, OPENING + timedelta(days=days), capacity=capacity)
            desk.allot(term_id, donghu=capacity - 1, nanshan=1)
        self.settle()

    def take(self, step: str, pick: int) -> None:
        """Carry out one command; a refusal in plain words is an answer like any other."""
        try:
            getattr(self, step)(pick)
        except Fault as fault:
            if fault.status >= 500:
                raise
        self.settle()

    def settle(self) -> None:
        while hear(self.desk):
            pass

    def file(self, pick: int) -> None:
        """A person for one term, then for the next one: half of these overlap."""
        lines = [line(1 + pick, programme) for programme in (pick % 3 + 1, (pick + 1) % 3 + 1)]
        self.desk.file(f"city.{UNITS[pick % 2]}", lines)

    def seat(self, pick: int) -> None:
        if self.desk.nominations(state="filed"):
            self.desk.accept_all()
        for term_id, _, _ in TERMS.values():
            try:
                self.desk.call(contract.ADMIT_TERM, {"term_id": term_id, "standby_left_out": pick % 2 == 0})
            except contract.TermCancelled:
                continue
            self.settle()

    def withdraw(self, pick: int) -> None:
        if chosen := self._one(pick, "admitted", "accepted", "filed"):
            self.desk.call(contract.WITHDRAW_NOMINATION, {"nomination_id": chosen, "reason_code": "work"})

    def replace(self, pick: int) -> None:
        """Somebody new goes, or somebody who may sit elsewhere already."""
        if chosen := self._one(pick, "admitted"):
            self.serial += 1
            approve(self.desk, ask(self.desk, chosen, 1 + pick if pick % 3 == 0 else self.serial))

    def answer(self, pick: int) -> None:
        for term_id, _, _ in TERMS.values():
            for row in self.desk.call(contract.LIST_STANDBY, {"term_id": term_id})["items"]:
                if row["state"] == "offered":
                    request = {"nomination_id": row["nomination_id"], "accept": pick % 3 > 0}
                    self.desk.call(contract.ANSWER_STANDBY, request)

    def expel(self, pick: int) -> None:
        if chosen := self._one(pick, "admitted"):
            row = self.desk.call(contract.GET_NOMINATION, {"nomination_id": chosen})
            news = {key: row[key] for key in ("nomination_id", "term_id", "unit_id")}
            self.desk.harness.deliver(TRAINEE_WITHDRAWN, {**news, "reason_code": "leave-limit"})

    def join(self, pick: int) -> None:
        """Say of two records that they are one person, whatever seats they hold."""
        if found := self.desk.call(contract.LIST_PERSON_MATCHES, {"limit": 200})["items"]:
            match = found[pick % len(found)]
            keep = match["sides"][pick % 2]["person_id"] if match["kind"] == "numbers" else None
            request = {"match_id": match["match_id"], "decision": "same", "keep": keep}
            self.desk.call(contract.DECIDE_PERSON_MATCH, request)

    def pay(self, pick: int) -> None:
        orders = self.desk.call(contract.LIST_FEE_ORDERS, {})["items"]
        if orders:
            self.serial += 1
            pay(self.desk, orders[pick % len(orders)]["order_id"], f"{300 * (1 + pick)}.00", f"流水{self.serial}")

    def cancel(self, pick: int) -> None:
        if pick == 0:
            cancel(self.desk, TERMS[3][0])

    def check(self) -> None:
        check_invariants(self.desk, tuple(term_id for term_id, _, _ in TERMS.values()))
        view = self.desk.harness.store.view(self.desk.harness.kit.own_context())
        terms = {row["_id"]: store.term_facts(row) for row in view.rows(store.TERMS).find({"cancelled": False})}
        for person in view.rows(store.PEOPLE).find({}):
            sits = [terms[each["term_id"]] for each in person["engagements"]
                    if each["admitted"] and each["term_id"] in terms]  # fmt: skip
            assert not any(one.overlaps(two) for one, two in combinations(sits, 2)), "two seats on one day"
        told = Counter(
            (row["term_id"], row["person_id"]) for row in view.rows(store.NOMINATIONS).find({"state": "admitted"})
        )
        assert set(told.values()) <= {1}
        for order in view.rows(store.FEE_ORDERS).find({}):
            ledger = store.ledger_from(order["entries"])
            assert sum(ledger.balance(account) for account in Account) == 0
            assert order["assessed_fen"] == order["received_fen"] - order["returned_fen"] + order["outstanding_fen"]

    def check_audit(self) -> None:
        audit = self.desk.harness.store.audit
        while (sealed := audit.seal()) is not None and sealed[0]:
            pass
        report = audit.verify()
        assert report.intact
        assert report.rows > 0
        assert report.unsealed == 0

    def _one(self, pick: int, *states: str) -> str | None:
        rows = [row["nomination_id"] for state in states for row in self.desk.nominations(state=state)]
        return rows[pick % len(rows)] if rows else None
