"""A page's questions: together, within the seats of the gateway and the patience of whoever looks."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gateway.console import asking
from gateway.console.asking import AT_ONCE, Asked, Asking
from gateway.faults import Overloaded
from gateway.http.seats import SeatedRpc, Seats
from gateway.ports import Rpc
from services.compliance.contract import CONTRACT as COMPLIANCE
from services.enrollment.contract import CONTRACT as ENROLLMENT
from services.outcomes.contract import CONTRACT as OUTCOMES
from services.scheduling.contract import CONTRACT as SCHEDULING
from shared.context import Context
from shared.contracts import Operation
from shared.errors import DeadlineExceeded, Unavailable
from tests.unit.gateway.fakes import DEPARTMENT, FakeRpc, application
from tests.unit.gateway.invented import CONTRACT as INVENTED

LONG = timedelta(seconds=60)
LISTS = {
    "scheduling": ("list_plans", "list_terms", "list_lecturers", "list_invitations", "list_schemes"),
    "enrollment": ("list_units", "list_nominations", "list_replacements"),
    "compliance": ("list_leaves", "list_returns", "list_objections"),
    "outcomes": ("list_reports", "list_topics", "list_handovers"),
}
QUESTIONS = {f"{service}.{name}": Asked(service, name) for service, names in LISTS.items() for name in names}


@contextmanager
def looking(rpc: Rpc, patience: timedelta = LONG) -> Iterator[Asking]:
    app = application(INVENTED, rpc)
    contracts = (SCHEDULING, ENROLLMENT, COMPLIANCE, OUTCOMES)
    app.extensions["diaoxun"] = replace(app.extensions["diaoxun"], contracts=contracts)
    with app.test_request_context():
        yield Asking(DEPARTMENT, patience)


class Answering(FakeRpc):
    """Services that answer any list; ``before`` is what happens first."""

    def before(self, service: str, context: Context) -> None:
        return None

    def call(self, service: str, operation: Operation, request: dict[str, Any], context: Context) -> dict[str, Any]:
        self.calls.append((service, operation.name, request, context))
        self.before(service, context)
        return {"items": [operation.name], "next_cursor": None}


class Slow(Answering):
    def before(self, service: str, context: Context) -> None:
        time.sleep(0.05)


def test_a_page_that_asks_more_at_once_than_there_are_seats_is_answered_whole() -> None:
    rpc = Slow()
    with looking(SeatedRpc(rpc, Seats(4, standing=0))) as page:
        answers = page.together(QUESTIONS)
    assert {key: reply and reply["items"] for key, reply in answers.items()} == {
        key: [asked.name] for key, asked in QUESTIONS.items()
    }
    assert page.missing == []
    assert len(rpc.calls) == len(QUESTIONS), "a question without a seat was not sent"


def test_a_service_that_never_answers_costs_one_patience_and_not_the_other_services(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Now:
        instant = datetime(2020, 5, 6, tzinfo=UTC)

        @classmethod
        def now(cls, zone: Any) -> datetime:
            return cls.instant

    class OneAway(Answering):
        def __init__(self) -> None:
            super().__init__()
            self.others, self.told = len(QUESTIONS) - len(LISTS["scheduling"]), threading.Event()

        def before(self, service: str, context: Context) -> None:
            if service != "scheduling":
                if sum(asked != "scheduling" for asked, *_ in self.calls) == self.others:
                    self.told.set()
                return
            assert self.told.wait(60)
            assert context.deadline is not None
            Now.instant = context.deadline
            raise DeadlineExceeded("没有应答", "no answer")

    monkeypatch.setattr(asking, "datetime", Now)
    rpc = OneAway()
    with looking(rpc, timedelta(seconds=2)) as page:
        answers = page.together(QUESTIONS)
    unanswered = {key for key, reply in answers.items() if reply is None}
    assert unanswered == {key for key in QUESTIONS if key.startswith("scheduling.")}
    assert (page.away, len(page.missing)) == ({"scheduling"}, len(unanswered))
    assert sum(service == "scheduling" for service, *_ in rpc.calls) == AT_ONCE, "nobody is asked after the patience"


class Full(Answering):
    """A gateway that has no seat for the first questions."""

    def __init__(self, refusals: int) -> None:
        super().__init__()
        self.refusals = refusals

    def before(self, service: str, context: Context) -> None:
        if len(self.calls) <= self.refusals:
            raise Overloaded("系统繁忙", "busy")


def test_a_question_that_found_no_seat_is_asked_again() -> None:
    with looking(Full(2)) as page:
        assert page.ask("enrollment", "list_units") == {"items": ["list_units"], "next_cursor": None}
    assert page.missing == []


def test_where_no_seat_comes_free_the_question_is_given_up_with_the_pages_patience() -> None:
    with looking(Full(10_000), timedelta(seconds=0.3)) as page:
        assert page.ask("enrollment", "list_units") is None
        asked = len(page._rpc.calls)  # type: ignore[attr-defined]
        assert page.ask("enrollment", "list_nominations") is None
    assert asked < 10, "with a pause between"
    assert len(page._rpc.calls) == asked + 1, "the page waited long enough for a seat"  # type: ignore[attr-defined]
    assert (len(page.missing), page.away) == (2, {"enrollment"})


def test_other_refusals_are_not_repeated() -> None:
    rpc = FakeRpc()
    rpc.fail("list_units", Unavailable("停机", "away"))
    with looking(rpc) as page:
        assert page.ask("enrollment", "list_units") is None
    assert len(rpc.calls) == 1


def test_a_mistake_of_our_own_is_not_taken_for_a_page_with_nothing_on_it() -> None:
    rpc = FakeRpc()
    with looking(rpc) as page, pytest.raises(KeyError):
        page.together(QUESTIONS)
