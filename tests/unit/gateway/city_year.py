"""A year as the services would tell it: ten programmes, their terms, and a fake RPC that answers from them."""

from __future__ import annotations

from datetime import date
from typing import Any

from marshmallow import fields

from shared.calendar import WorkingCalendar, days_between
from shared.contracts import Event, EventData, Operation, Page, Reply, Request, ServiceContract
from shared.security.caller import Role
from shared.wording import Words
from tests.unit.gateway.fakes import FakeRpc

_TITLES = (
    "加强党的政治建设专题培训班",
    "推进国家治理体系和治理能力现代化专题培训班",
    "防范化解经济金融风险专题培训班",
    "创新驱动发展战略专题培训班",
    "巩固脱贫成果与推进乡村振兴专题培训班",
    "推动中部地区崛起专题研讨班",
    "推进生态文明建设与可持续发展专题培训班",
    "军民融合发展战略专题培训班",
    "实施健康中国战略专题培训班",
    "推进“一带一路”建设专题研讨班",
)
# programme, term, first day, last day, people admitted
_TERMS = (
    (1, 1, "05-11", "05-15", 48), (1, 2, "06-08", "06-12", 48), (1, 3, "07-13", "07-17", 41),
    (2, 1, "05-18", "05-22", 48), (2, 2, "07-20", "07-24", 44), (2, 3, "09-21", "09-25", 20),
    (3, 1, "05-18", "05-22", 47), (3, 2, "09-14", "09-18", 31),
    (4, 1, "06-01", "06-04", 48), (4, 2, "08-17", "08-20", 39), (4, 3, "10-26", "10-29", 12),
    (5, 1, "05-25", "05-29", 46), (5, 2, "06-15", "06-19", 48), (5, 3, "09-07", "09-11", 25),
    (6, 1, "05-18", "05-22", 48), (6, 2, "10-19", "10-23", 0),
    (7, 1, "06-09", "06-12", 45), (7, 2, "11-10", "11-13", 0),
    (8, 1, "09-01", "09-03", 40), (8, 2, "11-24", "11-26", 8),
    (9, 1, "07-06", "07-10", 48), (9, 2, "11-16", "11-20", 5),
    (10, 1, "09-08", "09-11", 33),
)  # fmt: skip
# What some of the programmes want besides dates.
_WISHES: dict[int, dict[str, Any]] = {
    2: {"months": [5, 9], "spacing_days": 21, "bed_kind": "single"},
    6: {
        "lecturers": [{"lecturer_id": "wen", "days": [1, 2]}, {"lecturer_id": "liang", "days": []}],
        "shares": [{"unit_id": "jiangcheng.donghu", "people": 12}, {"unit_id": "jiangcheng.yunling", "people": 9}],
        "min_gap_days": 14,
    },
}
_ROOMS = ("一号楼报告厅", "二号楼201教室", "二号楼202教室", "三号楼301研讨室")
_READERS = frozenset({Role.ORGANISATION_DEPARTMENT, Role.PARTY_SCHOOL, Role.UNIT})
PLAN_ID = "plan_2020"
_CALENDAR = WorkingCalendar()


class Anything(Request):
    """Whatever is asked."""

    plan_id = fields.String()


class Span(Request):
    """From when to when."""

    from_day = fields.String()
    to_day = fields.String()


class Items(Reply):
    """Whatever is answered."""

    items = fields.List(fields.Dict())


class Admitted(EventData):
    """Somebody was admitted."""

    term_id = fields.String()
    unit_id = fields.String()


def _query(name: str, request: type[Request] = Page) -> Operation:
    return Operation(name, Words(name, name), "query", "GET", f"/{name}", request, Items, _READERS)


SCHEDULING = ServiceContract(
    "scheduling",
    Words("排期", "Scheduling"),
    (
        _query("list_plans"),
        _query("get_plan", Anything),
        _query("list_terms"),
        _query("list_blackouts", Request),
        _query("list_calendar_days", Span),
        _query("list_lecturers"),
    ),
    (),
)
ENROLLMENT = ServiceContract(
    "enrollment",
    Words("报名", "Enrollment"),
    (_query("term_fill", Anything), _query("list_units")),
    (Event("enrollment.trainee.admitted.v1", Words("学员已录取", "A trainee was admitted"), Admitted),),
)


def city_rpc() -> FakeRpc:
    """Return an RPC that answers for the year 2020."""
    rpc = FakeRpc()
    plan = {"plan_id": PLAN_ID, "year": 2020, "title": "江城市2020年公务员培训计划", "state": "published", "version": 3}
    programmes = [
        {
            "ordinal": number,
            "title": title,
            "kind": "seminar" if "研讨" in title else "training",
            "terms": 2,
            "trainees": 96,
            **_WISHES.get(number, {}),
        }
        for number, title in enumerate(_TITLES, start=1)
    ]
    rpc.answer("list_plans", {"items": [plan], "next_cursor": None})
    orders = [{"before": {"programme": 1, "term": None}, "after": {"programme": 6, "term": 2}, "delay_days": 9}]
    rpc.answer("get_plan", {**plan, "programmes": programmes, "orders": orders})
    rpc.answer("list_lecturers", {"items": [{"lecturer_id": "wen", "name": "温教授"}], "next_cursor": None})
    rpc.answer("list_terms", {"items": [_term(*row) for row in _TERMS], "next_cursor": None})
    rpc.answer("term_fill", {"items": [_fill(*row) for row in _TERMS]})
    rpc.answer("list_units", {"items": [{"unit_id": "jiangcheng.donghu", "title": "东湖区委"}], "next_cursor": None})
    rpc.answer(
        "list_blackouts",
        {
            "items": [
                {"starts_on": "2020-01-24", "ends_on": "2020-04-30", "title": "新冠肺炎疫情防控，暂停线下集中培训"},
                {"starts_on": "2020-06-22", "ends_on": "2020-07-03", "title": "局部疫情防控"},
            ]
        },
    )
    rpc.answers["list_calendar_days"] = lambda asked: {
        "items": [_day(day) for day in days_between(*map(date.fromisoformat, (asked["from_day"], asked["to_day"])))]
    }
    return rpc


def _day(day: date) -> dict[str, Any]:
    name = _CALENDAR.holiday(day)
    return {"day": day.isoformat(), "kind": _CALENDAR.kind(day), "name": None if name is None else name.to_wire()}


def _term(programme: int, ordinal: int, starts: str, ends: str, _: int) -> dict[str, Any]:
    struck = {"zh": "第6班第1期5月18日落入停办时段", "en": "struck"} if (programme, ordinal) == (6, 1) else None
    return {
        "due": struck is not None,
        "due_reason": struck,
        "term_id": f"term_{programme}_{ordinal}",
        "plan_id": PLAN_ID,
        "programme_ordinal": programme,
        "ordinal": ordinal,
        "starts_on": f"2020-{starts}",
        "ends_on": f"2020-{ends}",
        "capacity": 48,
        "room_title": _ROOMS[programme % 4],
    }


def _fill(programme: int, ordinal: int, starts: str, ends: str, admitted: int) -> dict[str, Any]:
    term = _term(programme, ordinal, starts, ends, admitted)
    return {**term, "cancelled": False, "nominated": min(56, admitted + 6) if admitted else 0, "admitted": admitted}


def admitted_event(number: int, term_id: str = "term_1_1") -> dict[str, Any]:
    return {
        "specversion": "1.0",
        "id": f"evt_{number}",
        "source": "/diaoxun/enrollment",
        "type": "enrollment.trainee.admitted.v1",
        "time": "2020-04-20T01:30:00Z",
        "data": {"term_id": term_id, "unit_id": "jiangcheng.donghu", "nomination_id": f"nom_{number}"},
    }
