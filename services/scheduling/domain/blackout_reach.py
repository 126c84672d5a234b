"""Whether a blackout that a planner tries is of days and places that the year knows of: what touches nothing by mistake
must not pass for one that concerns nobody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from difflib import SequenceMatcher

from services.scheduling.domain.placement import Problem
from services.scheduling.domain.placement_phrases import listed_en, listed_zh
from services.scheduling.domain.placement_spans import unit_covers

_NAMED = 8
Words = tuple[str, str]


def outside_the_year(problem: Problem, first: date, last: date) -> Words | None:
    """Return what is wrong with days none of which is on the calendar of the year; ``None``: some are."""
    if not problem.days or (first <= problem.days[-1].day and problem.days[0].day <= last):
        return None
    from_, to = problem.days[0].day, problem.days[-1].day
    return (
        f"{first}至{last}全部在排期日历（{from_}至{to}）之外，不会牵动任何一期；请核对年份和日期",
        f"{first} to {last} lie outside the calendar of these terms ({from_} to {to}) and touch none of them; "
        "check the year and the days",
    )


def unknown_campus(problem: Problem, campus_ids: Iterable[str]) -> Words | None:
    """Return that one of these campuses does not exist, and which do; ``None``: all of them do."""
    known = {campus.id: campus.title for campus in problem.campuses if not campus.online}
    for strange in (id for id in campus_ids if id not in known):
        near = _nearest(strange, known)
        return (
            f"没有编号为“{strange}”的校区，请核对；已知的校区有："
            + listed_zh([f"{id}（{known[id]}）" for id in near], counted="个", most=_NAMED),
            f"there is no campus {strange!r}; check the code, known are "
            + listed_en([f"{id} ({known[id]})" for id in near], most=_NAMED),
        )
    return None


def nobodys_district(problem: Problem, districts: Iterable[str], others: Iterable[str]) -> Words | None:
    """Return that nothing lies in one of these districts, and where something does; ``None``: something does in each.

    Known are the districts of campuses, of terms and of the units that send people, and ``others``.
    """
    terms = (*problem.terms, *problem.dropped)
    known = {campus.district for campus in problem.campuses if not campus.online} | set(others)
    known |= {district for term in terms for district in (*term.districts, *(each.unit_id for each in term.shares))}
    known |= {unit.id for unit in problem.units}
    for district in districts:
        if not district:
            return (
                "区县编号是空的；请写明区县，全市停办则一个也不写",
                "the path of a district is empty; name the district, or none at all for the whole city",
            )
        if not any(unit_covers(district, each) for each in known):
            near = _nearest(district, known)
            return (
                f"“{district}”之内没有任何校区、班次学员来源或参训单位，停办不会牵动任何一期；请核对编号，已知的有："
                + listed_zh(near, counted="个", most=_NAMED),
                f"no campus, term or unit lies in {district!r}, so closing it touches nothing; check the path, known "
                "are " + listed_en(near, most=_NAMED),
            )
    return None


def _nearest(strange: str, known: Iterable[str]) -> Sequence[str]:
    """Return what is known, the most alike first."""
    return sorted(known, key=lambda each: (-SequenceMatcher(None, strange, each).ratio(), each))
