"""Lecture fees: joint lectures once, half-days up to their limit, whichever terms they served."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from services.enrollment.domain.fee_standard import LectureCharge, Taught
from services.enrollment.domain.lecture_fee import HALVES, Agreement, Item, Session, items_of
from services.enrollment.plugins.fee_standards.tables import Central, ZhuzhouLectures

DAY = date(2020, 5, 12)
CENTRAL, ZHUZHOU = Central(), ZhuzhouLectures()


def reckon(term_id: str, taught: Taught) -> LectureCharge:
    return (ZHUZHOU if term_id == "term_z" else CENTRAL).lecture(taught)


def session(number: int, hours: str = "4", term_id: str = "term_1", **changes: object) -> Session:
    fields = {"on": DAY, "half": "morning", "starts_at": "08:30", "grade": "full"} | changes
    return Session(f"s{number}", term_id, "讲座", hours=Decimal(hours), **fields)  # type: ignore[arg-type]


def paid(*sessions: Session, agreements: Mapping[str, Agreement] | None = None) -> dict[str, Item]:
    by_term = items_of(sessions, agreements or {}, reckon)
    return {item.session.session_id: item for items in by_term.values() for item in items}


def test_a_lecture_to_several_classes_is_paid_once() -> None:
    items = paid(session(1, joint_id="j"), session(2, term_id="term_2", joint_id="j"), session(3, half="afternoon"))
    assert [items[f"s{number}"].amount_fen for number in (1, 2, 3)] == [4000_00, 0, 4000_00]
    assert "合班授课" in items["s2"].reasons[0].zh


def test_when_the_paying_class_drops_a_joint_lecture_another_pays() -> None:
    assert paid(session(2, term_id="term_2", joint_id="j"))["s2"].amount_fen == 4000_00


def test_a_joint_lecture_the_first_class_cannot_reckon_is_paid_by_the_next_and_still_once() -> None:
    too_much = {"term_1": Agreement(rate_fen=5000_00)}
    joint = [session(number, term_id=f"term_{number}", joint_id="j") for number in (1, 2, 3)]
    items = paid(*joint, agreements=too_much)
    assert [items[f"s{number}"].amount_fen for number in (1, 2, 3)] == [0, 4000_00, 0]
    assert [items[f"s{number}"].problem for number in (1, 2, 3)] == [True, False, False]


def test_a_half_day_pays_four_hours_in_the_order_they_were_taught() -> None:
    items = paid(
        session(1, "2", starts_at="10:20"),
        session(2, "3", starts_at="08:00", term_id="term_2"),
        session(3, "2", half="afternoon", starts_at="14:00"),
    )
    assert [items[f"s{number}"].paid_hours for number in (1, 2, 3)] == [1, 3, 2]
    assert paid(session(1, "4.5"))["s1"].amount_fen == 4000_00


def test_a_joint_lecture_takes_its_hours_of_the_half_day_once() -> None:
    items = paid(
        session(1, "3", joint_id="j"),
        session(2, "3", term_id="term_2", joint_id="j"),
        session(3, "1", starts_at="11:00", grade="full"),
    )
    assert sum(item.paid_hours for item in items.values()) == 4


def test_an_agreement_holds_for_its_term_and_an_uplift_where_the_standard_knows_one() -> None:
    agreements = {"term_1": Agreement(rate_fen=600_00), "term_z": Agreement(uplifted=True)}
    items = paid(session(1), session(2, term_id="term_z", half="afternoon"), agreements=agreements)
    assert items["s1"].amount_fen == 2400_00
    assert items["s2"].amount_fen == 6000_00
    assert "书面批准上浮50%" in items["s2"].reasons[0].zh


def test_what_cannot_be_reckoned_is_paid_nothing_and_shown() -> None:
    items = paid(session(1, grade=None), session(2, half="afternoon"), agreements={"term_1": Agreement(5000_00)})
    assert [(item.amount_fen, item.problem) for item in items.values()] == [(0, True), (0, True)]
    assert "职称" in items["s1"].reasons[0].zh
    assert "高于上限" in items["s2"].reasons[0].zh


SESSIONS = st.lists(
    st.builds(
        session,
        st.integers(1, 10**6),
        st.sampled_from(["0.5", "1", "2", "3", "4", "4.5"]),
        st.sampled_from(["term_1", "term_2", "term_3"]),
        on=st.sampled_from([DAY, date(2020, 5, 13)]),
        half=st.sampled_from(HALVES),
        starts_at=st.sampled_from(["08:00", "10:00", "14:00"]),
        grade=st.sampled_from(["associate", "full", "academician", "intermediate"]),
        joint_id=st.sampled_from([None, "j1", "j2"]),
    ),
    max_size=12,
    unique_by=lambda each: each.session_id,
)


@given(SESSIONS)
def test_no_half_day_pays_more_than_four_hours_and_no_joint_lecture_twice(sessions: list[Session]) -> None:
    items = paid(*sessions)
    assert set(items) == {each.session_id for each in sessions}
    halves: dict[tuple[date, str], Decimal] = {}
    joint: dict[str, int] = {}
    for item in items.values():
        key = (item.session.on, item.session.half)
        halves[key] = halves.get(key, Decimal(0)) + item.paid_hours
        if item.session.joint_id and item.amount_fen:
            joint[item.session.joint_id] = joint.get(item.session.joint_id, 0) + 1
        assert item.amount_fen <= int(item.paid_hours * 1500_00)
    assert all(hours <= 4 for hours in halves.values())
    assert all(count == 1 for count in joint.values())


@given(SESSIONS, st.randoms())
def test_the_order_in_which_sessions_become_known_does_not_matter(sessions: list[Session], chance: object) -> None:
    shuffled = list(sessions)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert paid(*shuffled) == paid(*sessions)
