"""A small city for the tests of notification: a term, what enrollment answers, the service on a real store."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from services.compliance.contract import COMPLETION_DECIDED, LIST_COMPLETIONS
from services.enrollment.contract import GET_UNIT, LIST_TRAINEES, ROSTER_ADMITTED
from services.notification.service import NotificationService
from services.notification.store import SCHEMA
from services.scheduling.contract import GET_LECTURER, GET_TIMETABLE, TERM_PLACED
from shared.clock import SettableClock
from shared.config import default_settings
from shared.errors import NotFound, Unavailable
from shared.plugins import PluginSettings, Registry
from shared.runtime.testing import ServiceHarness
from shared.security.signing import SigningKeys
from tests.fixtures.store import MakeStore

TERM = "term_1"
UNIT = "jiangcheng.donghu"
TERM_DATA: dict[str, Any] = {
    "term_id": TERM,
    "plan_id": "plan_1",
    "programme_id": "programme_1",
    "programme_ordinal": 2,
    "programme_title": "推进国家治理体系和治理能力现代化专题培训班",
    "kind": "training",
    "ordinal": 1,
    "starts_on": "2020-06-08",
    "ends_on": "2020-06-12",
    "days": 5,
    "capacity": 50,
    "room_id": "hall-1",
    "room_title": "一号楼报告厅",
    "campus_id": "main",
    "campus_title": "市委党校主校区",
    "campus_address": "东湖路1号",
    "reports_on": "2020-06-07",
    "reports_from": "14:00",
    "reports_until": "18:00",
    "opens_at": "09:00",
    "replacement_notice_days": 5,
    "replacement_day_kind": "calendar",
    "version": 1,
}


class City:
    """The notification service, with enrollment's answers under the test's control."""

    def __init__(self, make_store: MakeStore, folder: Path) -> None:
        self.clock = SettableClock(datetime(2020, 5, 11, 1, 0, tzinfo=UTC))
        self.folder = folder
        self.registry = Registry(PluginSettings()).discover()
        self.trainees: list[dict[str, Any]] = []
        self.completions: dict[str, dict[str, Any]] = {}
        self.timetables: dict[str, dict[str, Any]] = {}
        self.signing_key = f"a1:{SigningKeys.new_key()}"
        self.units: dict[str, dict[str, str]] = {}
        self.lecturers: dict[str, dict[str, str]] = {}
        self.away: set[str] = set()
        self._happening: Callable[[], object] | None = None
        self.store = make_store(SCHEMA, clock=self.clock)
        self.harness = self.service_on(self.store)

    def service_on(self, store: Any) -> ServiceHarness:
        return ServiceHarness(
            NotificationService,
            store,
            settings=default_settings(
                var=self.folder,
                secrets=("only for tests: " + "0" * 32,),
                signing_keys=self.signing_key,
                public_url="https://peixun.example.cn",
            ),
            plugins=self.registry,
            answers={
                LIST_TRAINEES: self._trainees,
                LIST_COMPLETIONS: self._completions,
                GET_UNIT: self._unit,
                GET_LECTURER: self._lecturer,
                GET_TIMETABLE: self._timetable,
            },
        )

    def while_asking(self, happening: Callable[[], object]) -> None:
        """Let something happen once, after enrollment made its next answer and before that arrives."""
        self._happening = happening

    def _trainees(self, request: dict[str, Any]) -> dict[str, Any]:
        answer = self._answer(request)
        happening, self._happening = self._happening, None
        if happening is not None:
            happening()
        return answer

    def _completions(self, request: dict[str, Any]) -> dict[str, Any]:
        self._require("compliance")
        wanted = {name: request[name] for name in ("term_id", "outcome") if name in request}
        rows = [row for row in self.completions.values() if wanted.items() <= row.items()]
        below = [row for row in rows if f"{row['unit_id']}.".startswith(f"{request.get('unit_id', row['unit_id'])}.")]
        return {"items": below, "next_cursor": None}

    def _timetable(self, request: dict[str, Any]) -> dict[str, Any]:
        self._require("scheduling")
        if request["term_id"] not in self.timetables:
            raise NotFound("没有日程表", "there is no timetable")
        return self.timetables[request["term_id"]]

    def _unit(self, request: dict[str, Any]) -> dict[str, Any]:
        self._require("enrollment")
        unit_id = request["unit_id"]
        return {
            "unit_id": unit_id,
            "parent_id": None,
            "title": "东湖区委" if unit_id == UNIT else unit_id.rpartition(".")[2],
            "kind": "district",
            "credit_code": None,
            "contact": self.units.get(unit_id, {}),
            "version": 1,
        }

    def _lecturer(self, request: dict[str, Any]) -> dict[str, Any]:
        self._require("scheduling")
        contact = self.lecturers.get(request["lecturer_id"])
        blank = {"phone": None, "email": None, "fax": None}
        return {
            "lecturer_id": request["lecturer_id"],
            "name": "陈明",
            "grade": "full",
            "organisation": "江城大学",
            "post": "教授",
            "expertise": [],
            "out_of_town": False,
            "active": True,
            "unavailable": [],
            "phone_masked": "",
            "email_masked": "",
            "version": 1,
            "contact": None if contact is None else {**blank, **contact},
        }

    def _require(self, service: str) -> None:
        if service in self.away:
            raise Unavailable("服务暂停", "the service is away")

    def _answer(self, request: dict[str, Any]) -> dict[str, Any]:
        wanted, below = request.get("unit_id"), request.get("below", True)
        rows = [
            row
            for row in self.trainees
            if row["term_id"] == request["term_id"]
            and (wanted is None or row["unit_id"] == wanted or (below and row["unit_id"].startswith(wanted + ".")))
        ]
        start, limit = int(request.get("cursor") or 0), request["limit"]
        more = start + limit < len(rows)
        return {"items": rows[start : start + limit], "next_cursor": str(start + limit) if more else None}

    def admit(self, *names: str, unit_id: str = UNIT, term_id: str = TERM) -> None:
        for name in names:
            self.trainees.append(
                {
                    "nomination_id": f"nomination_{len(self.trainees) + 1}",
                    "term_id": term_id,
                    "unit_id": unit_id,
                    "unit_title": "东湖区委",
                    "name": name,
                    "sex": "男",
                    "workplace": "东湖区卫生健康局",
                    "post": "疾控科科长",
                    "rank": "一级主任科员",
                    "political_status": "中共党员",
                    "phone_masked": "138****0000",
                    "admitted_at": "2020-05-11T01:00:00+00:00",
                }
            )

    def place_term(self, **changes: Any) -> None:
        self.harness.deliver(TERM_PLACED, {**TERM_DATA, **changes})

    def roster_admitted(self, unit_id: str = UNIT, term_id: str = TERM, event_id: str | None = None) -> None:
        ids = [row["nomination_id"] for row in self.trainees if row["unit_id"] == unit_id]
        data = {"term_id": term_id, "unit_id": unit_id, "nomination_ids": ids, "count": len(ids)}
        self.harness.deliver(ROSTER_ADMITTED, data, event_id=event_id)

    def decide(self, nomination_id: str, completed: bool = True, hours: int = 40, confirmed: bool = True) -> None:
        """Let compliance decide on a trainee's completion, and announce it once it is confirmed."""
        trainee = next(row for row in self.trainees if row["nomination_id"] == nomination_id)
        said = {name: trainee[name] for name in ("nomination_id", "term_id", "unit_id")}
        hours_said = {"hours_attended": hours, "total_hours": 40, "days": 5}
        self.completions[nomination_id] = {
            **said,
            **hours_said,
            "outcome": "completed" if completed else "not_completed",
            "confirmed": confirmed,
            "report_grade": None,
            "verdicts": [],
            "decided_at": "2020-06-12T09:00:00+00:00",
            "confirmed_at": "2020-06-12T09:00:00+00:00" if confirmed else None,
            "approver": "王主任" if confirmed else None,
            "version": 1,
        }
        if confirmed:
            decided = {"completed": completed, "decided_on": "2020-06-12"}
            self.harness.deliver(COMPLETION_DECIDED, {**said, **hours_said, **decided})

    def settle(self) -> list[str]:
        """Hand the service its own events until it is quiet; return the types of all events seen."""
        seen: list[str] = []
        while batch := self.harness.take():
            for each in batch:
                seen.append(each.type)
                event = self.harness.handles(each.type)
                if event is not None:
                    self.harness.deliver(event, each.data, event_id=each.id)
        return seen

    @property
    def outbox(self) -> list[str]:
        root = self.folder / "outbox"
        return sorted(str(path.relative_to(root)) for path in root.rglob("*.pdf"))

    def tick(self) -> None:
        """Let the minute's work be done: reminders, digests, sending."""
        self.harness.tick("messages", self.clock.now())

    def sent(self, channel: str = "email") -> list[dict[str, Any]]:
        """Return what a simulated channel wrote down, in order."""
        record = self.folder / "simulated" / f"{channel}.jsonl"
        return [json.loads(line) for line in record.read_text("utf-8").splitlines()] if record.exists() else []
