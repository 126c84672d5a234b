"""A term with its timetable, rosters and lecturers, on a real store."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import pytest
from marshmallow import fields

from services.enrollment.contract import LIST_NOMINATIONS, LIST_TRAINEES, ROSTER_ADMITTED
from services.enrollment.contract import QUESTIONS_FILED as ROSTER_QUESTIONS_FILED
from services.outcomes.service import OutcomesService
from services.outcomes.store import SCHEMA
from services.scheduling.contract import TERM_PLACED, TIMETABLE_ISSUED
from shared.contracts import Operation
from shared.runtime.testing import Answer, ServiceHarness
from shared.security.caller import WHOLE_CITY, Caller, Role
from tests.fixtures.clock import StillClock
from tests.fixtures.store import MakeStore
from tests.integration.compliance.test_briefings import TERM

DONGHU, NANSHAN = "jiangcheng.donghu", "jiangcheng.nanshan"
SCHOOL = Caller("account:school", frozenset({Role.PARTY_SCHOOL}), (WHOLE_CITY,))
ORGANISATION = Caller("account:org", frozenset({Role.ORGANISATION_DEPARTMENT}), (WHOLE_CITY,))
AUDITOR = Caller("account:audit", frozenset({Role.AUDITOR}), (WHOLE_CITY,))
OTHER_SERVICE = Caller("service:compliance", frozenset({Role.SERVICE}), (WHOLE_CITY,))
PEOPLE = {
    "nomination_1": (DONGHU, "东湖区", "王建国", "东湖区卫生健康局"),
    "nomination_2": (DONGHU, "东湖区", "李娜", "东湖区财政局"),
    "nomination_3": (NANSHAN, "南山区", "欧阳明月", "南山区扶贫办"),
}


def unit(unit_id: str) -> Caller:
    return Caller(f"account:{unit_id}", frozenset({Role.UNIT}), (unit_id,))


def lecturer(lecturer_id: str) -> Caller:
    return Caller(f"lecturer:{lecturer_id}", frozenset({Role.LECTURER}))


def trainee(nomination_id: str) -> Caller:
    return Caller(f"trainee:{nomination_id}", frozenset({Role.TRAINEE}))


def session(session_id: str, title: str, lecturer_id: str | None, on: str = "2020-05-19") -> dict[str, Any]:
    return {
        "session_id": session_id,
        "course_id": f"course_{session_id}",
        "module": "专题讲授",
        "title": title,
        "form": "lecture",
        "on": on,
        "half": "morning",
        "starts_at": "09:00",
        "ends_at": "11:30",
        "hours": 3,
        "lecturer_id": lecturer_id,
        "lecturer_grade": None,
        "room_id": None,
        "room_title": None,
        "joint_id": None,
    }


SESSIONS = (
    session("session_1", "脱贫攻坚与乡村振兴有效衔接", "lecturer_a"),
    session("session_2", "政务数据共享与数字政府建设", "lecturer_b", "2020-05-20"),
)


class City:
    """The outcomes service with neighbours that answer, and the news they send."""

    def __init__(self, outcomes: ServiceHarness, clock: StillClock) -> None:
        self.outcomes, self.clock = outcomes, clock
        self._issued = 0

    def call(self, operation: Operation, request: dict[str, Any] | None = None, caller: Caller = SCHOOL) -> Any:
        return self.outcomes.call(operation, request or {}, caller=caller)

    def place(self, **changes: Any) -> None:
        self.outcomes.deliver(TERM_PLACED, {**TERM, **changes})

    def admit(self, unit_id: str, *nominations: str, term_id: str = "term_1") -> None:
        told = {"term_id": term_id, "unit_id": unit_id, "nomination_ids": nominations, "count": len(nominations)}
        self.outcomes.deliver(ROSTER_ADMITTED, told)

    def ask(self, unit_id: str, *texts: str, kind: str = "question", term_id: str = "term_1") -> None:
        questions = [{"term_id": term_id, "text": text, "kind": kind} for text in texts]
        told = {"import_id": "import_1", "unit_id": unit_id, "questions": questions}
        self.outcomes.deliver(ROSTER_QUESTIONS_FILED, told)

    def issue(self, sessions: Iterable[dict[str, Any]] = SESSIONS, version: int | None = None) -> None:
        self._issued = version or self._issued + 1
        told = {
            "term_id": "term_1",
            "plan_id": "plan_1",
            "timetable_version": self._issued,
            "total_hours": 6,
            "sessions": list(sessions),
            "changed_session_ids": [],
            "affected_lecturer_ids": [],
        }
        self.outcomes.deliver(TIMETABLE_ISSUED, told)

    def at(self, instant: str) -> None:
        self.clock.set(datetime.fromisoformat(instant))


def nominations(request: dict[str, Any]) -> dict[str, Any]:
    return {"items": [_nominated(each, request["term_id"]) for each in PEOPLE], "next_cursor": None}


def trainees(request: dict[str, Any]) -> dict[str, Any]:
    items = [
        _admitted(each, request["term_id"]) for each in PEOPLE if request.get("unit_id") in (None, PEOPLE[each][0])
    ]
    return {"items": items, "next_cursor": None}


def _nominated(nomination_id: str, term_id: str) -> dict[str, Any]:
    unit_id, _, name, _ = PEOPLE[nomination_id]
    known = {"nomination_id": nomination_id, "term_id": term_id, "unit_id": unit_id, "name": name}
    return whole(LIST_NOMINATIONS, known | {"state": "admitted", "outcome": "eligible"})


def _admitted(nomination_id: str, term_id: str) -> dict[str, Any]:
    unit_id, title, name, workplace = PEOPLE[nomination_id]
    known = {"nomination_id": nomination_id, "term_id": term_id, "unit_id": unit_id, "name": name}
    return whole(LIST_TRAINEES, known | {"unit_title": title, "workplace": workplace})


def whole(operation: Operation, known: dict[str, Any]) -> dict[str, Any]:
    """Return a row of the operation's list: what the test knows, and something for whatever else is required."""
    blank = {fields.Boolean: False, fields.Integer: 1, fields.AwareDateTime: "2020-05-01T00:00:00Z", fields.List: []}
    row = operation.reply_schema.fields["items"].inner.schema
    return {
        name: None if field.allow_none else blank.get(type(field), "")
        for name, field in row.fields.items()
        if field.required
    } | known


ANSWERS: dict[Operation, Answer] = {LIST_NOMINATIONS: nominations, LIST_TRAINEES: trainees}


@pytest.fixture
def clock() -> StillClock:
    return StillClock(datetime(2020, 5, 11, 1, 0, tzinfo=UTC))


@pytest.fixture
def city(make_store: MakeStore, clock: StillClock) -> City:
    made = City(ServiceHarness(OutcomesService, make_store(SCHEMA, clock=clock), answers=ANSWERS), clock)
    made.place()
    return made


@pytest.fixture
def admitted(city: City) -> City:
    city.admit(DONGHU, "nomination_1", "nomination_2")
    city.admit(NANSHAN, "nomination_3")
    return city
