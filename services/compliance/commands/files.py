"""What compliance itself gives to the archive: sign-in and attendance sheets, leave papers, completion, registers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from services.compliance.domain.archive import File
from services.compliance.domain.attendance import STATUS_WORDS, Status
from services.compliance.domain.leave import STATE_WORDS, STEP_WORDS, LeaveState
from services.compliance.domain.timetable import HALF_WORDS, Session
from services.compliance.domain.withdrawal import CAUSES
from services.compliance.queries.rolls import rolls_now
from services.compliance.queries.timetable import timetable_now
from services.compliance.store.attendance import BOOKS, marks_of
from services.compliance.store.completion import COMPLETIONS
from services.compliance.store.incident import INCIDENTS
from services.compliance.store.leave import LEAVES
from services.compliance.store.return_to_post import RETURNS
from services.compliance.store.trainee import TRAINEES
from services.compliance.store.withdrawal import CASES
from services.enrollment.contract import LIST_TRAINEES
from shared.clock import CITY_ZONE
from shared.runtime import Work
from shared.spreadsheets.csv_files import CSV, csv_table
from shared.storage import View

Row = dict[str, Any]
_WHO = ("编号", "姓名", "单位")
_OUTCOMES = {"completed": "准予结业", "not_completed": "不予结业", "pending": "待定"}
_STATES = {"expected": "未报到", "reported": "已报到", "not_reported": "逾期未报到", "withdrawn": "已退出"}
_AT_POST = {"expected": "未确认", "back": "已返岗", "not_back": "未返岗"}


def own_files(work: Work, term_id: str) -> list[File]:
    """Return the files; names are asked of enrollment now, and who left the term is named by identifier."""
    view, names = work.view(), _names(work, term_id)
    trainees = view.rows(TRAINEES).find({"term_id": term_id}, sort=(("unit_id", 1), ("_id", 1)))
    made = (
        ("签到与考勤表.csv", "attendance", _attendance(view, term_id, trainees, names)),
        ("报到登记表.csv", "attendance", _check_ins(trainees, names)),
        ("请假登记表.csv", "leave", _leaves(view, term_id, names)),
        ("结业评定表.csv", "completion", _completions(view, term_id, names)),
        ("退学与处理登记表.csv", None, _conduct(view, term_id, names)),
        ("返岗确认表.csv", None, _returns(view, term_id, names)),
    )
    return [File("compliance", name, CSV, content, item) for name, item, content in made]


def _names(work: Work, term_id: str) -> dict[str, Row]:
    found: dict[str, Row] = {}
    cursor: str | None = None
    while True:
        request: Row = {"term_id": term_id, "limit": 200} | ({"cursor": cursor} if cursor else {})
        page = work.ask(LIST_TRAINEES, request)
        found |= {each["nomination_id"]: each for each in page["items"]}
        cursor = page.get("next_cursor")
        if not cursor:
            return found


def _who(names: dict[str, Row], nomination_id: str, unit_id: str) -> list[str]:
    person = names.get(nomination_id)
    return [nomination_id, person["name"], person["unit_title"]] if person else [nomination_id, "", unit_id]


def _attendance(view: View, term_id: str, trainees: list[Row], names: dict[str, Row]) -> bytes:
    timetable = timetable_now(view, term_id)
    rolls = {session_id: marks_of(row) for session_id, row in rolls_now(view, timetable).items()}
    sums = {row["nomination_id"]: row for row in view.rows(BOOKS).get(term_id)["people"]}
    sessions = timetable.ordered
    heading = [*_WHO, *(_title(session) for session in sessions), "出勤学时", "请假学时", "旷课学时", "总学时"]
    rows = []
    for trainee in trainees:
        marks = (rolls.get(session.session_id, {}).get(trainee["_id"]) for session in sessions)
        words = [_mark(mark.status, mark.left_early) if mark else "" for mark in marks]
        row = sums.get(trainee["_id"], {})
        hours = [row.get(name, 0) for name in ("attended_hours", "leave_hours", "absent_hours")]
        rows.append([*_who(names, trainee["_id"], trainee["unit_id"]), *words, *hours, timetable.total_hours])
    return csv_table(heading, rows)


def _title(session: Session) -> str:
    return f"{session.on.isoformat()} {HALF_WORDS[session.half].zh} {session.title}（{session.hours}学时）"


def _mark(status: Status, left_early: bool) -> str:
    words = STATUS_WORDS[status].zh
    return f"{words}、早退" if left_early and status is Status.LATE else words


def _check_ins(trainees: list[Row], names: dict[str, Row]) -> bytes:
    rows = (
        [
            *_who(names, row["_id"], row["unit_id"]),
            _STATES[row["state"]],
            _local(row["checked_in_at"]),
            row["checked_in_late"],
        ]
        for row in trainees
    )
    return csv_table([*_WHO, "状态", "报到时间", "迟到"], rows)


def _leaves(view: View, term_id: str, names: dict[str, Row]) -> bytes:
    heading = [*_WHO, "起", "止", "学时", "状态", "提前结束", "审批"]
    rows = []
    for row in view.rows(LEAVES).find({"term_id": term_id}, sort=(("_id", 1),)):
        first = f"{row['first_on']}{HALF_WORDS[row['first_half']].zh}"
        last = f"{row['last_on']}{HALF_WORDS[row['last_half']].zh}"
        state = STATE_WORDS[LeaveState(row["state"])].zh
        who = _who(names, row["nomination_id"], row["unit_id"])
        rows.append([*who, first, last, row["hours"], state, _local(row["ended_before"]), _decisions(row["decisions"])])
    return csv_table(heading, rows)


def _decisions(decisions: Sequence[Row]) -> str:
    return "；".join(
        f"{STEP_WORDS[each['step']].zh}{each['approver']}（{each['title']}）{'同意' if each['granted'] else '不同意'}"
        f"{_local(each['at'])}"
        for each in decisions
    )


def _completions(view: View, term_id: str, names: dict[str, Row]) -> bytes:
    heading = [
        *_WHO,
        "结论",
        "出勤学时",
        "总学时",
        "天数",
        "报告成绩",
        "评定理由",
        "确认人",
        "确认时间",
    ]
    rows = []
    for row in view.rows(COMPLETIONS).find({"term_id": term_id}, sort=(("unit_id", 1), ("_id", 1))):
        reasons = "；".join(each["reason"]["zh"] for each in row["verdicts"])
        figures = [row[name] for name in ("hours_attended", "total_hours", "days", "report_grade")]
        who = _who(names, row["_id"], row["unit_id"])
        rows.append([*who, _OUTCOMES[row["outcome"]], *figures, reasons, row["approver"], _local(row["confirmed_at"])])
    return csv_table(heading, rows)


def _conduct(view: View, term_id: str, names: dict[str, Row]) -> bytes:
    rows = []
    for row in view.rows(INCIDENTS).find({"term_id": term_id}, sort=(("_id", 1),)):
        for each in row["sanctions"]:
            revoked = "（已撤销）" if each["revoked"] else ""
            who = _who(names, row["nomination_id"], row["unit_id"])
            rows.append([*who, row["kind"], f"{each['step']}{revoked}", each["approver"], _local(each["at"])])
    for row in view.rows(CASES).find({"term_id": term_id}, sort=(("_id", 1),)):
        cause = CAUSES[row["cause"]].zh if row["cause"] in CAUSES else row["cause"]
        who = _who(names, row["nomination_id"], row["unit_id"])
        rows.append([*who, cause, row["state"], row["approver"], _local(row["decided_at"])])
    return csv_table([*_WHO, "情形", "处理", "批准人", "时间"], rows)


def _returns(view: View, term_id: str, names: dict[str, Row]) -> bytes:
    heading = [*_WHO, "应返岗日", "返岗日", "状态", "确认人", "备注"]
    rows = []
    for row in view.rows(RETURNS).find({"term_id": term_id}, sort=(("unit_id", 1),)):
        for each in row["people"]:
            who = _who(names, each["nomination_id"], row["unit_id"])
            said = [row["due_on"], each["returned_on"], _AT_POST[each["state"]], row["confirmed_by"], each["note"]]
            rows.append([*who, *said])
    return csv_table(heading, rows)


def _local(at: datetime | None) -> str:
    return f"{at.astimezone(CITY_ZONE):%Y-%m-%d %H:%M}" if at is not None else ""
