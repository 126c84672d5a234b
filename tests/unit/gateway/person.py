"""What the services say to a trainee and to a lecturer who come by their personal links."""

from __future__ import annotations

from typing import Any

from tests.unit.gateway.fakes import FakeRpc

TERM = {
    "term_id": "term_1", "programme_title": "推进国家治理体系和治理能力现代化专题培训班", "ordinal": 1,
    "starts_on": "2020-06-08", "ends_on": "2020-06-12", "campus_title": "市委党校主校区", "campus_address": "东湖路1号",
}  # fmt: skip


def _words(zh: str) -> dict[str, str]:
    return {"zh": zh, "en": zh}


def _page(*items: dict[str, Any]) -> dict[str, Any]:
    return {"items": list(items), "next_cursor": None}


def session(number: int, on: str, title: str = "治理现代化", half: str = "morning") -> dict[str, Any]:
    times = ("08:30", "12:00") if half == "morning" else ("14:00", "17:30")
    return {
        "session_id": f"s{number}", "course_id": "c", "module": "专题学习", "title": title, "form": "lecture", "on": on,
        "half": half, "starts_at": times[0], "ends_at": times[1], "hours": 4, "lecturer_id": "wen",
        "lecturer_name": "文教授", "lecturer_organisation": "市委党校", "room_id": "r1", "room_title": "二号楼201",
        "joint_id": None, "host": None,
    }  # fmt: skip


def answer_for_a_trainee(rpc: FakeRpc) -> None:
    """A trainee a week before the term: letter and briefing wait, a leave is asked for, the report is a draft."""
    rpc.answer("get_my_enrollment", {
        **TERM, "nomination_id": "nom_1", "cancelled": False, "room_title": "二号楼201", "unit_id": "jiangcheng.donghu",
        "unit_title": "东湖区委", "name": "张三", "post": "科长", "rank": "一级主任科员", "workplace": "东湖区委办公室",
        "phone_masked": "138****0000", "state": "admitted", "admitted_at": "2020-05-20T02:00:00Z",
        "replacement_deadline_on": "2020-06-03", "room": "3号楼 305", "group": 2,
    })  # fmt: skip
    rpc.answer("get_my_briefing", {
        "briefing_id": "b1", "term_id": "term_1", "due_on": "2020-06-07", "acknowledged_at": None, "late": False,
        "points": [_words("讲政治、守纪律，服从教学安排"), _words("不接受宴请，不用公车接送")],
        "source": "计划", "basis": "source",
    })  # fmt: skip
    prospects = [
        {"on": "2020-06-08", "half": "morning", "hours": 4, "titles": ["治理现代化"], "passes": False},
        {"on": "2020-06-10", "half": "afternoon", "hours": 4, "titles": ["研讨"], "passes": True},
    ]
    rpc.answer("project_my_leave", {
        "nomination_id": "nom_1", "term_id": "term_1", "timetable_version": 1, "total_hours": 40, "leave_hours": 4,
        "allowance": 5, "remaining": 1, "requested_hours": 0, "passed": False, "prospects": prospects,
        "message": _words("已请假4学时，再请一个半天将超过总学时的七分之一"),
        "source": "2013年学员管理规定（公开报道） / 2013 rule", "basis": "source",
    })  # fmt: skip
    leave = {
        "leave_id": "l1", "nomination_id": "nom_1", "term_id": "term_1", "unit_id": "jiangcheng.donghu",
        "first_on": "2020-06-08", "first_half": "afternoon", "last_on": "2020-06-08", "last_half": "afternoon",
        "state": "granted", "awaits": None, "steps": ["head_teacher"], "decisions": [], "hours": 4, "half_days": 1,
        "ended_at": None, "requested_at": "2020-06-01T02:00:00Z", "filed_by": "trainee:nom_1", "version": 2,
    }  # fmt: skip
    rpc.answer("list_my_leaves", _page(leave))
    attendance = {
        "nomination_id": "nom_1", "unit_id": "jiangcheng.donghu", "state": "reported", "total_hours": 40,
        "attended_hours": 20, "leave_hours": 4, "absent_hours": 0, "absent_half_days": 0, "present": 5, "late": 1,
        "left_early": 0, "allowance": 5,
    }  # fmt: skip
    rpc.answer("get_my_standing", {
        "nomination_id": "nom_1", "term_id": "term_1", "programme_title": TERM["programme_title"], "state": "reported",
        "checked_in_at": "2020-06-07T07:12:00Z", "attendance": attendance, "incidents": [], "report_grade": None,
        "completion": None,
    })  # fmt: skip
    standing = {
        "kind": "annual", "words": _words("每年12天、90学时"), "first": "2020-01-01", "last": "2020-12-31",
        "required_hours": 90, "required_days": 12, "hours": 36, "days": 5, "met": False, "gap_hours": 54,
        "expected_hours": 40, "forecast_met": False, "forecast_gap_hours": 14,
        "citation": {"document": "d", "source": "s", "basis": "source"},
    }  # fmt: skip
    rpc.answer("get_my_hours", {
        "person_id": "p1", "unit_id": "jiangcheng.donghu", "unit_title": "东湖区委", "name": "张三", "rank": "",
        "version": 1, "bucket": "others", "standings": [standing], "entries": [], "expected": [], "positions": [],
    })  # fmt: skip
    letter = {
        "letter_id": "let_1", "kind": "admission", "number": "江组函〔2020〕12号", "issued_on": "2020-05-21",
        "title": "通知书", "state": "issued", "acknowledgement": {"state": "awaited", "due_on": "2020-06-04"},
    }  # fmt: skip
    rpc.answer("list_letters", _page(letter))
    report = {
        "report_id": "rep_1", "state": "drafting", "topic_id": None, "title": "基层治理研究", "versions": 1,
        "note": None, "due_on": "2020-06-30", "submitted_at": None, "late": None, "grade": None,
    }  # fmt: skip
    rpc.answer("list_reports", _page(report))
    rpc.answer("get_report", report)
    topic = {"topic_id": "t1", "title": "网格化治理", "description": "结合本单位实际", "places": 10, "chosen": 3}
    rpc.answer("list_topics", _page(topic))
    sessions = [session(1, "2020-06-08"), session(2, "2020-06-08", half="afternoon"), session(3, "2020-06-09")]
    rpc.answer("get_timetable", {**TERM, "number": 2, "stale": False, "total_hours": 40, "sessions": sessions})
    rpc.answer("get_term", {**TERM, "reports_on": "2020-06-07", "reports_from": "14:00", "reports_until": "18:00"})


def answer_for_a_lecturer(rpc: FakeRpc) -> None:
    """A lecturer with one open and one confirmed invitation, sessions, and questions to answer."""
    rpc.answer(
        "get_own_record", {"lecturer_id": "wen", "name": "文教授", "organisation": "市委党校", "unavailable": []}
    )
    invitation = {
        **TERM, "invitation_id": "inv_1", "course_id": "c", "course_title": "治理现代化", "hours": 8,
        "state": "invited", "due_on": "2020-06-03", "reason": None, "substitute_id": None,
    }  # fmt: skip
    confirmed = {**invitation, "invitation_id": "inv_2", "course_title": "依法行政", "state": "confirmed"}
    rpc.answer("list_own_invitations", {"items": [confirmed, invitation]})
    colleague = {"lecturer_id": "liang", "name": "梁教授", "organisation": "市委党校"}
    rpc.answer("list_substitutes", {"items": [colleague]})
    own = [{**session(1, "2020-06-08"), **TERM}, {**session(2, "2020-06-09"), **TERM}]
    rpc.answer("list_own_sessions", {"items": own, "hours": 8})
    handover = {
        "handover_id": "han_1", "term_id": "term_1", "lecturer_id": "wen", "session_ids": ["s1"], "questions": 2,
        "state": "open", "due_on": "2020-06-05", "overdue": False, "handed_over_at": "2020-06-01T02:00:00Z",
        "receipted_at": None, "closed_reason": None, "version": 1,
    }  # fmt: skip
    items = [
        {"cluster_id": "c1", "kind": "question", "wording": "基层治理怎么考核才不流于形式？", "variants": [],
         "asked": 6, "session_id": "s1", "session_title": "治理现代化", "session_on": "2020-06-08", "outcome": None,
         "answer": None},
        {"cluster_id": "c2", "kind": "case", "wording": "老旧小区加装电梯的协商", "variants": [], "asked": 1,
         "session_id": "s1", "session_title": "治理现代化", "session_on": "2020-06-08", "outcome": "used",
         "answer": "课上分析"},
    ]  # fmt: skip
    rpc.answer("list_handovers", _page(handover))
    rpc.answer("get_handover", {**handover, "items": items})
    rpc.answer("list_my_lecture_fees", {"items": [{"sessions": 2, "hours": 8, "amount": 8000.0}]})
    rpc.answer("list_reviews", _page())
