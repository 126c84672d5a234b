"""What the services say to those who run the plan: matters that wait, a term, its timetable and draft."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shared.errors import NotFound
from tests.unit.gateway.fakes import FakeRpc
from tests.unit.gateway.person import session

_DONGHU, _TERM = "jiangcheng.donghu", "term_1_1"
_HERE = {"unit_id": _DONGHU, "term_id": _TERM, "nomination_id": "nom_1"}
TERM = {
    "term_id": _TERM,
    "plan_id": "plan_2020",
    "programme_title": "加强党的政治建设专题培训班",
    "programme_ordinal": 1,
    "ordinal": 1,
    "starts_on": "2020-05-11",
    "ends_on": "2020-05-15",
    "days": 5,
    "capacity": 48,
    "standing": "notified",
    "campus_title": "市委党校",
    "room_title": "二号楼201",
    "state": "placed",
}


def _page(*items: dict[str, Any]) -> dict[str, Any]:
    return {"items": list(items), "next_cursor": None}


def listed(*rows: dict[str, Any], page: int = 100) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Answer as a list of a service does: of the state that is asked for, page by page."""

    def answer(asked: dict[str, Any]) -> dict[str, Any]:
        wanted = [row for row in rows if asked.get("state") in (None, row["state"])]
        start = int(asked.get("cursor", "0"))
        following = str(start + page) if len(wanted) > start + page else None
        return {"items": wanted[start : start + page], "next_cursor": following}

    return answer


def _words(zh: str) -> dict[str, str]:
    return {"zh": zh, "en": zh}


def answer_for_an_office(rpc: FakeRpc) -> None:
    """Everything the pages of work ask for."""
    _answer_names(rpc)
    _answer_matters(rpc)
    _answer_term(rpc)
    _answer_timetable(rpc)
    _answer_year_versions(rpc)


def _answer_names(rpc: FakeRpc) -> None:
    rpc.answer("list_units", _page({"unit_id": _DONGHU, "title": "东湖区委"}))
    rpc.answer("list_terms", _page(TERM))
    rpc.answer("letters_summary", {"transfer": {"issued": 9}, "admission": {"issued": 47}})
    rpc.answer("list_lecturers", _page({"lecturer_id": "wen", "name": "文教授"}))


def _answer_matters(rpc: FakeRpc) -> None:
    for name in (
        "list_phone_tasks",
        "list_replacements",
        "list_schemes",
        "list_withdrawal_cases",
        "list_objections",
        "list_returns",
        "list_proposals",
        "list_invitations",
        "list_handovers",
        "list_topics",
        "list_surveys",
        "list_follow_ups",
    ):
        rpc.answer(name, _page())
    letter = {
        **_HERE,
        "kind": "transfer",
        "number": "江组函〔2020〕4号",
        "sign_off": False,
        "superseded_by": None,
        "state": "issued",
        "acknowledgement": {"state": "overdue", "due_on": "2020-04-30"},
    }
    rpc.answers["list_letters"] = lambda asked: _page(letter) if asked.get("state") != "printed" else _page()
    rpc.answer("list_nominations", _page({**_HERE, "name": "李四", "post": "科长"}))
    leave = {
        **_HERE,
        "first_on": "2020-05-12",
        "first_half": "morning",
        "last_on": "2020-05-12",
        "last_half": "morning",
        "half_days": 1,
        "hours": 4,
        "state": "requested",
        "awaits": "organisation_department",
    }
    rpc.answer("list_leaves", _page(leave, {**leave, "awaits": "head_teacher"}))
    briefing = {**_HERE, "briefed": 2, "trainees": 6, "due_on": "2020-05-10", "late": False}
    rpc.answer("list_briefings", _page(briefing))
    cluster = {
        **_HERE,
        "cluster_id": "c1",
        "wording": "怎样减少重复报表？",
        "questions": 3,
        "session_title": None,
        "state": "unmatched",
    }
    rpc.answer("list_question_clusters", _page(cluster))


def _answer_term(rpc: FakeRpc) -> None:
    rpc.answer("get_term", TERM)
    person = {"unit_title": "东湖区委", "name": "王五", "post": "科长", "rank": "四级调研员"}
    rpc.answer("list_trainees", _page({**_HERE, **person}))
    attended = {
        "state": "reported",
        "total_hours": 40,
        "attended_hours": 36,
        "leave_hours": 4,
        "absent_hours": 0,
        "allowance": 5,
    }
    rpc.answer("list_attendance", _page({**_HERE, **attended}))
    report = {
        "state": "graded",
        "grade": "excellent",
        "submitted_at": "2020-05-30T02:00:00Z",
        "title": "研究",
        "late": False,
    }
    rpc.answers["list_reports"] = lambda asked: (
        _page({**_HERE, **report, "due_on": None}) if "state" not in asked else _page()
    )
    rpc.answer("list_completions", _page({**_HERE, "outcome": "completed"}))
    rpc.answer("list_quotas", {"items": []})
    counted = {
        "unit_id": _DONGHU,
        "unit_title": "东湖区委",
        "due_on": "2020-04-30",
        "awaited": 1,
        "overdue": 2,
        "received": 3,
    }
    rpc.answer("list_acknowledgements", {"term_id": _TERM, "items": [counted]})
    rpc.answer("get_question_coverage", {"filed": 3, "clusters": 1, "answered": 1, "used": 0})
    lines = [
        {"item": "fees", "title": _words("培训费清单"), "needed": True, "state": "present", "files": 1},
        {"item": "reports", "title": _words("研究报告"), "needed": True, "state": "missing", "files": 0},
        {"item": "scheme", "title": _words("培训方案"), "needed": False, "state": "unknown", "files": 0},
    ]
    blockers = [{"code": "timetable", "words": _words("日程表尚未下达"), "count": 1}]
    rpc.answer("get_closing_checklist", {"ready": False, "blockers": blockers, "lines": lines})
    rpc.answer("get_closing", {"state": "open"})


def _answer_timetable(rpc: FakeRpc) -> None:
    sessions = [
        session(1, "2020-05-11"),
        session(2, "2020-05-11", "党史专题", "afternoon"),
        session(3, "2020-05-13", "现场教学"),
    ]
    rpc.answer("get_timetable", {**TERM, "number": 2, "stale": False, "total_hours": 12, "sessions": sessions})
    breach = {"code": "room", "session_ids": ["s1"], "words": _words("5月11日上午，二号楼201教室同时有两场课")}
    difference = {
        "session_id": "s2",
        "kind": "moved",
        "words": _words("“党史专题”改到5月11日下午"),
        "before": None,
        "after": None,
    }
    draft = {
        "term_id": _TERM,
        "based_on": 2,
        "total_hours": 12,
        "scheme_hours": 14,
        "sessions": sessions,
        "breaches": [breach],
        "remarks": [],
        "differences": [difference],
        "left_out": [],
        "version": 3,
    }
    rpc.answer("get_timetable_draft", draft)


def _answer_year_versions(rpc: FakeRpc) -> None:
    rpc.answers.setdefault("get_plan", lambda _: {"plan_id": "plan_2020", "title": "2020年度培训计划", "year": 2020})
    made = {"changed_by": "acct_department", "placed": 1}
    versions = (
        {**made, "number": 1, "changed": 1, "changed_at": "2020-03-20T01:30:00Z", "reason": None},
        {**made, "number": 2, "changed": 1, "changed_at": "2020-04-02T16:30:00Z", "reason": "防疫停办一周"},
    )
    rpc.answer("list_year_versions", _page(*versions))
    rpc.answers["compare_year"] = lambda asked: _comparison(asked["from_number"], asked["to_number"])


def _comparison(first: int, second: int) -> dict[str, Any]:
    known = {1, 2}
    if not {first, second} <= known:
        raise NotFound("没有这一版", "no such version")
    lay = {
        "starts_on": "2020-05-11",
        "ends_on": "2020-05-15",
        "reports_on": "2020-05-10",
        "room_id": "r201",
        "room_title": "二号楼201",
        "campus_id": "main",
        "campus_title": "市委党校",
        "delivery": "in_person",
    }
    online = {**lay, "room_id": "online.term_1_1", "room_title": "线上", "campus_title": "线上", "delivery": "online"}
    moved = {
        "term_id": _TERM,
        "before": lay,
        "after": online,
        "told": 49,
        "unit_ids": [_DONGHU],
        "lecturer_ids": ["wen"],
        "words": _words("第1班第1期改为线上"),
    }
    differences = [moved] if first != second else []
    return {
        "plan_id": "plan_2020",
        "from_number": first,
        "to_number": second,
        "placed_before": 1,
        "placed_after": 1,
        "told": 49 * len(differences),
        "words": _words(f"改动{len(differences)}期，需通知{49 * len(differences)}人"),
        "differences": differences,
        "affected_unit_ids": [_DONGHU] * len(differences),
        "affected_lecturer_ids": ["wen"] * len(differences),
    }
