"""What a calendar feed makes of the versions of timetables."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from services.scheduling.calendar_file import calendar_file
from services.scheduling.domain.feed import Edition, Entry, Taught, Turn, description, entries, summary
from services.scheduling.domain.timetable import Session
from tests.unit.scheduling.timetable_worlds import DAYS, session

ISSUED = datetime(2020, 5, 1, 1, tzinfo=UTC)


def taught(*tables: tuple[Session, ...], label: str = "一班第1期", **changes: Any) -> Taught:
    editions = [Edition(n, ISSUED + timedelta(days=n), table) for n, table in enumerate(tables, 1)]
    turns = [_turn(each, place) for place, each in enumerate(changes.pop("turns", ()))]
    held = not turns or turns[-1].held
    return Taught(label, editions, frozenset(changes.pop("days", DAYS)), held, turns)


def _turn(turn: Turn | int, place: int) -> Turn:
    return turn if isinstance(turn, Turn) else Turn(turn, held=place % 2 == 1)


def shown(*terms: Taught, lecturer_id: str | None = None) -> dict[str, tuple[str, int]]:
    found = entries(terms, lambda each: lecturer_id in (None, each.lecturer_id))
    return {each.uid: (each.status, each.sequence) for each in found}


def test_the_sequence_of_a_session_rises_only_with_the_version_that_changes_it() -> None:
    first, second = session("s1"), session("s2", half="afternoon")
    moved = session("s2", 1)
    term = taught((first, second), (first, moved), (first, moved, session("s3", 2)))
    assert shown(term) == {"s1": ("CONFIRMED", 1), "s2": ("CONFIRMED", 2), "s3": ("CONFIRMED", 3)}
    changed = {each.uid: each.changed_at for each in entries([term], lambda _: True)}
    assert changed["s2"] == ISSUED + timedelta(days=2)


def test_a_session_that_is_gone_stays_as_cancelled_and_comes_back_with_a_higher_sequence() -> None:
    one, two = session("s1"), session("s2", 1)
    assert shown(taught((one, two), (one,))) == {"s1": ("CONFIRMED", 1), "s2": ("CANCELLED", 2)}
    assert shown(taught((one, two), (one,), (one,))) == {"s1": ("CONFIRMED", 1), "s2": ("CANCELLED", 2)}
    assert shown(taught((one, two), (one,), (one, two))) == {"s1": ("CONFIRMED", 1), "s2": ("CONFIRMED", 3)}


def test_a_lecturer_who_hands_a_session_on_sees_it_cancelled_and_the_other_sees_it_held() -> None:
    mine, other = session("s1", lecturer_id="a"), session("s1", lecturer_id="b")
    term = taught((mine,), (other,))
    assert shown(term, lecturer_id="a") == {"s1": ("CANCELLED", 2)}
    assert shown(term, lecturer_id="b") == {"s1": ("CONFIRMED", 2)}
    assert shown(term, lecturer_id="c") == {}


def test_a_cancelled_term_cancels_its_sessions_and_days_that_moved_away_leave_them_tentative() -> None:
    table = (session("s1"), session("s2", 1))
    assert shown(taught(table, turns=(1,))) == {"s1": ("CANCELLED", 2), "s2": ("CANCELLED", 2)}
    assert shown(taught(table, days=DAYS[1:])) == {"s1": ("TENTATIVE", 1), "s2": ("CONFIRMED", 1)}


def test_the_sequence_never_falls_however_often_a_term_is_cancelled_and_held_again() -> None:
    one, two, moved = session("s1"), session("s2", 1), session("s2", 2)
    story = (
        (taught((one, two)), ("CONFIRMED", 1), ("CONFIRMED", 1)),
        (taught((one, two), turns=(1,)), ("CANCELLED", 2), ("CANCELLED", 2)),
        (taught((one, two), turns=(1, 1)), ("CONFIRMED", 3), ("CONFIRMED", 3)),
        (taught((one, two), (one, moved), turns=(1, 1)), ("CONFIRMED", 3), ("CONFIRMED", 4)),
        (taught((one, two), (one, moved), (one,), turns=(1, 1)), ("CONFIRMED", 3), ("CANCELLED", 5)),
        (taught((one, two), (one, moved), (one,), turns=(1, 1, 3)), ("CANCELLED", 6), ("CANCELLED", 5)),
        (taught((one, two), (one, moved), (one,), turns=(1, 1, 3, 3)), ("CONFIRMED", 7), ("CANCELLED", 5)),
    )
    for term, first, second in story:
        assert shown(term) == {"s1": first, "s2": second}


def test_a_turn_to_other_days_raises_the_sequence_of_what_it_leaves_or_reaches_only() -> None:
    table = (session("s1"), session("s2", 1), session("s3", 2))
    without_monday = Turn(1, True, frozenset(DAYS[1:]), ISSUED + timedelta(days=2))
    whole_week = Turn(1, True, frozenset(DAYS), ISSUED + timedelta(days=3))
    stays = {"s2": ("CONFIRMED", 1), "s3": ("CONFIRMED", 1)}
    assert shown(taught(table, turns=(without_monday,), days=DAYS[1:])) == {"s1": ("TENTATIVE", 2), **stays}
    assert shown(taught(table, turns=(without_monday, without_monday), days=DAYS[1:]))["s1"] == ("TENTATIVE", 2)
    back = taught(table, turns=(without_monday, whole_week))
    assert shown(back) == {"s1": ("CONFIRMED", 3), **stays}
    assert {each.uid: each.changed_at for each in entries([back], lambda _: True)} == {
        "s1": ISSUED + timedelta(days=3), "s2": ISSUED + timedelta(days=1), "s3": ISSUED + timedelta(days=1)
    }  # fmt: skip


def test_a_timetable_issued_after_a_turn_settles_what_was_tentative() -> None:
    one, two = session("s1"), session("s2", 1)
    away = Turn(1, True, frozenset(DAYS[1:]))
    term = taught((one, two), (session("s1", 2), two), turns=(away,), days=DAYS[1:])
    assert shown(term) == {"s1": ("CONFIRMED", 3), "s2": ("CONFIRMED", 1)}


def in_rooms(*turns: Turn, now: str | None) -> list[Entry]:
    table = (session("s1", room_id="r1"), session("s2", 1, room_id="hall"))
    edition = Edition(1, ISSUED, table, room_id="r1")
    return entries([Taught("一班", [edition], frozenset(DAYS), held=True, turns=turns, room_id=now)], lambda _: True)


def test_what_lies_in_a_room_that_was_the_terms_waits_for_a_new_timetable_and_what_lies_elsewhere_does_not() -> None:
    into = Turn(1, True, frozenset(DAYS), ISSUED + timedelta(days=1), "r2")
    back = Turn(1, True, frozenset(DAYS), ISSUED + timedelta(days=2), "r1")
    moved, stays = in_rooms(into, now="r2")
    assert [(moved.status, moved.sequence), (stays.status, stays.sequence)] == [("TENTATIVE", 2), ("CONFIRMED", 1)]
    assert "教室已调整" in description(moved, None)
    assert [(each.status, each.sequence) for each in in_rooms(into, back, now="r1")] == [
        ("CONFIRMED", 3), ("CONFIRMED", 1)
    ]  # fmt: skip
    off_days = Turn(1, True, frozenset(), ISSUED + timedelta(days=2), "r2")
    assert [(each.sequence, each.awaits) for each in in_rooms(into, off_days, now="r2")] == [(3, "room"), (3, "")]


def test_a_room_that_an_earlier_release_did_not_write_down_changes_nothing_of_the_past() -> None:
    assert [each.status for each in in_rooms(Turn(1, True, frozenset(DAYS), ISSUED), now=None)] == ["CONFIRMED"] * 2


DAY = st.integers(0, 4)
TABLES = st.tuples(st.lists(st.one_of(st.none(), DAY), min_size=3, max_size=3), st.integers(0, 3)).map(
    lambda drawn: tuple(
        session(f"s{n}", day, joint_id="j" if n == drawn[1] else None)
        for n, day in enumerate(drawn[0])
        if day is not None
    )
)
TURNS = st.one_of(st.none(), st.sets(DAY).map(lambda days: frozenset(DAYS[n] for n in days)))


@given(TABLES, st.lists(st.one_of(TABLES, TURNS), max_size=7))
def test_the_sequence_rises_with_every_change_and_stays_with_none(first: Any, story: list[Any]) -> None:
    tables, turns, before = [first], list[Turn](), dict[str, Entry]()
    days, held = frozenset(DAYS), True
    for hour, step in enumerate(story):
        if not isinstance(step, tuple):
            held, days = step is not None, step if step is not None else frozenset(DAYS)
            turns.append(Turn(len(tables), held, step, ISSUED + timedelta(days=len(tables), hours=hour)))
        elif held:
            tables.append(step)
            days = frozenset(DAYS)
        editions = [Edition(n, ISSUED + timedelta(days=n), table) for n, table in enumerate(tables, 1)]
        now = {each.uid: each for each in entries([Taught("一班", editions, days, held, turns)], lambda _: True)}
        for uid, was in before.items():
            same = (was.session, was.status) == (now[uid].session, now[uid].status)
            assert same == (now[uid].sequence == was.sequence)
            assert now[uid].sequence >= was.sequence
            assert now[uid].changed_at >= was.changed_at
            assert same <= (now[uid] == was)
        before = now


def test_a_joint_lecture_is_one_event_named_after_its_terms_whose_sequence_never_falls() -> None:
    joint = [session(id, joint_id="j", room_id="hall") for id in ("s1", "s2")]
    both = (taught((joint[0],), label="一班第1期"), taught((joint[1],), label="一班第2期"))
    (event,) = entries(both, lambda _: True)
    assert (event.uid, event.labels, event.sequence) == ("j", ("一班第1期", "一班第2期"), 2)
    (left,) = entries((both[0], taught((joint[1],), (), label="一班第2期")), lambda _: True)
    assert (left.labels, left.status, left.sequence) == (("一班第1期",), "CONFIRMED", 3)


def test_a_session_that_leaves_a_joint_lecture_or_joins_one_leaves_its_event_cancelled() -> None:
    joint = session("s1", joint_id="j")
    alone = dataclasses.replace(joint, joint_id=None)
    left = {"j": ("CANCELLED", 2), "s1": ("CONFIRMED", 2)}
    assert shown(taught((joint,))) == {"j": ("CONFIRMED", 1)}
    assert shown(taught((joint,), (alone,))) == left
    assert shown(taught((joint,), (alone,), (alone,))) == left
    assert shown(taught((joint,), (alone,), (joint,))) == {"j": ("CONFIRMED", 3), "s1": ("CANCELLED", 3)}
    assert shown(taught((alone,), (joint,))) == {"s1": ("CANCELLED", 2), "j": ("CONFIRMED", 2)}


def test_a_joint_lecture_goes_on_in_the_terms_that_keep_it_under_a_higher_sequence() -> None:
    joint = [session(id, joint_id="j", room_id="hall") for id in ("s1", "s2")]
    stays = taught((joint[0],), label="一班第1期")
    before = entries((stays, taught((joint[1],), label="一班第2期")), lambda _: True)
    apart = dataclasses.replace(joint[1], joint_id=None)
    after = entries((stays, taught((joint[1],), (apart,), label="一班第2期")), lambda _: True)
    assert [(each.uid, each.labels, each.sequence) for each in before] == [("j", ("一班第1期", "一班第2期"), 2)]
    assert {(each.uid, each.labels, each.status, each.sequence) for each in after} == {
        ("j", ("一班第1期",), "CONFIRMED", 3), ("s2", ("一班第2期",), "CONFIRMED", 2)
    }  # fmt: skip


def test_the_words_of_an_event_fit_whose_calendar_it_is_in() -> None:
    (event,) = entries([taught((session("s1", title="治理现代化"),))], lambda _: True)
    assert summary("term", event, "文老师") == "治理现代化（文老师）"
    assert summary("lecturer", event, "文老师") == "治理现代化（一班第1期）"
    assert summary("room", event, None) == "一班第1期：治理现代化"
    assert description(event, "文老师").splitlines() == [
        "班次：一班第1期",
        "模块：理论",
        "形式：讲授　学时：4",
        "授课：文老师",
        "依据：日程表第1版",
    ]
    gone = dataclasses.replace(event, status="CANCELLED")
    assert description(gone, None).startswith("本课次已取消")


def file_of(*found: Entry) -> bytes:
    return calendar_file("term", "一班日程", found, lambda _: "文老师", lambda _: "主校区，一教室", timedelta(hours=1))


def test_the_file_is_read_by_others_in_the_zone_of_the_city() -> None:
    odd = session("s1", title="发展,安全;“统筹”\\与改革", host="张主持")
    found = entries([taught((odd,))], lambda _: True)
    content = file_of(*found)
    calendar = Calendar.from_ical(content)
    (zone,) = calendar.walk("VTIMEZONE")
    (event,) = calendar.walk("VEVENT")
    assert zone["TZID"] == "Asia/Shanghai"
    assert event["SUMMARY"] == "发展,安全;“统筹”\\与改革（文老师）"
    assert event["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert event["DTSTART"].dt.astimezone(UTC) == datetime(2020, 5, 11, 0, 30, tzinfo=UTC)
    assert event["DTEND"].dt.astimezone(UTC) == datetime(2020, 5, 11, 4, tzinfo=UTC)
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == ("s1@diaoxun", 1, "CONFIRMED")
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=1)
    assert "张主持" not in content.decode()
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert file_of(*found) == content


def test_a_calendar_without_sessions_is_still_one() -> None:
    assert Calendar.from_ical(file_of()).walk("VEVENT") == []
