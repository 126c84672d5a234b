"""Trying changes on a placed plan: what gives way, whom it concerns, and that nothing is saved."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from services.scheduling import contract, previewing
from services.scheduling.child import Child, started
from services.scheduling.contract import NothingToPlaceIn, PlanNotApproved
from services.scheduling.contract.parts import PLANNERS
from services.scheduling.contract.placement_previews import MOST_SECONDS, PREVIEW_PLACEMENT, PreviewsBusy
from services.scheduling.contract.sending_units import PUT_SENDING_UNIT
from services.scheduling.solving import SolveFailed
from shared.errors import Forbidden, Invalid
from shared.security.caller import Caller, Role
from tests.integration.scheduling.conftest import School, draft, programme


def test_a_closed_week_shows_who_would_be_told_and_saves_nothing(school: School) -> None:
    school.places()
    plan = school.approved(programme(1), programme(2, terms=1, trainees=50, kind="seminar", days=3))
    school.place(plan["plan_id"], scheduler="cp_sat")
    before = school.terms(plan["plan_id"])
    school.harness.take()
    first = before[0]
    closed = {"kind": "blackout", "starts_on": first["starts_on"], "ends_on": first["ends_on"]}
    seen = school.call(PREVIEW_PLACEMENT, {"plan_id": plan["plan_id"], "changes": [closed], "seconds": 20})
    moved = {each["term_id"]: each for each in seen["affected"] if each["told"]}
    assert first["term_id"] in moved
    assert seen["told"] == sum(each["told"] for each in moved.values()) == seen["told_bound"]
    assert seen["proven"]
    assert "已证明不能更少" in seen["words"]["zh"]
    assert moved[first["term_id"]]["before"]["starts_on"] == first["starts_on"]
    assert school.terms(plan["plan_id"]) == before
    assert school.harness.take() == []


def test_a_term_kept_off_everything_comes_with_the_conflict_and_ways_out(school: School) -> None:
    school.places()
    plan = school.approved(programme(terms=1, trainees=40))
    school.place(plan["plan_id"])
    (term,) = school.terms(plan["plan_id"])
    ban = {"kind": "ban", "term_id": term["term_id"], "starts_on": "2020-01-01", "ends_on": "2020-12-31"}
    seen = school.call(PREVIEW_PLACEMENT, {"plan_id": plan["plan_id"], "changes": [ban]})
    assert [each["term_id"] for each in seen["unplaced"]] == [term["term_id"]]
    (conflict,) = seen["conflicts"]
    assert [each["rule"] for each in conflict["demands"]] == ["held", "ban"]
    assert all(each["loosenings"] for each in conflict["demands"])


def said_of(rule: str, conflict: dict[str, Any]) -> list[str]:
    return [way["words"]["zh"] for asked in conflict["demands"] if asked["rule"] == rule for way in asked["loosenings"]]


def test_a_plan_of_one_short_window_may_be_put_off_beyond_it(school: School) -> None:
    school.places()
    plan = school.approved(programme(1, terms=1, trainees=40, starts_on="2020-06-01", ends_on="2020-06-12"))
    school.place(plan["plan_id"])
    closed = {"kind": "blackout", "starts_on": "2020-06-01", "ends_on": "2020-06-12"}
    (conflict,) = school.call(PREVIEW_PLACEMENT, {"plan_id": plan["plan_id"], "changes": [closed]})["conflicts"]
    assert [each["rule"] for each in conflict["demands"]] == ["held", "blackout", "window"]
    assert said_of("window", conflict) == ["把第1班第1期推后到6月15日至19日，超出办班时间7天"]
    assert [each["alone"] for each in conflict["ways_out"]] == [True, True, True]


def test_a_move_beyond_the_window_names_it_and_so_does_a_window_that_is_too_short(school: School) -> None:
    school.places()
    plan = school.approved(
        programme(1, terms=1, trainees=40, starts_on="2020-06-01", ends_on="2020-06-12"),
        programme(2, terms=1, trainees=40, starts_on="2020-06-04", ends_on="2020-06-10"),
    )
    school.place(plan["plan_id"])
    first, _ = school.terms(plan["plan_id"])
    move = {"kind": "move", "term_id": first["term_id"], "starts_on": "2020-09-07"}
    moved, short = school.call(PREVIEW_PLACEMENT, {"plan_id": plan["plan_id"], "changes": [move]})["conflicts"]
    assert [each["rule"] for each in moved["demands"]] == ["held", "pin", "window"]
    assert said_of("window", moved) == ["把第1班第1期推后到9月7日至11日，超出办班时间91天"]
    assert [each["rule"] for each in short["demands"]] == ["held", "unbroken", "window"]
    assert said_of("window", short) == ["把第2班第1期推后到6月8日至12日，超出办班时间2天"]


def test_nothing_is_put_back_to_days_that_are_past(school: School) -> None:
    school.places()
    plan = school.approved(programme(1, terms=1, trainees=40, starts_on="2020-03-09", ends_on="2020-03-20"))
    school.place(plan["plan_id"])
    closed = {"kind": "blackout", "starts_on": "2020-03-09", "ends_on": "2020-04-30"}
    (conflict,) = school.call(PREVIEW_PLACEMENT, {"plan_id": plan["plan_id"], "changes": [closed]})["conflicts"]
    # 2 March is today.
    assert said_of("window", conflict) == ["把第1班第1期推后到5月11日至15日，超出办班时间56天"]


def test_a_term_that_is_kept_out_twice_is_in_two_conflicts(school: School) -> None:
    school.places(r1=60)
    plan = school.approved(programme(1, terms=1, trainees=80, starts_on="2020-05-06", ends_on="2020-05-29"))
    school.place(plan["plan_id"])
    closed = {"kind": "blackout", "starts_on": "2020-05-06", "ends_on": "2020-05-29"}
    seats, blackout = school.call(PREVIEW_PLACEMENT, {"plan_id": plan["plan_id"], "changes": [closed]})["conflicts"]
    assert [each["rule"] for each in seats["demands"]] == ["held", "seats"]
    assert [each["rule"] for each in blackout["demands"]] == ["held", "blackout", "window"]
    (way,) = [each for asked in seats["demands"] if asked["rule"] == "seats" for each in asked["loosenings"]]
    assert (way["amount"], way["proven"], way["alone"]) == (20, True, False)
    assert way["words"]["en"].endswith("; other demands still have to give way")


def test_without_changes_a_placed_plan_tells_nobody(school: School) -> None:
    school.places()
    plan = school.approved()
    school.place(plan["plan_id"])
    seen = school.call(PREVIEW_PLACEMENT, {"plan_id": plan["plan_id"]})
    assert (seen["told"], seen["affected"], seen["words"]["zh"]) == (0, [], "不必通知任何人")


def test_what_makes_no_sense_is_refused(school: School) -> None:
    unapproved = school.call(contract.CREATE_PLAN, draft())
    with pytest.raises(PlanNotApproved):
        school.call(PREVIEW_PLACEMENT, {"plan_id": unapproved["plan_id"]})
    plan = school.approved()
    with pytest.raises(NothingToPlaceIn):
        school.call(PREVIEW_PLACEMENT, {"plan_id": plan["plan_id"]})
    school.places()
    with pytest.raises(Invalid, match="term_none"):
        school.call(
            PREVIEW_PLACEMENT, {"plan_id": plan["plan_id"], "changes": [{"kind": "drop", "term_id": "term_none"}]}
        )
    with pytest.raises(Invalid, match="起止日期有误"):
        school.call(PREVIEW_PLACEMENT, {"plan_id": plan["plan_id"], "changes": [{"kind": "blackout"}]})


def test_no_more_previews_run_than_can_at_once_and_who_is_turned_away_may_ask_again(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    school.places()
    plan = school.approved()
    school.place(plan["plan_id"])
    request, running, turned_away = {"plan_id": plan["plan_id"]}, list[str](), list[PreviewsBusy]()

    @contextmanager
    def meanwhile(module: str, order: dict[str, Any]) -> Iterator[Child]:
        """Ask for another preview while one runs."""
        running.append(module)
        with started(module, order) as child:
            try:
                school.call(PREVIEW_PLACEMENT, request)
            except PreviewsBusy as busy:
                turned_away.append(busy)
            yield child

    monkeypatch.setattr(previewing, "started", meanwhile)
    school.call(PREVIEW_PLACEMENT, request)
    assert len(running) == previewing.AT_ONCE == 2
    (busy,) = turned_away
    assert (busy.status, busy.transient, busy.details["retry_after"] > 0) == (503, True, True)
    assert "已有2项推演正在进行" in busy.message.zh
    assert PreviewsBusy in PREVIEW_PLACEMENT.errors
    school.call(PREVIEW_PLACEMENT, request)
    assert len(running) == 4, "the places were given back"


def test_a_preview_that_never_ends_is_stopped_while_its_caller_still_waits(
    school: School, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert PREVIEW_PLACEMENT.timeout >= MOST_SECONDS + previewing.GRACE + 10.0
    school.places()
    plan = school.approved()
    school.place(plan["plan_id"])
    (tmp_path / "idle_preview_for_tests.py").write_text("import time\ntime.sleep(600)\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(previewing, "_MODULE", "idle_preview_for_tests")
    monkeypatch.setattr(previewing, "GRACE", 0.1)
    children: list[Child] = []

    @contextmanager
    def kept(module: str, order: dict[str, Any]) -> Iterator[Child]:
        with started(module, order) as child:
            children.append(child)
            yield child

    monkeypatch.setattr(previewing, "started", kept)
    for _ in range(previewing.AT_ONCE + 1):
        with pytest.raises(SolveFailed, match=r"推演超过0\.5秒仍无结果"):
            school.call(PREVIEW_PLACEMENT, {"plan_id": plan["plan_id"], "seconds": 0.5})
    assert [child.status is None for child in children] == [False] * 3, "none of them goes on"


def test_planners_alone_may_try_changes(school: School) -> None:
    assert PREVIEW_PLACEMENT.roles == PLANNERS
    plan = school.approved()
    unit = Caller("u", frozenset({Role.UNIT}), "city.donghu")
    with pytest.raises(Forbidden):
        school.call(PREVIEW_PLACEMENT, {"plan_id": plan["plan_id"]}, caller=unit)


def test_a_day_and_a_room_said_one_after_the_other_both_hold(school: School) -> None:
    school.places()
    plan = school.approved(programme(terms=1, trainees=40))
    school.place(plan["plan_id"])
    (term,) = school.terms(plan["plan_id"])
    move = {"kind": "move", "term_id": term["term_id"]}
    changes = [{**move, "starts_on": "2020-07-13"}, {**move, "room_id": "r2"}]
    seen = school.call(PREVIEW_PLACEMENT, {"plan_id": plan["plan_id"], "changes": changes})
    assert seen["moves"] == [{"term_id": term["term_id"], "starts_on": "2020-07-13", "room_id": "r2"}]
    assert seen["told"] == 40
    with pytest.raises(Invalid, match="改到哪里"):
        school.call(PREVIEW_PLACEMENT, {"plan_id": plan["plan_id"], "changes": [move]})
    with pytest.raises(Invalid, match="前一项已取消该期"):
        school.call(PREVIEW_PLACEMENT, {"plan_id": plan["plan_id"], "changes": [{**move, "kind": "drop"}, *changes]})


@pytest.mark.parametrize(
    ("where", "word"),
    [
        ({"districts": ["city.donghuu"]}, "“city.donghuu”之内没有"),
        ({"campus_ids": ["mian"]}, "没有编号为“mian”的校区"),
        ({"starts_on": "2021-05-11", "ends_on": "2021-05-15"}, "请核对年份和日期"),
    ],
)
def test_a_blackout_that_can_touch_nothing_is_no_all_clear(school: School, where: dict[str, object], word: str) -> None:
    school.places()
    plan = school.approved(programme(terms=1, trainees=40))
    school.place(plan["plan_id"])
    closed = {"kind": "blackout", "starts_on": "2020-05-11", "ends_on": "2020-05-15", **where}
    with pytest.raises(Invalid, match=word):
        school.call(PREVIEW_PLACEMENT, {"plan_id": plan["plan_id"], "changes": [closed]})


def test_the_district_of_a_registered_unit_may_be_closed_though_nobody_comes_from_it(school: School) -> None:
    school.places()
    plan = school.approved(programme(terms=1, trainees=40))
    school.place(plan["plan_id"])
    closed = {"kind": "blackout", "starts_on": "2020-05-11", "ends_on": "2020-05-15", "districts": ["city.yunling"]}
    with pytest.raises(Invalid, match=r"city\.yunling"):
        school.call(PREVIEW_PLACEMENT, {"plan_id": plan["plan_id"], "changes": [closed]})
    unit = {"unit_id": "city.yunling.health", "title": "云岭县卫健局", "staff": 90}
    school.call(PUT_SENDING_UNIT, unit)
    assert school.call(PREVIEW_PLACEMENT, {"plan_id": plan["plan_id"], "changes": [closed]})["affected"] == []
