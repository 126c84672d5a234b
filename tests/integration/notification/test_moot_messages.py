"""What waits for its digest and asks for something: it is not sent once nobody waits for that any more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from services.compliance import contract as compliance
from services.enrollment import contract as enrollment
from services.notification.store import MESSAGES
from services.outcomes import contract as outcomes
from services.scheduling.contract import SURVEY_ANSWERED, SURVEY_CLOSED, SURVEY_OPENED
from shared.context import Context
from shared.contracts import Event
from shared.identifiers import new_id
from shared.security.caller import service_caller
from shared.storage import Transaction
from tests.fixtures.store import MakeStore
from tests.integration.notification.message_desk import OTHER, at, deliver, messages, messaging_city
from tests.integration.notification.notification_city import TERM, UNIT, City

OF_UNIT = {"term_id": TERM, "unit_id": UNIT}
RETURN = {"return_id": "r1", **OF_UNIT, "nomination_ids": ["n1"]}
OFFER = {"nomination_id": "n1", **OF_UNIT}
PROPOSAL = {"proposal_id": "p1", "term_id": TERM, "due_on": "2020-05-29"}
SURVEY = {"survey_id": "survey_1", "plan_id": "plan_1"}
CASES: list[tuple[Event, dict[str, Any], Event, dict[str, Any]]] = [
    (
        compliance.BRIEFING_OPENED,
        {"briefing_id": "b1", **OF_UNIT, "due_on": "2020-05-20"},
        compliance.BRIEFING_CANCELLED,
        {"briefing_id": "b1", **OF_UNIT},
    ),
    (compliance.RETURN_DUE, {**RETURN, "due_on": "2020-05-20"}, compliance.RETURN_CANCELLED, RETURN),
    (compliance.RETURN_OVERDUE, {**RETURN, "due_on": "2020-05-08", "step": 1}, compliance.RETURN_CANCELLED, RETURN),
    (
        enrollment.STANDBY_OFFERED,
        {**OFFER, "due_on": "2020-05-14"},
        enrollment.STANDBY_ANSWERED,
        {**OFFER, "state": "declined"},
    ),
    (
        SURVEY_OPENED,
        {**SURVEY, "unit_ids": [UNIT], "due_on": "2020-05-20"},
        SURVEY_CLOSED,
        {**SURVEY, "answers": 0},
    ),
]


@pytest.fixture
def city(make_store: MakeStore, tmp_path: Path) -> City:
    return messaging_city(make_store, tmp_path)


def surveyed(city: City, *unit_ids: str, event_id: str | None = None) -> None:
    deliver(city, SURVEY_OPENED, event_id, **SURVEY, unit_ids=list(unit_ids), due_on="2020-05-20")


@pytest.mark.parametrize(("asking", "asked", "ending", "ended"), CASES, ids=[each[0].type for each in CASES])
def test_what_ended_before_the_digest_is_not_asked_for_and_what_began_again_is(
    city: City, asking: Event, asked: dict[str, Any], ending: Event, ended: dict[str, Any]
) -> None:
    deliver(city, asking, **asked)
    deliver(city, ending, **ended)
    assert at(city, 5, 11) == []
    assert {message["state"] for message in messages(city)} == {"cancelled"}
    deliver(city, asking, **asked)
    assert len(at(city, 5, 12)) >= 1
    assert "reached" in {message["state"] for message in messages(city)}


def test_what_ended_after_the_digest_was_told(city: City) -> None:
    surveyed(city, UNIT)
    assert len(at(city, 5, 11)) == 1
    deliver(city, SURVEY_CLOSED, **SURVEY, answers=0)
    assert {message["state"] for message in messages(city)} == {"reached"}


def test_an_end_from_before_the_latest_beginning_takes_nothing_back(city: City) -> None:
    ended, began = new_id("evt"), new_id("evt")
    surveyed(city, UNIT, event_id=began)
    deliver(city, SURVEY_CLOSED, ended, **SURVEY, answers=0)
    assert len(at(city, 5, 11)) == 1


def test_only_who_has_answered_is_not_asked(city: City) -> None:
    surveyed(city, UNIT, OTHER)
    deliver(city, SURVEY_ANSWERED, **SURVEY, unit_id=UNIT)
    assert len(at(city, 5, 11)) == 1
    assert city.sent()[-1]["recipient"] == f"unit:{OTHER}"


def test_what_was_asked_of_somebody_else_since_is_not_asked_of_the_first(city: City) -> None:
    for unit_id in (UNIT, OTHER):
        deliver(city, outcomes.PROPOSAL_FORWARDED, **PROPOSAL, unit_id=unit_id)
    assert len(at(city, 5, 11)) == 1
    assert city.sent()[-1]["recipient"] == f"unit:{OTHER}"


def test_the_rest_of_the_digest_leaves(city: City) -> None:
    surveyed(city, UNIT)
    deliver(
        city, enrollment.FEES_PAID, order_id="o1", payment_id="pay_1", receipt_number="收1号", amount="5.00", **OF_UNIT
    )
    deliver(city, SURVEY_CLOSED, **SURVEY, answers=0)
    assert len(at(city, 5, 11)) == 1
    assert "收1号" in city.sent()[-1]["text"]
    assert "调查" not in city.sent()[-1]["text"]


def test_what_a_lecturer_needs_all_the_same_is_sent(city: City) -> None:
    said = {"handover_id": "h1", "term_id": TERM, "lecturer_id": "l1"}
    questions = {"session_ids": ["s1"], "questions": 3, "due_on": "2020-05-20"}
    deliver(city, outcomes.QUESTIONS_HANDED_OVER, **said, **questions)
    deliver(city, outcomes.HANDOVER_RECEIPTED, **said)
    at(city, 5, 11)
    assert {message["state"] for message in messages(city)} != {"cancelled"}


def test_a_message_written_by_the_release_before_leaves(city: City) -> None:
    surveyed(city, UNIT)

    def as_before(tx: Transaction) -> None:
        rows = tx.rows(MESSAGES)
        rows.save_many({**row, "subject": None, "event_id": None} for row in rows.find())

    city.store.transact(Context(service_caller("notification")), as_before, operation="test", request={})
    deliver(city, SURVEY_CLOSED, **SURVEY, answers=0)
    assert len(at(city, 5, 11)) == 1
