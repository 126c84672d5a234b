"""Who teaches what and when: lecturers registered, proposed, asked, and the timetables issued in versions."""

from __future__ import annotations

from datetime import date
from functools import partial
from itertools import groupby
from typing import Any

from deploy.local.journey import Journey
from deploy.local.year.schemes import theme_of
from services.scheduling.contract.feeds import ISSUE_FEED
from services.scheduling.contract.invitations import (
    ANSWER_INVITATION,
    INVITE_LECTURER,
    LIST_INVITATIONS,
    LIST_LECTURER_PROPOSALS,
)
from services.scheduling.contract.lecturers import PUT_LECTURER, REPORT_UNAVAILABILITY
from services.scheduling.contract.plans import GET_PLAN
from services.scheduling.contract.timetable_drafts import (
    CHANGE_SESSION,
    ISSUE_TIMETABLES,
    JOIN_SESSIONS,
    OPEN_TIMETABLE_DRAFT,
    SWAP_SESSIONS,
)
from services.scheduling.contract.timetables import COMPARE_TIMETABLE

_GRADES = {"正高": "full", "副高": "associate"}
_DECLINES = 0
"""Of the first term the lecturer of the first course cannot come and names a colleague."""


def lecturer_id(number: int) -> str:
    """Return the identifier of the sample's lecturer of this number, from 0."""
    return f"lecturer-{number + 1:02}"


def register_lecturers(journey: Journey) -> str:
    """Register the sample's lecturers; one reports by personal link when they cannot come."""
    school, facts = journey.cast.school, journey.sample.facts
    plan = school.call(GET_PLAN, {"plan_id": journey.plan_id})
    themes = [theme_of(programme["title"]) for programme in plan["programmes"]]

    def put(entry: tuple[int, dict[str, Any]]) -> None:
        number, person = entry
        record = {
            "lecturer_id": lecturer_id(number),
            "name": person["name"],
            "organisation": person["organisation"],
            "grade": _GRADES[person["title"]],
            "expertise": [person["expertise"], *themes[number % 2 :: 2]],
            "contact": {"phone": f"027-8700{number + 1:04}", "email": f"{lecturer_id(number)}@jiangcheng.example"},
        }
        school.call(PUT_LECTURER, record, step=f"lecturer/{number}")

    people = facts["lecturers"]
    journey.each(enumerate(people), put)
    away = {"starts_on": "2020-09-14", "ends_on": "2020-09-18"}
    last = journey.cast.lecturer(lecturer_id(len(people) - 1))
    last.call(REPORT_UNAVAILABILITY, {"unavailable": [away]}, step="lecturer/away")
    return f"{len(people)} 名教师"


def invite_lecturers(journey: Journey) -> str:
    """Invite for every course of the terms shown; all answer by personal link, one declines and is replaced."""
    journey.go_on_to("invitations")
    counts = {"confirmed": 0, "declined": 0}
    for _, together in groupby(journey.shown, key=_week):
        taken: set[str] = set()  # nobody teaches in two of these terms: they run in one week
        for term in together:
            courses = list(enumerate(each for each in _proposals(journey, term) if each["candidates"]))
            picks = [(number, course, _pick(course["candidates"], taken, number)) for number, course in courses]
            for declined in journey.each(picks, partial(_ask, journey, term)):
                counts["declined" if declined else "confirmed"] += 1
            taken |= {each["lecturer_id"] for each in _asked(journey, term)}
    confirmed = sum(counts.values())
    return f"{confirmed} 人次确认，{counts['declined']} 人次谢绝并由推荐人选接替"


def issue_timetables(journey: Journey) -> str:
    """Lay the courses out over the days, issue all together, then change one half-day in a second version."""
    journey.go_on_to("timetables")
    school = journey.cast.school
    named = [term["term_id"] for term in journey.shown]
    drafts = [
        school.call(OPEN_TIMETABLE_DRAFT, {"term_id": term_id}, step=f"timetable/{term_id}/draft") for term_id in named
    ]
    joined = _join(journey, drafts)
    school.call(ISSUE_TIMETABLES, {"term_ids": named}, step="timetables")
    changed = _second_version(journey, named[0])
    for term_id in named:
        feed = {"kind": "term", "target_id": term_id, "label": "班主任"}
        school.call(ISSUE_FEED, feed, step=f"timetable/{term_id}/feed")
    return f"{len(named)} 期日程表已下达，{joined} 次合班课，其中一期调整后下达第 2 版（{changed} 处变化）"


def _week(term: dict[str, Any]) -> tuple[int, int]:
    year, week, _ = date.fromisoformat(term["starts_on"]).isocalendar()
    return year, week


def _join(journey: Journey, drafts: list[dict[str, Any]]) -> int:
    """Make one lecture, in the hall, of two that terms of one week hear at the same time; return how many there are."""
    weeks = [list(week) for _, week in groupby(journey.shown, key=_week)]
    pair = next((week[:2] for week in weeks if len(week) > 1), [])
    sessions = {draft["term_id"]: {(each["on"], each["half"]): each for each in draft["sessions"]} for draft in drafts}
    slots = [set(sessions[term["term_id"]]) for term in pair]
    both = sorted(set.intersection(*slots)) if slots else []
    if not both:
        return 0
    parts = [
        {"term_id": each["term_id"], "session_id": sessions[each["term_id"]][both[-1]]["session_id"]} for each in pair
    ]
    journey.cast.school.call(JOIN_SESSIONS, {"sessions": parts}, step="timetable/joint")
    hall = max(journey.sample.facts["rooms"], key=lambda room: int(room["seats"]))
    journey.cast.school.call(CHANGE_SESSION, {**parts[0], "room_id": hall["room_id"]}, step="timetable/joint/hall")
    return 1


def _second_version(journey: Journey, term_id: str) -> int:
    school, which = journey.cast.school, {"term_id": term_id}
    draft = school.call(
        OPEN_TIMETABLE_DRAFT, {**which, "source": "issued", "replace": True}, step="timetable/second-draft"
    )
    first, second = (draft["sessions"][index]["session_id"] for index in (0, 1))
    swap = {**which, "session_id": first, "other_id": second}
    school.call(SWAP_SESSIONS, swap, step="timetable/swap")
    reason = {"term_ids": [term_id], "reason": "教师时间调整，首日上下午课程对调"}
    school.call(ISSUE_TIMETABLES, reason, step="timetable/second-version")
    compared = school.call(COMPARE_TIMETABLE, {**which, "from_number": 1, "to_number": 2})
    return len(compared["differences"])


def _proposals(journey: Journey, term: dict[str, Any]) -> list[dict[str, Any]]:
    asked = {"term_id": term["term_id"], "limit": 20}
    return list(journey.cast.school.call(LIST_LECTURER_PROPOSALS, asked)["items"])


def _asked(journey: Journey, term: dict[str, Any]) -> list[dict[str, Any]]:
    return list(journey.gateway.pages(LIST_INVITATIONS, {"term_id": term["term_id"]}))


def _pick(candidates: list[dict[str, Any]], taken: set[str], number: int) -> list[str]:
    free = [each["lecturer_id"] for each in candidates if each["lecturer_id"] not in taken]
    start = number % len(free)
    return free[start:] + free[:start]


def _ask(journey: Journey, term: dict[str, Any], pick: tuple[int, dict[str, Any], list[str]]) -> bool:
    """Ask for a course; return whether the first who was asked declined."""
    number, course, chosen = pick
    where = f"invitation/{term['term_id']}/{number}"
    wanted = {"term_id": term["term_id"], "course_id": course["course_id"]}
    school = journey.cast.school
    asked = school.call(INVITE_LECTURER, {**wanted, "lecturer_id": chosen[0]}, step=where)
    declines = term is journey.shown[0] and number == _DECLINES
    if declines:
        decline = {"answer": "decline", "reason": "届时在外地调研，推荐同事讲授", "substitute_id": chosen[1]}
        first = {"invitation_id": asked["invitation_id"], **decline}
        _answer(journey, chosen[0], first, f"{where}/answer")
        instead = {**wanted, "lecturer_id": chosen[1], "instead_of": asked["invitation_id"]}
        asked = school.call(INVITE_LECTURER, instead, step=f"{where}/substitute")
    confirm = {"invitation_id": asked["invitation_id"], "answer": "confirm"}
    _answer(journey, asked["lecturer_id"], confirm, f"{where}/confirmation")
    return declines


def _answer(journey: Journey, lecturer: str, answer: dict[str, Any], step: str) -> None:
    journey.cast.lecturer(lecturer).call(ANSWER_INVITATION, answer, step=step)
