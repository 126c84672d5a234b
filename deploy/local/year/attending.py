"""During a term: the roll of each session, leave up to the limit and beyond it, conduct, the sessions' evaluation."""

from __future__ import annotations

from datetime import date, time
from itertools import groupby
from typing import Any

from deploy.local.journey import Journey
from deploy.local.waiting import wait_until
from deploy.local.year.people import ids, trainees
from services.compliance.contract.attendance import LIST_ROLLS, RECORD_ATTENDANCE
from services.compliance.contract.incidents import DECIDE_OBJECTION, IMPOSE_SANCTION, OBJECT_TO_SANCTION, OPEN_INCIDENT
from services.compliance.contract.leave import DECIDE_LEAVE, REQUEST_MY_LEAVE
from services.compliance.contract.withdrawal import DECIDE_WITHDRAWAL, LIST_WITHDRAWAL_CASES
from services.outcomes.contract.evaluations import EVALUATE_SESSION

_EVENING = time(18, 10)
_JUST, _BEYOND, _LATE, _EARLY, _CONDUCT, _ABSENT = 1, 2, 3, 4, 5, 6
"""Who of a term, in the order of ``people.trainees``: leave of exactly one seventh, leave beyond it, and so on."""
_APPROVERS = {
    "head_teacher": ("罗静宜", "班主任"),
    "academic_affairs": ("秦立新", "教务处处长"),
    "school_leader": ("邵文远", "分管日常工作的副校长"),
    "organisation_department": ("周明远", "市委组织部分管副部长"),
}
_EVALUATE = 6
_CRITERIA = ("content", "method", "use", "whole")


def attend(journey: Journey, terms: list[dict[str, Any]], *, with_leave: bool) -> str:
    """Hold the terms day by day; in the first of them leave is asked for, and one person goes beyond the limit."""
    people = {term["term_id"]: _people(journey, term) for term in terms}
    sessions = [each for term in terms for each in _sessions(journey, term)]
    first = terms[0]
    last = max(_sessions(journey, first), key=lambda each: str(each["starts_at"]))
    if with_leave:
        _ask_leave(journey, first, people[first["term_id"]])
    for on, of_the_day in groupby(sorted(sessions, key=lambda each: each["starts_at"]), key=lambda each: each["on"]):
        journey.go_on_until(date.fromisoformat(on), _EVENING)
        for session in of_the_day:
            absent = [people[first["term_id"]][_ABSENT]] if with_leave and session == last else []
            _take_roll(journey, session, people[session["term_id"]], absent)
    if not with_leave:
        return f"{len(sessions)} 次课点名"
    _evaluate(journey, sessions[0], people[first["term_id"]])
    _conduct(journey, people[first["term_id"]][_CONDUCT])
    _decide_case(journey, first)
    return f"{len(sessions)} 次课点名，旷课 1 人次，请假恰好七分之一 1 人，超限退学 1 人"


def _people(journey: Journey, term: dict[str, Any]) -> list[str]:
    return journey.remembered(f"people/{term['term_id']}", lambda: ids(trainees(journey, term["term_id"])))


def _sessions(journey: Journey, term: dict[str, Any]) -> list[dict[str, Any]]:
    rolls = journey.cast.school.call(LIST_ROLLS, {"term_id": term["term_id"]})
    return [{**line, "term_id": term["term_id"]} for line in rolls["items"]]


def _take_roll(journey: Journey, session: dict[str, Any], people: list[str], absent: list[str]) -> None:
    marks = [
        {"nomination_id": people[_LATE], "status": "late"},
        {"nomination_id": people[_EARLY], "status": "left_early", "note": "身体不适"},
    ] if session["half"] == "morning" else []  # fmt: skip
    marks += [{"nomination_id": who, "status": "absent", "note": "未履行请假手续"} for who in absent]
    roll = {"term_id": session["term_id"], "session_id": session["session_id"], "marks": marks, "others": "present"}
    journey.cast.school.call(RECORD_ATTENDANCE, roll, step=f"roll/{session['session_id']}")


def _ask_leave(journey: Journey, term: dict[str, Any], people: list[str]) -> None:
    half_days = [(each["on"], each["half"]) for each in _sessions(journey, term)]
    _leave(journey, people[_JUST], half_days[2], half_days[2], pass_limit=False)
    _leave(journey, people[_BEYOND], half_days[2], half_days[3], pass_limit=True)


def _leave(
    journey: Journey, who: str, first: tuple[str, str], last: tuple[str, str], *, pass_limit: bool
) -> None:  # fmt: skip
    wish = {
        "first_on": first[0], "first_half": first[1], "last_on": last[0], "last_half": last[1],
        "grounds": "family", "reason": "家中老人住院，需陪同办理手续",
    }  # fmt: skip
    asked = journey.cast.trainee(who).call(REQUEST_MY_LEAVE, wish, step=f"leave/{who}")
    for step in asked["steps"]:
        approver, title = _APPROVERS[step]
        desk = journey.gateway if step == "organisation_department" else journey.cast.school
        word = {"leave_id": asked["leave_id"], "step": step, "decision": "grant", "approver": approver, "title": title}
        desk.call(DECIDE_LEAVE, {**word, "pass_limit": pass_limit}, step=f"leave/{who}/{step}")


def _evaluate(journey: Journey, session: dict[str, Any], people: list[str]) -> None:
    points = [{"criterion": criterion, "points": 5 - number % 2} for number, criterion in enumerate(_CRITERIA)]
    answer = {"session_id": session["session_id"], "points": points, "comment": "案例贴近实际"}
    journey.each(
        people[-_EVALUATE:],
        lambda who: journey.cast.trainee(who).call(EVALUATE_SESSION, answer, step=f"evaluation/{who}"),
    )


def _conduct(journey: Journey, who: str) -> None:
    school = journey.cast.school
    case = {
        "nomination_id": who,
        "kind": "vehicle",
        "occurred_on": journey.clock.today().isoformat(),
        "narrative": "报到时由单位公车接送并驻校过夜。",
    }
    opened = school.call(OPEN_INCIDENT, case, step="incident")
    measure = {"step": "admonition", "approver": "邵文远", "reason": "违反公车驻校规定，情节轻微"}
    which = {"incident_id": opened["incident_id"]}
    school.call(IMPOSE_SANCTION, {**which, **measure}, step="incident/sanction")
    words = {**which, "objection": "车辆当晚已返回单位，有出车记录。"}
    objected = journey.cast.trainee(who).call(OBJECT_TO_SANCTION, words, step="incident/objection")
    answer = {"decision": "uphold", "approver": "周明远", "reason": "门卫登记显示车辆次日离校，维持原处理"}
    which = {"objection_id": objected["objection_id"]}
    journey.gateway.call(DECIDE_OBJECTION, {**which, **answer}, step="incident/decision")


def _decide_case(journey: Journey, term: dict[str, Any]) -> None:
    def opened() -> str | None:
        cases = journey.gateway.pages(LIST_WITHDRAWAL_CASES, {"term_id": term["term_id"]})
        return next((case["case_id"] for case in cases if case["state"] == "open"), None)

    case_id = journey.remembered(
        "withdrawal-case", lambda: wait_until(opened, "超限请假已形成退学事项", "leave beyond the limit opened a case")
    )
    word = {"case_id": case_id, "decision": "withdraw", "approver": "周明远", "reason": "累计请假超过总学时七分之一"}
    journey.gateway.call(DECIDE_WITHDRAWAL, word, step="withdrawal")
