"""What outcomes gives for the archive of a term: questions with answers, reports with grades, proposals."""

from __future__ import annotations

import base64
from typing import Any

from services.outcomes.domain.report import State
from services.outcomes.limits import policy_table
from services.outcomes.queries.clusters import sessions_of
from services.outcomes.queries.names import trainees_of
from services.outcomes.queries.terms import term_label
from services.outcomes.reportfiles.findings import MEDIA_TYPES
from services.outcomes.store.clusters import CLUSTERS
from services.outcomes.store.proposals import PROPOSALS, proposal_from
from services.outcomes.store.question_sets import QUESTION_SETS
from services.outcomes.store.reports import REPORTS, copy_of, report_from
from services.outcomes.store.reviews import REVIEWS
from services.outcomes.store.terms import TERMS
from shared.runtime import Work
from shared.storage import View

Row = dict[str, Any]
_KINDS = {"question": "重点难点问题", "case": "典型案例"}
_QUESTION_STATES = {
    "unmatched": "未对应课次", "waiting": "待转交", "handed_over": "已转交", "answered": "已解答", "used": "已采用",
    "not_covered": "未涉及",
}  # fmt: skip
_GRADES = {
    "excellent": "优秀", "good": "良好", "qualified": "合格", "failed": "不合格", "annulled": "取消成绩",
    "not_submitted": "未提交",
}  # fmt: skip
_PROPOSAL_STATES = {
    "filed": "已提出", "forwarded": "待答复", "adopted": "采纳", "partly_adopted": "部分采纳", "declined": "未采纳",
    "withdrawn": "已撤回",
}  # fmt: skip
_PROGRESS = {"": "未填报", "not_started": "未启动", "in_progress": "推进中", "completed": "已完成", "stopped": "已终止"}


def export_outcomes_files(work: Work) -> Row:
    """Return the files of a term; none for a term that is not known here.

    Files sent by authors are given up to ``export.max_bytes`` together, each named by its report and not its author;
    for those above it the list of grades holds size and hash.
    """
    view = work.view()
    term = view.rows(TERMS).one({"_id": work.request["term_id"]})
    if term is None:
        return {"files": []}
    files: list[Row] = []
    label = term_label(term)
    people = trainees_of(work, term["_id"])
    names = {each["nomination_id"]: (each["name"], each["unit_title"]) for each in people}
    if asked := _questions(view, term["_id"], {each["unit_id"]: each["unit_title"] for each in people}):
        files.append(_table(work, "问题与答复.docx", "questions", f"{label}问题和案例办理情况", *asked))
    reports = view.rows(REPORTS).find({"term_id": term["_id"]}, sort=(("_id", 1),))
    proposals = view.rows(PROPOSALS).find({"term_id": term["_id"]}, sort=(("_id", 1),))
    if reports:
        files.append(
            _table(work, "研究报告成绩.docx", "reports", f"{label}研究报告成绩", *_grades(view, reports, names))
        )
        files += _originals(view, reports)
    if proposals:
        files.append(
            _table(work, "政策建议.docx", "proposals", f"{label}政策建议办理情况", *_proposals(proposals, names))
        )
    return {"files": files}


def _questions(view: View, term_id: str, units: dict[str, str]) -> tuple[list[str], list[list[object]]] | None:
    sets = view.rows(QUESTION_SETS).find({"term_id": term_id}, sort=(("unit_id", 1),))
    if not any(row["items"] for row in sets):
        return None
    sessions = sessions_of(view, term_id)
    of = {
        member["question_id"]: cluster
        for cluster in view.rows(CLUSTERS).find({"term_id": term_id})
        for member in cluster["members"]
    }
    rows: list[list[object]] = []
    for row in sets:
        for item in row["items"]:
            cluster = of.get(item["question_id"], {})
            session = sessions.get(cluster.get("session_id") or "", {})
            answer = cluster.get("answer") or {}
            state = "未予保存" if item["withheld"] else _QUESTION_STATES.get(cluster.get("state", ""), "待整理")
            rows.append(
                [
                    units.get(row["unit_id"], row["unit_id"]),
                    _KINDS[item["kind"]],
                    item["text"],
                    session.get("title", ""),
                    state,
                    answer.get("text", ""),
                ]
            )
    return ["单位", "类别", "内容", "对应课次", "办理情况", "答复"], rows


def _grades(view: View, reports: list[Row], names: dict[str, tuple[str, str]]) -> tuple[list[str], list[list[object]]]:
    reviews: dict[str, list[str]] = {}
    for each in view.rows(REVIEWS).find({"report_id": {"$in": [row["_id"] for row in reports]}, "state": "returned"}):
        reviews.setdefault(each["report_id"], []).append(str(each["total"]))
    rows: list[list[object]] = []
    for row in reports:
        report = report_from(row)
        sent, grade = report.handed_in, report.grade
        version = report.version(sent.number) if sent else None
        name, unit = names.get(report.nomination_id, (report.nomination_id, report.unit_id))
        rows.append(
            [
                row["_id"],
                unit,
                name,
                version.title if version else "",
                "未提交" if sent is None else "逾期" if sent.late else "按时",
                "、".join(sorted(reviews.get(row["_id"], []))),
                "" if grade is None or grade.total is None else grade.total,
                _GRADES[grade.grade] if grade else "",
                f"{version.size}字节 SHA-256 {version.sha256}" if version else "",
            ]
        )
    return ["编号", "单位", "姓名", "题目", "提交", "评审分", "总评分", "等次", "文件"], rows


def _originals(view: View, reports: list[Row]) -> list[Row]:
    left = policy_table().on(view.today).number("export.max_bytes")
    files: list[Row] = []
    for row in reports:
        report = report_from(row)
        if report.handed_in is None or report.state is State.WITHDRAWN:
            continue
        version = report.version(report.handed_in.number)
        if version.size > left:
            continue
        left -= version.size
        content = copy_of(view, row["_id"], f"{version.number}/original", "班次归档 / archive of a term")
        files.append(_file(f"研究报告/{row['_id']}.{version.kind}", "reports", content, MEDIA_TYPES[version.kind]))
    return files


def _proposals(proposals: list[Row], names: dict[str, tuple[str, str]]) -> tuple[list[str], list[list[object]]]:
    rows: list[list[object]] = []
    for row in proposals:
        proposal = proposal_from(row)
        name, unit = names.get(proposal.nomination_id, (proposal.nomination_id, proposal.unit_id))
        answers = "\n".join(f"{each.answered_on} {each.unit_id}：{each.text}" for each in proposal.answers)
        followed = "\n".join(
            f"{each.month}个月（{each.due_on}）：{_PROGRESS[each.progress or '']} {each.evidence}"
            for each in proposal.follow_ups
        )
        rows.append([unit, name, row["title"], row["body"], _PROPOSAL_STATES[row["state"]], answers, followed])
    return ["单位", "姓名", "标题", "内容", "结果", "答复", "跟踪"], rows


def _table(work: Work, name: str, item: str, title: str, heading: list[str], rows: list[list[object]]) -> Row:
    return _file(name, item, work.offload(_printed, title, heading, rows), MEDIA_TYPES["docx"])


def _printed(title: str, heading: list[str], rows: list[list[object]]) -> bytes:
    from services.outcomes.reportfiles.printed import table_document

    return table_document(title, heading, rows, f"共{len(rows)}条")


def _file(name: str, item: str, content: bytes, media_type: str) -> Row:
    return {"name": name, "media_type": media_type, "content": base64.b64encode(content).decode(), "item": item}
