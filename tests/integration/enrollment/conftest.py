"""A real store, the real service class, and rosters made for the test at hand."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from openpyxl import Workbook

from services.enrollment import contract, store
from services.enrollment.commands import fee_reactions
from services.enrollment.domain.citizen_id import check_character
from services.enrollment.fee_standards import FeeStandards
from services.enrollment.service import EnrollmentService
from services.scheduling.contract import TERM_PLACED
from shared.runtime.testing import ServiceHarness
from shared.security.caller import Caller, Role
from tests.fixtures.clock import StillClock
from tests.fixtures.overlap import under_way

HEADING = ("姓名", "身份证号", "职务", "职级", "手机", "班次", "期次", "难点问题")
TITLES = {1: "加强党的政治建设专题培训班", 2: "创新驱动发展战略专题培训班", 3: "实施健康中国战略专题培训班"}
OPENING = date(2020, 5, 11)


def id_number(serial: int, born: str = "19800101") -> str:
    """A valid number of a made-up person; one serial, one person."""
    first = f"420101{born[:4]}{1 + serial // 10_000 % 12:02d}{1 + serial // 1000 % 10:02d}{serial % 1000:03d}"
    return first + check_character(first)


def line(serial: int, programme: Any = 1, term: Any = 1, **changes: Any) -> dict[str, Any]:
    """One row of a roster by heading."""
    row = {
        "姓名": "测试" + chr(0x4E00 + serial % 5000),
        "身份证号": id_number(serial),
        "职务": "科长",
        "职级": "一级主任科员",
        "手机": f"138{serial:08d}",
        "班次": programme,
        "期次": term,
    }
    return row | changes


def workbook(lines: Iterable[dict[str, Any]], heading: Sequence[str] = HEADING) -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(list(heading))
    for row in lines:
        page.append([row.get(name) for name in heading])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def unit_caller(unit_id: str) -> Caller:
    return Caller(f"test:{unit_id}", frozenset({Role.UNIT}), (unit_id,))


class Desk:
    """The service as its users meet it."""

    def __init__(self, harness: ServiceHarness) -> None:
        self.harness = harness
        self.call = harness.call
        self.clock = harness.equipment.clock

    def place(self, term_id: str, programme: int = 1, ordinal: int = 1, starts: date = OPENING, **changes: Any) -> str:
        data = {
            "term_id": term_id,
            "plan_id": "plan_2020",
            "programme_id": f"programme_{programme}",
            "programme_ordinal": programme,
            "programme_title": TITLES.get(programme, ""),
            "kind": "training",
            "ordinal": ordinal,
            "starts_on": starts.isoformat(),
            "ends_on": (starts + timedelta(days=4)).isoformat(),
            "days": 5,
            "capacity": 50,
            "reports_on": (starts - timedelta(days=1)).isoformat(),
            "reports_from": "14:00",
            "reports_until": "18:00",
            "opens_at": "09:00",
            "campus_id": "main",
            "campus_title": "主校区",
            "campus_address": "江城市学府路1号",
            "replacement_day_kind": "calendar",
            "room_id": "room_1",
            "room_title": "一号教室",
            "replacement_notice_days": 5,
            "version": 1,
        }
        self.harness.deliver(TERM_PLACED, data | changes)
        return term_id

    def unit(self, unit_id: str, title: str = "测试单位") -> str:
        self.call(contract.PUT_UNIT, {"unit_id": unit_id, "title": title})
        return unit_id

    def allot(self, term_id: str, **places: int) -> dict[str, Any]:
        quotas = [{"unit_id": f"city.{unit}", "places": count} for unit, count in places.items()]
        return self.call(contract.ALLOT_QUOTAS, {"term_id": term_id, "quotas": quotas})

    def receive(self, unit_id: str, content: bytes, filename: str = "名单.xlsx", **more: Any) -> str:
        request = {"unit_id": unit_id, "file": base64.b64encode(content).decode(), "filename": filename} | more
        return str(self.call(contract.FILE_ROSTER, request)["import_id"])

    def run_import(self, import_id: str, unit_id: str, event_id: str | None = None) -> dict[str, Any]:
        data = {"import_id": import_id, "unit_id": unit_id}
        self.harness.deliver(contract.ROSTER_RECEIVED, data, event_id=event_id)
        return self.call(contract.GET_ROSTER, {"import_id": import_id})

    def file(self, unit_id: str, lines: Iterable[dict[str, Any]], **more: Any) -> dict[str, Any]:
        return self.run_import(self.receive(unit_id, workbook(lines), **more), unit_id)

    def nominations(self, **filters: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.call(contract.LIST_NOMINATIONS, {"limit": 200, **filters})["items"]
        return found

    def accept_all(self, **filters: Any) -> list[str]:
        ids = [row["nomination_id"] for row in self.nominations(state="filed", **filters)]
        self.call(
            contract.ATTEST_NOMINATIONS, {"nomination_ids": ids, "signer": "单位负责人", "signer_post": "党组书记"}
        )
        for unit_id in sorted({row["unit_id"] for row in self.nominations(awaits="district")}):
            its = [row["nomination_id"] for row in self.nominations(awaits="district", unit_id=unit_id)]
            district = unit_caller(".".join(unit_id.split(".")[:2]))
            self.call(contract.REVIEW_NOMINATIONS, {"nomination_ids": its, "decision": "accept"}, caller=district)
        report = self.call(contract.REVIEW_NOMINATIONS, {"nomination_ids": ids, "decision": "accept"})
        assert report["left"] == 0, report
        return ids


def cancel_under_way(desk: Desk, term_id: str = "term_1") -> AbstractContextManager[None]:
    """Let the cancellation of a term be under way."""
    news = {"term_id": term_id, "plan_id": "plan_2020", "reason": "疫情", "version": 9, "retiming_id": None}
    standards = FeeStandards(desk.harness.kit.plugins)
    return under_way(desk.harness.store, lambda tx: fee_reactions.on_cancellation(tx, news, standards))


@pytest.fixture
def enrollment_clock() -> StillClock:
    return StillClock(datetime(2020, 4, 1, 1, 0, tzinfo=UTC))


@pytest.fixture
def desk(make_store: Callable[..., Any], enrollment_clock: StillClock) -> Desk:
    kept = make_store(store.SCHEMA, clock=enrollment_clock)
    return Desk(ServiceHarness(EnrollmentService, kept))
