"""What somebody has to do today: which lists are asked for whom, and which of their rows wait for that person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from gateway.console.asking import MOST_PAGES, Asked, Asking
from gateway.console.codes import said
from gateway.console.names import Names
from shared.security.caller import Caller, Role

Row = dict[str, Any]
_SHOWN = 8
_ASKED = 100
_DEPARTMENT, _SCHOOL, _UNIT = Role.ORGANISATION_DEPARTMENT, Role.PARTY_SCHOOL, Role.UNIT


@dataclass(frozen=True, slots=True)
class Line:
    """One matter: what it is, whose, until when; ``term_id`` leads to its term's page."""

    what: str
    about: str
    due: str = ""
    late: bool = False
    term_id: str | None = None


@dataclass(frozen=True)
class Duty:
    """Rows of one list operation that wait for somebody of a role: those of all that is ``asked``.

    Where only some of the rows wait, ``waits`` tells which, and all pages are read: on the first one may be none.
    """

    key: str
    title: str
    role: Role
    asked: tuple[Asked, ...]
    line: Callable[[Row, Names], Line]
    waits: Callable[[Row], bool] | None = None

    @property
    def questions(self) -> dict[str, Asked]:
        """What is asked, each with a key of its own."""
        pages = MOST_PAGES if self.waits else 1
        return {f"{self.key}.{number}": replace(each, pages=pages) for number, each in enumerate(self.asked)}


@dataclass(frozen=True)
class Waiting:
    """The lines of a duty: the first ones, how many there are, and how many are late."""

    key: str
    title: str
    lines: tuple[Line, ...]
    count: int
    more: bool
    late: int


def gather(asking: Asking, caller: Caller, names: Names) -> list[Waiting]:
    """Return what waits for a caller, what is late first; duties without anything are left out."""
    duties = [each for each in DUTIES if each.role in caller.roles]
    replies = asking.together({key: asked for each in duties for key, asked in each.questions.items()})
    found = [waiting for each in duties if (waiting := _waiting(each, replies, names)) is not None]
    return sorted(found, key=lambda each: -each.late)


def _waiting(duty: Duty, replies: Mapping[str, Row | None], names: Names) -> Waiting | None:
    told = [reply for key in duty.questions if (reply := replies[key]) is not None]
    rows = [row for reply in told for row in reply["items"] if duty.waits is None or duty.waits(row)]
    if not rows:
        return None
    lines = sorted((duty.line(row, names) for row in rows), key=lambda line: (not line.late, line.due))
    late = sum(line.late for line in lines)
    more = any(reply.get("next_cursor") for reply in told)
    return Waiting(duty.key, duty.title, tuple(lines[:_SHOWN]), len(rows), more, late)


def _list(service: str, name: str, **request: Any) -> tuple[Asked, ...]:
    return (Asked(service, name, {**request, "limit": _ASKED}),)


def _calls(office: str) -> tuple[Asked, ...]:
    return tuple(
        asked
        for state in ("open", "assigned")
        for asked in _list("notification", "list_phone_tasks", office=office, state=state)
    )


def _unit_and_term(row: Row, names: Names) -> str:
    return " · ".join(part for part in (names.unit(row.get("unit_id")), names.term(row.get("term_id"))) if part)


def _phone(row: Row, names: Names) -> Line:
    about = _unit_and_term(row, names) + (f" · {row['assignee']}" if row["assignee"] else "")
    return Line(row["subject"]["zh"], about, row["due_on"], row["urgent"], row["term_id"])


def _letter(row: Row, names: Names) -> Line:
    due = (row["acknowledgement"] or {}).get("due_on", "")
    late = (row["acknowledgement"] or {}).get("state") == "overdue"
    return Line(f"{said(row['kind'])} {row['number']}", _unit_and_term(row, names), due, late, row["term_id"])


def _person(row: Row, names: Names) -> Line:
    return Line(f"{row['name']} {row['post']}", _unit_and_term(row, names), term_id=row["term_id"])


def _replacement(row: Row, names: Names) -> Line:
    to = f" → {row['new_person']['name']}" if row.get("new_person") else ""
    return Line(f"{row['old_name']}{to}", _unit_and_term(row, names), row["deadline_on"], row["late"], row["term_id"])


def _leave(row: Row, names: Names) -> Line:
    span = f"{row['first_on']} {said(row['first_half'])} 起 {row['half_days']} 个半天（{row['hours']} 学时）"
    return Line(span, f"{_unit_and_term(row, names)} · 待{said(row['awaits'])}", row["first_on"], False, row["term_id"])


def _return(row: Row, names: Names) -> Line:
    people = len(row["people"])
    return Line(
        f"{people} 人返岗待确认", _unit_and_term(row, names), row["due_on"], row["escalated"] > 0, row["term_id"]
    )


def _proposal(row: Row, names: Names) -> Line:
    return Line(row["title"], _unit_and_term(row, names), row["due_on"] or "", row["overdue"], row["term_id"])


def _follow_up(row: Row, names: Names) -> Line:
    due = row["next_follow_up_on"] or ""
    return Line(row["title"], _unit_and_term(row, names), due, row["overdue"], row["term_id"])


def _case(row: Row, names: Names) -> Line:
    return Line(row["cause_words"]["zh"], _unit_and_term(row, names), term_id=row["term_id"])


def _objection(row: Row, names: Names) -> Line:
    return Line(f"对“{said(row['step'])}”的异议", _unit_and_term(row, names), term_id=row["term_id"])


def _scheme(row: Row, names: Names) -> Line:
    about = f"{row['courses']} 门课程 · {row['hours']} 学时"
    return Line(f"第{row['programme_ordinal']}班 {row['programme_title'] or ''}", about)


def _invitation(row: Row, names: Names) -> Line:
    about = f"{row['lecturer_name']} · {row['programme_title']} 第{row['ordinal']}期"
    return Line(row["course_title"], about, row["due_on"], term_id=row["term_id"])


def _vacancy(row: Row, names: Names) -> Line:
    about = f"{row['lecturer_name']}{said(row['state'], 'invitation')} · {row['programme_title']} 第{row['ordinal']}期"
    return Line(row["course_title"], about, row["starts_on"] or "", term_id=row["term_id"])


def _handover(row: Row, names: Names) -> Line:
    about = f"{names.lecturer(row['lecturer_id'])} · {names.term(row['term_id'])}"
    return Line(f"{row['questions']} 条问题待回执", about, row["due_on"], row["overdue"], row["term_id"])


def _cluster(row: Row, names: Names) -> Line:
    return Line(row["wording"], names.term(row["term_id"]), term_id=row["term_id"])


def _topic(row: Row, names: Names) -> Line:
    return Line(row["title"], names.term(row["term_id"]), term_id=row["term_id"])


def _report(row: Row, names: Names) -> Line:
    return Line(
        row["title"] or "研究报告", _unit_and_term(row, names), row["due_on"] or "", bool(row["late"]), row["term_id"]
    )


def _briefing(row: Row, names: Names) -> Line:
    told = f"{row['briefed']}/{row['trainees']} 人已提醒"
    return Line(told, _unit_and_term(row, names), row["due_on"], row["late"], row["term_id"])


def _survey(row: Row, names: Names) -> Line:
    return Line(row["title"], f"{row['answers']}/{row['units']} 个单位已填报", row["due_on"] or "")


DUTIES: tuple[Duty, ...] = (
    # the organisation department
    Duty("calls", "电话任务", _DEPARTMENT, _calls("organisation_department"), _phone),
    Duty("overdue-replies", "逾期未回执", _DEPARTMENT, _list("notification", "list_letters", acknowledgement="overdue",
         current=True), _letter),
    Duty("sign-off", "函件待签发", _DEPARTMENT, _list("notification", "list_letters", state="printed", current=True),
         _letter, lambda row: bool(row["sign_off"])),
    Duty("reviews", "推荐待审核", _DEPARTMENT, _list("enrollment", "list_nominations", state="attested"), _person),
    Duty("replacements", "更换人选待审批", _DEPARTMENT, _list("enrollment", "list_replacements", state="requested"),
         _replacement),
    Duty("schemes", "培训方案待批准", _DEPARTMENT, _list("scheduling", "list_schemes", state="submitted"), _scheme),
    Duty("leave", "请假待组织部审批", _DEPARTMENT, _list("compliance", "list_leaves", state="requested"), _leave,
         lambda row: row["awaits"] == "organisation_department"),
    Duty("cases", "退学待决定", _DEPARTMENT, _list("compliance", "list_withdrawal_cases", state="open"), _case),
    Duty("objections", "异议待答复", _DEPARTMENT, _list("compliance", "list_objections", state="open"), _objection),
    Duty("returns", "返岗逾期未确认", _DEPARTMENT, _list("compliance", "list_returns", state="open"), _return,
         lambda row: row["escalated"] > 0),
    Duty("proposals", "政策建议待转送", _DEPARTMENT, _list("outcomes", "list_proposals", state="filed"), _proposal),
    Duty("answers", "政策建议逾期未答复", _DEPARTMENT, _list("outcomes", "list_proposals", state="forwarded"),
         _proposal, lambda row: bool(row["overdue"])),
    # the Party school
    Duty("school-calls", "电话任务", _SCHOOL, _calls("party_school"), _phone),
    Duty("school-leave", "请假待审批", _SCHOOL, _list("compliance", "list_leaves", state="requested"), _leave,
         lambda row: row["awaits"] != "organisation_department"),
    Duty("invitations", "授课邀请待答复", _SCHOOL, _list("scheduling", "list_invitations", state="invited"),
         _invitation),
    Duty("declined", "授课被谢绝或逾期未复，需另请教师", _SCHOOL, _list("scheduling", "list_invitations",
         unfilled=True), _vacancy),
    Duty("clusters", "问题尚未对应课次", _SCHOOL, _list("outcomes", "list_question_clusters", state="unmatched"),
         _cluster),
    Duty("handovers", "教师未回执的问题", _SCHOOL, _list("outcomes", "list_handovers", state="open"), _handover),
    Duty("topics", "选题待审定", _SCHOOL, _list("outcomes", "list_topics", state="proposed"), _topic),
    Duty("held", "研究报告相同段落待核查", _SCHOOL, _list("outcomes", "list_reports", state="held"), _report),
    Duty("ready", "研究报告待分派盲审", _SCHOOL, _list("outcomes", "list_reports", state="ready"), _report),
    # a unit
    Duty("returned", "推荐被退回，需修改", _UNIT, _list("enrollment", "list_nominations", state="returned"), _person),
    Duty("attest", "推荐待认定三项条件", _UNIT, _list("enrollment", "list_nominations", state="filed"), _person),
    Duty("replies", "函件待回执", _UNIT, _list("notification", "list_letters", acknowledgement="awaited",
         current=True, kind="transfer"),
         _letter),
    Duty("late-replies", "函件逾期未回执", _UNIT, _list("notification", "list_letters", acknowledgement="overdue",
         current=True, kind="transfer"), _letter),
    Duty("briefings", "纪律提醒待确认", _UNIT, _list("compliance", "list_briefings", state="opened"), _briefing),
    Duty("unit-returns", "返岗待确认", _UNIT, _list("compliance", "list_returns", state="open"), _return),
    Duty("surveys", "需求调研待填报", _UNIT, _list("scheduling", "list_surveys", state="open"), _survey),
    Duty("unit-proposals", "政策建议待答复", _UNIT, _list("outcomes", "list_proposals", state="forwarded",
         received=True), _proposal),
    Duty("follow-ups", "采纳建议待填报进展", _UNIT, _list("outcomes", "list_follow_ups"), _follow_up),
)  # fmt: skip
