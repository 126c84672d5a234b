"""One person walks through a whole term, also the wrong way; then all the city said is searched for that person."""

from __future__ import annotations

from collections.abc import Iterator

import pymongo
import pytest

from gateway.contract import OPEN_SESSION
from services.compliance.contract.checkin import CHECK_IN_TRAINEES
from services.compliance.contract.leave import REQUEST_MY_LEAVE
from services.enrollment import contract as enrollment
from tests.e2e.canary.course import CANARY, NEIGHBOUR, UNIT, Course
from tests.e2e.canary.snooping import Snoop, identifiers, secrets_of, snoop_around, state
from tests.e2e.canary.watched_city import WatchedCity, watched_city
from tests.e2e.local.office import SCHOOL
from tests.fixtures.runner_process import Place
from tests.fixtures.span_collector import Seen, collecting
from tests.integration.enrollment.conftest import line, workbook

# The canary's unit is city.donghu: its neighbour, one below it, and two that only begin or go on as it does.
SNOOPING = (NEIGHBOUR, f"{UNIT}.office", UNIT[:-2], f"{UNIT}2")


@pytest.fixture(scope="module")
def course(place: Place) -> Iterator[Course]:
    with collecting() as spans, watched_city(place, spans, (UNIT, *SNOOPING), "2020-03-02T09:00:00+08:00") as city:
        made = Course(city)
        made.prepare()
        made.nominate()
        assert made.receive_letters() == "application/pdf"
        made.attend()
        made.pay_and_complete()
        go_wrong(made)
        city.settle()
        yield made


@pytest.fixture(scope="module")
def city(course: Course) -> WatchedCity:
    return course.city


def go_wrong(course: Course) -> None:
    """Send what is refused, with the canary's particulars wherever they fit."""
    office, me = course.office, course.nomination_id
    wrong = CANARY.id_number[:17] + ("1" if CANARY.id_number[17] != "1" else "2")
    for who, operation, request in (
        (UNIT, enrollment.CORRECT_NOMINATION, {"nomination_id": me, "name": CANARY.name, "phone": CANARY.phone}),
        (UNIT, enrollment.CORRECT_NOMINATION, {"nomination_id": me, "id_number": wrong, "phone": CANARY.phone * 4}),
        (UNIT, enrollment.GET_NOMINATION, {"nomination_id": CANARY.id_number}),
        (UNIT, enrollment.LIST_NOMINATIONS, {"term_id": CANARY.id_number, "state": CANARY.name}),
        (SCHOOL, CHECK_IN_TRAINEES, {"term_id": CANARY.phone, "nomination_ids": [CANARY.id_number]}),
        (office.trainee(me), REQUEST_MY_LEAVE, {"grounds": CANARY.name, "reason": CANARY.phone}),
        (SCHOOL, OPEN_SESSION, {"username": CANARY.phone, "password": CANARY.id_number}),
    ):
        office.ask(operation, request, who)
    person = {"姓名": CANARY.name, "手机": CANARY.phone}
    for number in (wrong, CANARY.id_number):  # a slip, and the same person once more
        again = workbook([line(1, **person, 身份证号=number)])
        office.call(enrollment.FILE_ROSTER, {"unit_id": UNIT}, UNIT, file=again)
    office.ask(enrollment.FILE_ROSTER, {"unit_id": UNIT}, UNIT, file=course.roster)
    office.ask(enrollment.FILE_ROSTER, {"unit_id": UNIT}, UNIT, file=f"{CANARY.name},{CANARY.phone}".encode())


def assert_silent(said: str, about: str, sign: str) -> None:
    """``sign`` is what has to be there, so that an empty ear does not pass."""
    assert sign in said, f"{about}: nothing was heard"
    for mark in CANARY.marks:
        at = said.find(mark)
        assert at < 0, f"{about} told {mark!r}: …{said[max(0, at - 300) : at + 100]}…"


def test_the_canary_went_the_whole_way(course: Course) -> None:
    events = "\n".join(course.city.events())
    for kind in (
        "enrollment.trainee.admitted.v1", "notification.letters.issued.v1", "compliance.attendance.recorded.v1",
        "compliance.leave.decided.v1", "compliance.sanction.imposed.v1", "enrollment.fees.paid.v1",
    ):  # fmt: skip
        assert kind in events
    assert course.nomination_id in events
    assert len(course.city.heard.errors) >= 5


def test_no_event_tells_who_it_was(city: WatchedCity) -> None:
    assert_silent("\n".join(city.events()), "an event", "nomination_id")


def test_no_log_tells_who_it_was(city: WatchedCity) -> None:
    assert_silent(city.logs(), "a log", '"operation": "correct_nomination"')


def test_no_measurement_tells_who_it_was(city: WatchedCity) -> None:
    assert_silent(city.metrics(), "a metric", "file_roster")


def test_no_span_tells_who_it_was(city: WatchedCity) -> None:
    assert_silent(city.traces(), "a span", "correct_nomination")


def test_a_trace_leads_from_the_gateway_through_the_operation_to_the_handler_of_its_event(city: WatchedCity) -> None:
    traces: dict[str, dict[str, Seen]] = {}
    for span in city.spans.spans:
        traces.setdefault(span.trace, {})[span.span] = span

    def way(span: Seen | None) -> list[str]:
        return [span.service, *way(traces[span.trace].get(span.parent))] if span else []

    ways = [way(span) for span in city.spans.spans if span.service == "notification"]
    assert any(each[-1] == "gateway" and "enrollment" in each for each in ways), ways[:20]


def test_no_refusal_tells_who_it_was(city: WatchedCity) -> None:
    assert_silent("\n".join(city.heard.errors), "a refusal", "correlation_id")


def test_nothing_was_put_aside_and_the_quarantine_tells_nobody(city: WatchedCity) -> None:
    assert_silent(city.dead_letters(), "the quarantine", "[]")
    assert city.quarantined() == 0


def test_no_other_unit_is_shown_the_canary_or_changes_anything(course: Course) -> None:
    known, people, before = identifiers(course), secrets_of(course), state(course, SNOOPING)
    assert CANARY.name in before
    assert len(known) > 20, "little was found to try"
    snoop = Snoop("unit", SNOOPING, {*people, *people.values()})
    snoop_around(course, snoop, known)
    assert snoop.told == []
    assert len(snoop.answered) > 20, "nearly everything was refused: nothing was tried"
    assert snoop.heard == set(SNOOPING), "each was let in to something"
    assert state(course, SNOOPING) == before
    # The same questions show the canary's own unit its people, so the search finds what is there.
    insider = Snoop("unit", (UNIT,), snoop.secrets)
    snoop_around(course, insider, known, verbs="GET ")
    assert len({label for label, _ in insider.told}) > 5


def test_no_other_trainee_or_lecturer_is_shown_the_canary(course: Course) -> None:
    known, people = identifiers(course), secrets_of(course)
    other = next(each for each in people if each != course.nomination_id)
    strangers = {each: name for each, name in people.items() if each != other}
    for role, who in (("trainee", course.office.trainee(other)), ("lecturer", course.office.lecturer("stranger"))):
        snoop = Snoop(role, (who,), {*strangers, *strangers.values()})
        snoop_around(course, snoop, known)
        assert snoop.told == []
        assert snoop.answered


def test_number_and_phone_lie_in_no_database_in_the_clear(city: WatchedCity) -> None:
    names = 0
    with pymongo.MongoClient[dict[str, object]](city.place.mongodb_uri) as client:
        databases = [name for name in client.list_database_names() if name.startswith(city.place.prefix)]
        assert len(databases) >= 5
        for database in databases:
            for collection in client[database].list_collection_names():
                for row in client[database][collection].find():
                    names += CANARY.name in str(row)
                    for mark in (CANARY.id_number, CANARY.phone):
                        assert mark not in str(row), (database, collection)
    assert names, "the name itself is where it belongs, so the search sees what is stored"
