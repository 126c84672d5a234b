"""Calendar feeds: issued by organisers or taken by oneself, read by token, taken back."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from icalendar import Calendar

from services.enrollment.contract import NOMINATION_WITHDRAWN
from services.scheduling.commands.announcing import save_cancelled, save_placed
from services.scheduling.contract import CANCEL_TERM
from services.scheduling.contract import feeds as contract
from services.scheduling.contract import timetable_drafts as drafting
from services.scheduling.contract.feeds import FeedRevoked
from services.scheduling.store import FEEDS, TERMS
from shared.context import Context
from shared.errors import Forbidden, NotFound, StaleVersion
from shared.security.caller import Caller, Role
from shared.storage import Transaction
from tests.integration.scheduling.conftest import School
from tests.integration.scheduling.teaching import AUDITOR, DEPARTMENT, by_school, lecturer_caller, unit_caller
from tests.integration.scheduling.test_timetables import Desk

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
