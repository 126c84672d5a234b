"""The real service class on a real store, and a small plan to work on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from services.scheduling import contract, store
from services.scheduling.service import SchedulingService
from shared.identifiers import new_id
from shared.runtime.testing import Emitted, ServiceHarness
from tests.fixtures.clock import StillClock


def programme(ordinal: int = 1, **changes: Any) -> dict[str, Any]:
    """A finished programme: two terms of 40 people, five days, in May to July 2020."""
    return {
        "ordinal": ordinal,
        "title": f"第{ordinal}专题培训班",
        "kind": "training",
        "terms": 2,
        "trainees": 80,
        "starts_on": "2020-05-06",
        "ends_on": "2020-07-31",
        "days": 5,
        "points": ["甲", "乙"],
        **changes,
    }


def draft(*programmes: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The request of ``create_plan``."""
    return {
        "year": 2020,
        "title": "2020年公务员培训计划",
        "programmes": list(programmes) or [programme()],
        "replacement_notice_days": 5,
        "contacts": [{"organisation": "市委组织部", "person": "张三", "phone": "0270-5550101", "fax": None}],
        **changes,
    }


class School:
    """The scheduling service as a planner uses it."""

    def __init__(self, harness: ServiceHarness) -> None:
        self.harness = harness
        self.call = harness.call

    def places(self, beds: int = 200, **rooms: int) -> None:
        self.call(
            contract.PUT_CAMPUS,
            {"campus_id": "main", "title": "主校区", "district": "city.donghu", "beds": beds, "address": "东湖路1号"},
        )
        for room_id, capacity in (rooms or {"r1": 60, "r2": 60}).items():
            self.call(
                contract.PUT_ROOM,
                {"room_id": room_id, "campus_id": "main", "title": f"教室{room_id}", "capacity": capacity},
            )

    def approved(self, *programmes: dict[str, Any], **changes: Any) -> dict[str, Any]:
        plan = self.call(contract.CREATE_PLAN, draft(*programmes, **changes))
        return self.call(contract.APPROVE_PLAN, {"plan_id": plan["plan_id"]})

    def terms(self, plan_id: str) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self.call(contract.LIST_TERMS, {"plan_id": plan_id, "limit": 200})["items"]
        return items

    def place(self, plan_id: str, **changes: Any) -> dict[str, Any]:
        """Ask for a placement, let the solver run, and return the placement as it ended."""
        request = {"plan_id": plan_id, "wait_seconds": 0, "seconds": 60, "scheduler": "greedy", **changes}
        asked = self.call(contract.PLACE_TERMS, request)
        self.pump()
        return self.call(contract.GET_PLACEMENT, {"placement_id": asked["placement_id"]})

    def pump(self) -> list[Emitted]:
        """Hand scheduling's own news back to it; return everything that was emitted."""
        seen: list[Emitted] = []
        while batch := self.harness.take():
            seen += batch
            for each in batch:
                event = self.harness.handles(each.type)
                if event is not None:
                    self.harness.deliver(event, each.data, event_id=each.id)
        return seen

    def admit(self, term_id: str, people: int, unit_id: str = "city.donghu") -> list[str]:
        from services.enrollment.contract import ROSTER_ADMITTED

        ids = [new_id("nom") for _ in range(people)]
        data = {"term_id": term_id, "unit_id": unit_id, "nomination_ids": ids, "count": people}
        self.harness.deliver(ROSTER_ADMITTED, data)
        return ids


@pytest.fixture
def school(make_store: Callable[..., Any]) -> School:
    clock = StillClock(datetime(2020, 3, 2, 1, tzinfo=UTC))
    return School(ServiceHarness(SchedulingService, make_store(store.SCHEMA, clock)))
