"""Calendar feeds: issued by organisers or taken by oneself, read by token, taken back."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar

from services.enrollment.contract import NOMINATION_WITHDRAWN
from services.scheduling.commands.announcing import save_cancelled, save_placed
from services.scheduling.contract import (
    AMEND_PLAN,
    CANCEL_TERM,
    CLEAR_CALENDAR_DAY,
    GET_PLAN,
    GET_TERM,
    MOVE_TERM,
    PUT_CALENDAR_DAY,
    PUT_ROOM,
)
from services.scheduling.contract import feeds as contract
from services.scheduling.contract import timetable_drafts as drafting
from services.scheduling.contract.feeds import FeedRevoked
from services.scheduling.contract.lecturers import PUT_LECTURER
from services.scheduling.contract.timetables import LIST_SESSIONS
from services.scheduling.store import FEEDS, TERMS
from shared.context import Context
from shared.errors import Forbidden, NotFound, StaleVersion
from shared.security.caller import Caller, Role
from shared.storage import Transaction
from tests.fixtures.clock import StillClock
from tests.integration.scheduling.conftest import School
from tests.integration.scheduling.teaching import AUDITOR, DEPARTMENT, by_school, lecturer_caller, unit_caller
from tests.integration.scheduling.timetable_desk import MAY_11, MAY_18, Desk

NOBODY = Caller("anonymous", frozenset())


@pytest.fixture
def desk(school: School) -> Desk:
    made = Desk(school)
    made.invite("wen", 0)
    made.open()
    made.issue(reason="首次下达")
    return made


def feed(desk: Desk, kind: str = "term", target: str | None = None, **changes: Any) -> dict[str, Any]:
    request = {"kind": kind, "target_id": target or desk.term_ids[0], **changes}
    return by_school(desk.school, contract.ISSUE_FEED, request)


def fetched(desk: Desk, token: str) -> Calendar:
    reply = desk.school.call(contract.READ_FEED, {"token": token}, caller=NOBODY)
    assert reply["media_type"] == "text/calendar"
    return Calendar.from_ical(base64.b64decode(reply["content"]))


def events(desk: Desk, token: str) -> list[tuple[str, str, int]]:
    return [(str(e["SUMMARY"]), str(e["STATUS"]), e["SEQUENCE"]) for e in fetched(desk, token).walk("VEVENT")]


def raw_file(desk: Desk, token: str) -> str:
    content: str = desk.school.call(contract.READ_FEED, {"token": token}, caller=NOBODY)["content"]
    return content


def trainee(nomination_id: str) -> Caller:
    return Caller(f"trainee:{nomination_id}", frozenset({Role.TRAINEE}))


def test_whoever_has_the_token_reads_the_terms_calendar_and_only_its_hash_is_kept(desk: Desk) -> None:
    made = feed(desk, label="班主任")
    assert made["path"] == f"/feeds/{made['token']}.ics"
    assert events(desk, made["token"]) == [
        ("治理现代化（教师wen）", "CONFIRMED", 1),
        ("治理现代化（教师wen）", "CONFIRMED", 1),
        ("现场教学", "CONFIRMED", 1),
        ("自学", "CONFIRMED", 1),
    ]
    first = fetched(desk, made["token"]).walk("VEVENT")[0]
    assert first["LOCATION"] == "主校区，教室r1，东湖路1号"
    (doc,) = desk.school.harness.store.view(_context()).rows(FEEDS).find()
    assert made["token"] not in json.dumps(doc, default=str)
    listed = desk.school.call(contract.LIST_FEEDS, {"kind": "term"}, caller=AUDITOR)["items"]
    assert [(each["label"], each["personal"], "token" in each) for each in listed] == [("班主任", False, False)]


def test_a_new_version_raises_the_sequence_of_what_changed_and_cancels_what_is_gone(desk: Desk) -> None:
    term, wen, room = feed(desk), feed(desk, "lecturer", "wen"), feed(desk, "room", "r1")
    uids = [str(each["UID"]) for each in fetched(desk, term["token"]).walk("VEVENT")]
    draft = desk.open(source="issued")
    sessions = draft["sessions"]
    desk.change(sessions[0], lecturer_id="qiu")
    desk.ask(drafting.REMOVE_SESSION, 0, session_id=sessions[3]["session_id"])
    desk.issue(reason="教师出差")
    assert events(desk, term["token"]) == [
        ("治理现代化（教师qiu）", "CONFIRMED", 2),
        ("治理现代化（教师wen）", "CONFIRMED", 1),
        ("现场教学", "CONFIRMED", 1),
        ("自学", "CANCELLED", 2),
    ]
    assert [str(each["UID"]) for each in fetched(desk, term["token"]).walk("VEVENT")] == uids
    label = "第1专题培训班第1期"
    assert events(desk, wen["token"]) == [
        (f"治理现代化（{label}）", "CANCELLED", 2),
        (f"治理现代化（{label}）", "CONFIRMED", 1),
    ]
    assert [status for _, status, _ in events(desk, room["token"])] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    desk.school.call(CANCEL_TERM, {"term_id": desk.term_ids[0], "reason": "疫情"}, caller=DEPARTMENT)
    assert {status for _, status, _ in events(desk, term["token"])} == {"CANCELLED"}
    assert [number for *_, number in events(desk, wen["token"])] == [2, 3]


def test_a_term_cancelled_by_a_retiming_that_is_taken_back_is_held_under_a_higher_sequence(desk: Desk) -> None:
    made = feed(desk)
    doc = {"_id": desk.term_ids[0]}

    def turn(act: Callable[[Transaction, dict[str, Any]], None]) -> list[tuple[str, int]]:
        desk.school.harness.store.transact(
            _context(), lambda tx: act(tx, tx.rows(TERMS).get(doc["_id"])) or {}, operation="turn"
        )
        return sorted({(status, number) for _, status, number in events(desk, made["token"])})

    assert turn(lambda tx, term: None) == [("CONFIRMED", 1)]
    assert turn(lambda tx, term: save_cancelled(tx, term, "疫情")) == [("CANCELLED", 2)]
    assert turn(lambda tx, term: save_placed(tx, {**term, "state": "placed"})) == [("CONFIRMED", 3)]
    assert turn(lambda tx, term: save_placed(tx, term)) == [("CONFIRMED", 3)]
    assert turn(lambda tx, term: save_cancelled(tx, term, "疫情")) == [("CANCELLED", 4)]


def test_every_turn_of_a_terms_days_raises_the_sequence_of_what_it_changes_and_of_nothing_else(desk: Desk) -> None:
    desk.open(1)
    desk.issue(1)
    made, clock = feed(desk, target=desk.term_ids[1]), desk.school.harness.store.clock
    term = {"term_id": desk.term_ids[1]}
    place = {"starts_on": MAY_11, "room_id": "r2"}
    by_school(desk.school, PUT_ROOM, {"room_id": "r3", "campus_id": "main", "title": "教室r3", "capacity": 60})
    assert isinstance(clock, StillClock)

    def told(act: Callable[[], Any]) -> list[tuple[str, int, bool]]:
        """Status, sequence, and whether it says to be revised just now, of each event after an act."""
        clock.move(timedelta(hours=1))
        act()
        found = fetched(desk, made["token"]).walk("VEVENT")
        now = clock.now().replace(microsecond=0)
        assert all(each["DTSTAMP"].dt == each["LAST-MODIFIED"].dt for each in found)
        return [(str(each["STATUS"]), each["SEQUENCE"], each["DTSTAMP"].dt == now) for each in found]

    def move(**changes: str) -> None:
        by_school(desk.school, MOVE_TERM, {**term, **place, **changes})

    def without_the_last() -> None:
        sessions = desk.open(1, source="issued", replace=True)["sessions"]
        desk.ask(drafting.REMOVE_SESSION, 1, session_id=sessions[-1]["session_id"])
        desk.issue(1, reason="精简")

    day = {"day": "2020-05-12"}
    assert told(lambda: None) == [("CONFIRMED", 1, False)] * 4
    elsewhere = ("CONFIRMED", 1, False)  # field teaching lies in no room of the term
    waiting = ("TENTATIVE", 2, True)
    assert told(lambda: move(room_id="r3", reason="换教室")) == [waiting, waiting, elsewhere, waiting]
    raw = raw_file(desk, made["token"])
    said = [str(each["DESCRIPTION"]) for each in fetched(desk, made["token"]).walk("VEVENT")]
    assert ["教室已调整，新的日程表尚未下达，地点待定" in each for each in said] == [True, True, False, True]
    waiting = ("TENTATIVE", 2, False)
    assert told(lambda: move(room_id="r3", reason="仍在此教室")) == [waiting, waiting, elsewhere, waiting]
    assert raw_file(desk, made["token"]) == raw
    assert told(lambda: move(starts_on="2020-05-18")) == [("TENTATIVE", 3, True)] * 4
    assert told(lambda: move(starts_on="2020-05-25")) == [("TENTATIVE", 3, False)] * 4
    assert told(move) == [("CONFIRMED", 4, True)] * 4
    closed = {**day, "working": False, "reason": "全市活动"}
    assert told(lambda: by_school(desk.school, PUT_CALENDAR_DAY, closed)) == [
        ("CONFIRMED", 4, False), ("CONFIRMED", 4, False), ("TENTATIVE", 5, True), ("TENTATIVE", 5, True)
    ]  # fmt: skip
    assert told(lambda: by_school(desk.school, CLEAR_CALENDAR_DAY, day)) == [
        ("CONFIRMED", 4, False), ("CONFIRMED", 4, False), ("CONFIRMED", 6, True), ("CONFIRMED", 6, True)
    ]  # fmt: skip
    assert told(without_the_last) == [
        ("CONFIRMED", 4, False), ("CONFIRMED", 4, False), ("CONFIRMED", 6, False), ("CANCELLED", 7, True)
    ]  # fmt: skip
    cancel = {**term, "reason": "疫情"}
    assert told(lambda: desk.school.call(CANCEL_TERM, cancel, caller=DEPARTMENT)) == [
        ("CANCELLED", 8, True), ("CANCELLED", 8, True), ("CANCELLED", 8, True), ("CANCELLED", 7, False)
    ]  # fmt: skip


def test_a_term_the_plan_drops_and_takes_up_again_goes_on_from_where_its_sequence_was(desk: Desk) -> None:
    plan_id = desk.school.call(GET_TERM, {"term_id": desk.term_ids[0]})["plan_id"]
    (kept,) = [each for each in desk.school.call(GET_PLAN, {"plan_id": plan_id})["programmes"] if each["ordinal"] == 1]

    def amend(**changes: int) -> list[tuple[str, int]]:
        change = {"plan_id": plan_id, "programmes": [{"ordinal": 1, **changes}]}
        desk.school.call(AMEND_PLAN, change, caller=DEPARTMENT)
        return sorted({(status, number) for _, status, number in events(desk, made["token"])})

    made = feed(desk, target=desk.term_ids[1])
    desk.open(1)
    desk.issue(1)
    before = sorted({(status, number) for _, status, number in events(desk, made["token"])})
    assert before == [("CONFIRMED", 1)]
    assert amend(terms=1, trainees=kept["trainees"] // 2) == [("CANCELLED", 2)]
    assert amend(terms=2, trainees=kept["trainees"]) == [("TENTATIVE", 3)]
    place = {"term_id": desk.term_ids[1], "starts_on": MAY_11, "room_id": "r2"}
    by_school(desk.school, MOVE_TERM, place)
    assert sorted({(status, number) for _, status, number in events(desk, made["token"])}) == [("CONFIRMED", 4)]
    held = {"from_day": MAY_11, "to_day": MAY_18, "term_id": desk.term_ids[1]}
    assert len(desk.school.call(LIST_SESSIONS, held)["items"]) == 4


def test_turns_of_an_earlier_release_are_gone_on_from(desk: Desk) -> None:
    desk.open(1)
    desk.issue(1)
    made, term_id = feed(desk, target=desk.term_ids[1]), desk.term_ids[1]
    store = desk.school.harness.store

    def seen() -> list[tuple[str, int]]:
        return sorted({(status, number) for _, status, number in events(desk, made["token"])})

    def as_before(tx: Transaction) -> dict[str, Any]:
        doc = tx.rows(TERMS).get(term_id)
        doc.pop("held_on", None)
        tx.rows(TERMS).save({**doc, "turns": [1, 1]})
        return {}

    store.transact(_context(), as_before, operation="turn")
    assert seen() == [("CONFIRMED", 3)]
    by_school(desk.school, MOVE_TERM, {"term_id": term_id, "starts_on": MAY_18, "room_id": "r1"})
    assert seen() == [("TENTATIVE", 4)]
    desk.school.call(CANCEL_TERM, {"term_id": term_id, "reason": "疫情"}, caller=DEPARTMENT)
    assert seen() == [("CANCELLED", 5)]


def test_a_feed_taken_back_shows_as_little_as_a_token_never_given(desk: Desk) -> None:
    made, other = feed(desk), feed(desk)
    assert made["token"] != other["token"]
    named = {"feed_id": made["feed_id"]}
    with pytest.raises(StaleVersion):
        desk.school.call(contract.REVOKE_FEED, named, expected_version=9)
    taken = desk.school.call(contract.REVOKE_FEED, named)
    assert taken["revoked_at"] is not None
    with pytest.raises(NotFound) as gone:
        fetched(desk, made["token"])
    with pytest.raises(NotFound) as unknown:
        fetched(desk, "dxf_" + "A" * 43)
    assert gone.value.message == unknown.value.message
    assert len(events(desk, other["token"])) == 4
    with pytest.raises(FeedRevoked):
        desk.school.call(contract.REVOKE_FEED, named)
    listed = desk.school.call(contract.LIST_FEEDS, {"revoked": False})["items"]
    assert [each["feed_id"] for each in listed] == [other["feed_id"]]


def test_a_lecturer_takes_the_own_feed_and_a_second_one_ends_the_first(desk: Desk) -> None:
    first = desk.school.call(contract.ISSUE_OWN_FEED, {}, caller=lecturer_caller("wen"))
    assert (first["kind"], first["target_id"], first["personal"]) == ("lecturer", "wen", True)
    assert len(events(desk, first["token"])) == 2
    second = desk.school.call(contract.ISSUE_OWN_FEED, {}, caller=lecturer_caller("wen"))
    assert len(events(desk, second["token"])) == 2
    with pytest.raises(NotFound):
        fetched(desk, first["token"])


def test_a_lecturers_feed_ends_when_the_school_counts_on_the_lecturer_no_more(desk: Desk) -> None:
    made = desk.school.call(contract.ISSUE_OWN_FEED, {}, caller=lecturer_caller("wen"))
    of_school = feed(desk, "lecturer", "wen")
    person = {"lecturer_id": "wen", "name": "文振华", "grade": "full", "organisation": "市委党校"}
    by_school(desk.school, PUT_LECTURER, {**person, "active": False})
    with pytest.raises(NotFound):
        fetched(desk, made["token"])
    with pytest.raises(NotFound):
        desk.school.call(contract.ISSUE_OWN_FEED, {}, caller=lecturer_caller("wen"))
    assert len(events(desk, of_school["token"])) == 2, "what the organisers issued is theirs to take back"


def test_how_often_to_look_is_said_in_both_ways_as_a_duration(desk: Desk) -> None:
    lines = base64.b64decode(raw_file(desk, feed(desk)["token"])).decode().splitlines()
    assert [line for line in lines if line.startswith(("X-PUBLISHED-TTL", "REFRESH-INTERVAL"))] == [
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
    ]


def test_a_trainees_feed_is_the_own_term_as_long_as_the_seat_is_held(desk: Desk) -> None:
    (seat,) = desk.school.admit(desk.term_ids[0], 1)
    with pytest.raises(NotFound):
        desk.school.call(contract.ISSUE_OWN_FEED, {}, caller=trainee("nom_stranger"))
    made = desk.school.call(contract.ISSUE_OWN_FEED, {}, caller=trainee(seat))
    assert (made["kind"], made["target_id"]) == ("term", desk.term_ids[0])
    assert len(events(desk, made["token"])) == 4
    gone = {
        "nomination_id": seat,
        "unit_id": "city.donghu",
        "term_id": desk.term_ids[0],
        "reason_code": "duty",
        "was_admitted": True,
    }
    desk.school.harness.deliver(NOMINATION_WITHDRAWN, gone)
    with pytest.raises(NotFound):
        fetched(desk, made["token"])


@pytest.mark.parametrize("caller", [AUDITOR, unit_caller("city.donghu"), lecturer_caller("wen")])
def test_only_organisers_issue_and_revoke_feeds_of_others(desk: Desk, caller: Caller) -> None:
    made = feed(desk)
    request = {"kind": "lecturer", "target_id": "liang"}
    for operation, asked in ((contract.ISSUE_FEED, request), (contract.REVOKE_FEED, {"feed_id": made["feed_id"]})):
        with pytest.raises(Forbidden):
            desk.school.call(operation, asked, caller=caller)
    with pytest.raises(NotFound):
        feed(desk, "room", "nowhere")


def _context() -> Context:
    return Context(caller=DEPARTMENT)
