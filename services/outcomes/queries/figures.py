"""The year's figures of outcomes, each with the rows behind it, and the limits they were reckoned by."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from services.outcomes.domain.proposal import FOLLOWED, State
from services.outcomes.limits import policy_table
from services.outcomes.queries.clusters import coverage
from services.outcomes.queries.evaluations import get_session_evaluations
from services.outcomes.queries.terms import report_due_on, term_label
from services.outcomes.store.clusters import HANDOVERS
from services.outcomes.store.proposals import PROPOSALS, proposal_from
from services.outcomes.store.reports import REPORTS, report_from
from services.outcomes.store.terms import ROSTERS, TERMS
from shared.storage import View

Row = dict[str, Any]
_COLUMNS = {
    "term": ("班次", "term"), "filed": ("报送", "filed"), "withheld": ("未予保存", "withheld"),
    "unmatched": ("未对应课次", "without a session"), "waiting": ("待转交", "waiting"),
    "handed_over": ("已转交待答", "with the lecturer"), "answered": ("已解答", "answered"), "used": ("已采用", "used"),
    "not_covered": ("未涉及", "not covered"), "lecturer_id": ("教师", "lecturer"),
    "handovers": ("转交次数", "hand-overs"),
    "receipted": ("已回执", "receipted"), "overdue": ("逾期", "overdue"), "expected": ("应交", "expected"),
    "submitted": ("已交", "submitted"), "on_time": ("按时", "on time"), "late": ("逾期提交", "late"),
    "missing": ("未交", "missing"), "due_on": ("截止日期", "due on"), "excellent": ("优秀", "excellent"),
    "good": ("良好", "good"), "qualified": ("合格", "qualified"), "failed": ("不合格", "failed"),
    "annulled": ("取消成绩", "annulled"), "ungraded": ("未评定", "not graded"), "unit_id": ("单位", "unit"),
    "received": ("收到", "received"), "adopted": ("采纳", "adopted"), "partly_adopted": ("部分采纳", "partly adopted"),
    "declined": ("未采纳", "declined"), "unanswered": ("待答复", "unanswered"), "month": ("跟踪月数", "month"),
    "due": ("到期", "due"), "recorded": ("已填报", "recorded"), "completed": ("已完成", "completed"),
    "session": ("课次", "session"), "answers": ("评教人数", "answers"), "mean": ("平均分（5分制）", "mean of 5"),
}  # fmt: skip
_GRADES = ("excellent", "good", "qualified", "failed", "annulled")


def get_outcomes_figures(view: View, request: Row) -> Row:
    """Return the figures of one plan's terms, cancelled ones left out."""
    found = view.rows(TERMS).find({"plan_id": request["plan_id"], "cancelled": False}, sort=(("starts_on", 1),))
    terms = {row["_id"]: row for row in found}
    within = {"term_id": {"$in": sorted(terms)}}
    reports = view.rows(REPORTS).find(within)
    proposals = view.rows(PROPOSALS).find(within)
    return {
        "figures": [
            _coverage(view, terms),
            _receipts(view, within),
            _punctuality(view, terms, within, reports),
            _grades(terms, reports),
            _adoption(proposals),
            _follow_ups(view, proposals),
            _evaluations(view, terms),
        ]
    }


def list_outcomes_limits(view: View, request: Row) -> Row:
    """List every limit over time, with its source."""
    return {"items": list(policy_table().rows())}


def _coverage(view: View, terms: dict[str, Row]) -> Row:
    keys = ("filed", "withheld", "unmatched", "waiting", "handed_over", "answered", "used", "not_covered")
    rows = []
    for term_id, term in terms.items():
        counted = coverage(view, term_id)
        if counted["filed"]:
            rows.append({"term": term_label(term), **{key: counted[key] for key in keys}})
    value = _percent(_sum(rows, "answered", "used"), _sum(rows, "filed") - _sum(rows, "withheld"))
    return _figure(
        "question_coverage", ("问题解答覆盖率", "Questions answered or used"), "percent", value, ("term", *keys), rows
    )


def _receipts(view: View, within: Row) -> Row:
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for row in view.rows(HANDOVERS).find(within):
        count = counted[row["lecturer_id"]]
        count["handovers"] += 1
        count["receipted"] += row["receipted_at"] is not None
        count["overdue"] += row["state"] == "open" and row["due_on"] < view.today.isoformat()
    keys = ("handovers", "receipted", "overdue")
    rows = [{"lecturer_id": each, **{key: count[key] for key in keys}} for each, count in sorted(counted.items())]
    value = float(_sum(rows, "handovers"))
    return _figure(
        "question_handovers", ("向教师转交", "Hand-overs to lecturers"), "items", value, ("lecturer_id", *keys), rows
    )


def _punctuality(view: View, terms: dict[str, Row], within: Row, reports: Iterable[Row]) -> Row:
    expected: Counter[str] = Counter()
    for row in view.rows(ROSTERS).find(within):
        expected[row["term_id"]] += len(row["nomination_ids"])
    sent: dict[str, Counter[str]] = defaultdict(Counter)
    for row in reports:
        submission = report_from(row).handed_in
        if submission is not None and row["state"] != "withdrawn":
            sent[row["term_id"]]["late" if submission.late else "on_time"] += 1
    rows = [
        {
            "term": term_label(term),
            "due_on": report_due_on(term).isoformat(),
            "expected": expected[term_id],
            "submitted": sum(sent[term_id].values()),
            "on_time": sent[term_id]["on_time"],
            "late": sent[term_id]["late"],
            "missing": max(0, expected[term_id] - sum(sent[term_id].values())),
        }
        for term_id, term in terms.items()
        if (expected[term_id] and report_due_on(term) < view.today) or sent[term_id]
    ]
    keys = ("term", "due_on", "expected", "submitted", "on_time", "late", "missing")
    value = _percent(_sum(rows, "on_time"), _sum(rows, "expected"))
    return _figure(
        "report_punctuality", ("研究报告按时提交率", "Reports submitted on time"), "percent", value, keys, rows
    )


def _grades(terms: dict[str, Row], reports: Iterable[Row]) -> Row:
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for row in reports:
        report = report_from(row)
        if report.handed_in is not None:
            grade = report.grade.grade if report.grade else ""
            counted[row["term_id"]][grade if grade in _GRADES else "ungraded"] += 1
    keys = (*_GRADES, "ungraded")
    rows = [
        {"term": term_label(term), **{key: counted[term_id][key] for key in keys}}
        for term_id, term in terms.items()
        if counted[term_id]
    ]
    value = float(_sum(rows, *_GRADES))
    return _figure("report_grades", ("已评定研究报告", "Reports graded"), "items", value, ("term", *keys), rows)


def _adoption(proposals: Iterable[Row]) -> Row:
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for row in proposals:
        proposal = proposal_from(row)
        for answer in proposal.answers:
            counted[answer.unit_id][answer.decision.value] += 1
        if proposal.state is State.FORWARDED and proposal.forwarding is not None:
            counted[proposal.forwarding.unit_id]["unanswered"] += 1
    keys = ("adopted", "partly_adopted", "declined", "unanswered")
    rows = [
        {"unit_id": unit_id, "received": sum(count.values()), **{key: count[key] for key in keys}}
        for unit_id, count in sorted(counted.items())
    ]
    value = _percent(_sum(rows, "adopted", "partly_adopted"), _sum(rows, "adopted", "partly_adopted", "declined"))
    title = ("政策建议采纳率", "Proposals adopted, whole or in part")
    return _figure("proposal_adoption", title, "percent", value, ("unit_id", "received", *keys), rows)


def _follow_ups(view: View, proposals: Iterable[Row]) -> Row:
    counted: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    for row in proposals:
        proposal = proposal_from(row)
        if proposal.state not in FOLLOWED or proposal.forwarding is None:
            continue
        for each in proposal.follow_ups:
            if each.recorded_on is None and each.due_on > view.today:
                continue
            count = counted[proposal.forwarding.unit_id, each.month]
            count["due"] += 1
            count["recorded"] += each.recorded_on is not None
            count["late"] += each.late
            count["overdue"] += each.overdue(view.today)
            count["completed"] += each.progress == "completed"
    keys = ("due", "recorded", "late", "overdue", "completed")
    rows = [
        {"unit_id": unit_id, "month": month, **{key: count[key] for key in keys}}
        for (unit_id, month), count in sorted(counted.items())
    ]
    value = _percent(_sum(rows, "recorded"), _sum(rows, "due"))
    title = ("采纳建议跟踪填报率", "Follow-ups recorded")
    return _figure("proposal_follow_ups", title, "percent", value, ("unit_id", "month", *keys), rows)


def _evaluations(view: View, terms: dict[str, Row]) -> Row:
    rows = []
    for term_id, term in terms.items():
        for session in get_session_evaluations(view, {"term_id": term_id})["sessions"]:
            means = [float(each["mean"]) for each in session["criteria"] if each["mean"] is not None]
            rows.append(
                {
                    "term": term_label(term),
                    "session": session["session_title"],
                    "lecturer_id": session["lecturer_id"],
                    "answers": session["answers"],
                    "mean": round(sum(means) / len(means), 2) if means else None,
                }
            )
    known = [row["mean"] for row in rows if row["mean"] is not None]
    value = round(20 * sum(known) / len(known), 1) if known else None
    keys = ("term", "session", "lecturer_id", "answers", "mean")
    title = ("评教满意度（满分100）", "Satisfaction with sessions, of 100")
    return _figure("session_evaluation", title, "percent", value, keys, rows)


def _figure(
    key: str, title: tuple[str, str], unit: str, value: float | None, keys: Sequence[str], rows: list[Row]
) -> Row:
    columns = [{"key": each, "title": _words(_COLUMNS[each])} for each in keys]
    return {"key": key, "title": _words(title), "unit": unit, "value": value, "columns": columns, "rows": rows}


def _words(pair: tuple[str, str]) -> Row:
    return {"zh": pair[0], "en": pair[1]}


def _sum(rows: Iterable[Row], *keys: str) -> int:
    return sum(row[key] for row in rows for key in keys)


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None
