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
