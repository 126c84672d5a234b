"""A day that is moved, moved back or asked for anew: who has to keep it knows in the end which one holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.compliance import contract as compliance
from services.notification import contract
from services.outcomes import contract as outcomes
from services.scheduling.contract import TERM_CANCELLED
from shared.contracts import Event
from shared.identifiers import new_id
from tests.fixtures.store import MakeStore
from tests.integration.notification.message_desk import OTHER, at, briefing, deliver, messages, messaging_city, tasks
from tests.integration.notification.notification_city import TERM, UNIT, City

BRIEFING = {"briefing_id": "b1", "term_id": TERM, "unit_id": UNIT}


@pytest.fixture
def city(make_store: MakeStore, tmp_path: Path) -> City:
    return messaging_city(make_store, tmp_path)


def test_a_move_that_was_overtaken_by_the_move_back_is_not_told_any_more(city: City) -> None:
    first, moved, back = (new_id("evt") for _ in range(3))
    for event_id, due_on in ((first, "2020-06-05"), (back, "2020-06-05"), (moved, "2020-06-03")):
        deliver(city, compliance.BRIEFING_OPENED, event_id, **BRIEFING, due_on=due_on)
    at(city, 5, 11)
    assert "6月5日" in city.sent()[-1]["text"]
    assert "6月3日" not in city.sent()[-1]["text"]


@pytest.mark.parametrize("ending", [compliance.BRIEFING_CANCELLED, compliance.BRIEFING_ACKNOWLEDGED])
def test_who_has_to_do_it_after_all_is_told_so_though_the_day_is_the_same(city: City, ending: Event) -> None:
    briefing(city)
    at(city, 5, 11)
    late = {"late": False} if ending is compliance.BRIEFING_ACKNOWLEDGED else {}
    deliver(city, ending, **BRIEFING, **late)
    again = new_id("evt")
    for _ in range(2):
        deliver(city, compliance.BRIEFING_OPENED, again, **BRIEFING, due_on="2020-06-05")
    briefing(city)
    assert len(at(city, 5, 12)) == 1
    assert city.sent()[-1]["text"].count("6月5日") == 1


def test_what_is_asked_for_anew_in_a_term_that_is_held_after_all_is_told_anew(city: City) -> None:
    city.admit("张伟")
    city.roster_admitted()
    city.settle()
    said = {"term_id": TERM, "due_on": "2020-06-19"}
    cancelled = {"term_id": TERM, "plan_id": "plan_1", "reason": "疫情防控"}
    deliver(city, outcomes.REPORTS_EXPECTED, **said)
    assert len(at(city, 5, 11)) == 1
    deliver(city, TERM_CANCELLED, **cancelled, version=2)
    city.place_term(version=3)
    city.settle()
    once = new_id("evt")
    for event_id in (once, once, None):
        deliver(city, outcomes.REPORTS_EXPECTED, event_id, **said)
    (subject,) = at(city, 5, 12)
    assert subject.endswith("研究报告请于6月19日（星期五）前提交")
    assert [subject in at(city, 6, day) for day in (15, 16)] == [False, True]
    deliver(city, TERM_CANCELLED, **cancelled, version=4)
    deliver(city, outcomes.REPORTS_EXPECTED, **said)
    assert at(city, 6, 17) == []


PROPOSAL = {"proposal_id": "proposal_1", "term_id": TERM, "due_on": "2020-06-05"}


def told(city: City) -> list[tuple[str, int | None]]:
    return sorted(((row["recipient"].rpartition(".")[2], row["reminder"]) for row in messages(city)), key=str)


@pytest.mark.parametrize("overtaken", [False, True])
def test_a_department_is_not_reminded_of_a_proposal_that_went_on_to_another(city: City, overtaken: bool) -> None:
    steps = [(new_id("evt"), UNIT), (new_id("evt"), OTHER)]
    for event_id, unit_id in reversed(steps) if overtaken else steps:
        deliver(city, outcomes.PROPOSAL_FORWARDED, event_id, **PROPOSAL, unit_id=unit_id)
    for month, day in ((5, 11), (6, 2), (6, 4), (6, 8)):
        at(city, month, day)
    expected = [("nanshan", None), ("nanshan", -1), ("nanshan", -3), ("nanshan", 1)]
    assert told(city) == sorted(expected + [("donghu", None)] * (not overtaken), key=str)


def test_a_department_that_has_a_proposal_again_is_told_again_and_one_that_had_it_stays_free_of_it(city: City) -> None:
    for unit_id in (UNIT, OTHER, UNIT):
        deliver(city, outcomes.PROPOSAL_FORWARDED, **PROPOSAL, unit_id=unit_id)
    deliver(city, TERM_CANCELLED, term_id=TERM, plan_id="plan_1", reason="疫情防控", version=2)
    deliver(city, outcomes.PROPOSAL_FORWARDED, **PROPOSAL, unit_id=OTHER)
    deliver(city, outcomes.PROPOSAL_FORWARDED, **PROPOSAL, unit_id=UNIT)
    city.place_term(version=3)
    at(city, 6, 2)
    assert told(city) == [("donghu", -3), *[("donghu", None)] * 3, *[("nanshan", None)] * 2]


def test_a_day_that_is_missed_once_more_after_it_was_moved_back_is_rung_about_again(city: City) -> None:
    briefing(city)
    at(city, 6, 8)
    (task,) = tasks(city)
    city.harness.call(contract.RECORD_CALL, {"task_id": task["task_id"], "outcome": "reached", "note": "王海称将改期"})
    briefing(city, "2020-07-03")
    briefing(city)
    at(city, 6, 9)
    assert "纪律提醒逾期未确认" in city.sent()[-1]["text"]
    assert [task["state"] for task in tasks(city)] == ["done", "open"]


WHOSE = {"nomination_id": "n1", "term_id": TERM, "unit_id": UNIT}
HOURS = {"hours_attended": 20, "total_hours": 40, "days": 5, "decided_on": "2020-05-29"}


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (compliance.TRAINEE_NOT_REPORTED, WHOSE),
        (compliance.LEAVE_LIMIT_PASSED, {**WHOSE, "leave_hours": 8, "total_hours": 40}),
        (compliance.COMPLETION_DECIDED, {**WHOSE, **HOURS, "completed": False}),
    ],
    ids=lambda value: value.type if isinstance(value, Event) else "",
)
def test_what_happens_to_somebody_once_more_is_told_once_more(
    city: City, event: Event, said: dict[str, object]
) -> None:
    told = []
    for day in (11, 12):
        again = new_id("evt")
        for _ in range(2):
            deliver(city, event, again, **said)
        told.append(len(at(city, 5, day)))
    assert told == [1, 1]
