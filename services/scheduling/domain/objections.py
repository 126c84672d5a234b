"""What is wrong with a year as data, before anybody places it: what would otherwise be lost or passed over in silence.

Rules that cannot hold together are no objections: why a year does not fit is for ``year_explain`` to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta
from itertools import pairwise

from services.scheduling.domain.placement import Problem, Term

_TERM, _ROOM, _CAMPUS = ("班次期", "term"), ("教室", "room"), ("校区", "campus")
_LECTURER, _UNIT = ("教师", "lecturer"), ("单位", "unit")
_HIGHEST_SEED = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Objection:
    """One thing that is wrong. ``path`` is the place in the JSON form, such as ``terms[3].campus_id``."""

    path: str
    zh: str
    en: str


def objections(problem: Problem) -> list[Objection]:
    """Return everything wrong with a year; empty when it is sound."""
    known = _Known(problem)
    found = [*_identifiers(problem), *_calendar(problem)]
    for name in ("terms", "dropped"):
        for index, term in enumerate(getattr(problem, name)):
            found += known.term(f"{name}[{index}]", term)
    found += [*known.places(problem), *known.lecturers(problem), *known.blackouts(problem), *known.orders(problem)]
    return found + list(_settings(problem))


def stretch_objections(path: str, first: date, last: date) -> Iterator[Objection]:
    """Yield that days end before they begin."""
    if last < first:
        yield Objection(
            path,
            f"结束日期{last}早于开始日期{first}，请核对",
            f"it ends on {last}, before it begins on {first}; check the days",
        )


def doubled(places: Iterable[tuple[str, str]]) -> Iterator[Objection]:
    """Yield what stands in a second place; ``places`` are paths with what stands there."""
    first: dict[str, str] = {}
    for path, id in places:
        if id in first:
            yield Objection(
                path,
                f"“{id}”在{first[id]}已经有了，每个只能出现一次；请改编号，或合并为一条",
                f"{id!r} stands in {first[id]} already, and each only once: change the identifier, or make them one",
            )
        first.setdefault(id, path)


def _within(path: str, value: float, least: int, most: int | None = None) -> Iterator[Objection]:
    if value < least:
        yield Objection(path, f"现为{value}，不能小于{least}", f"it is {value}, and must not be below {least}")
    if most is not None and value > most:
        yield Objection(path, f"现为{value}，不能大于{most}", f"it is {value}, and must not be above {most}")


def _identifiers(problem: Problem) -> Iterator[Objection]:
    kinds = [["terms", "dropped"], ["rooms"], ["campuses"], ["lecturers"], ["units"], ["blackouts"]]
    for names in kinds:
        places = [(f"{name}[{i}].id", each.id) for name in names for i, each in enumerate(getattr(problem, name))]
        yield from doubled(places)
        for path in (path for path, id in places if not id.strip()):
            yield Objection(path, "编号是空的，请补上", "the identifier is empty; give one")


def _calendar(problem: Problem) -> Iterator[Objection]:
    if not problem.days:
        if problem.terms:
            yield Objection("days", "日历是空的，请逐日列出", "the calendar is empty; list its days one by one")
        return
    for index, (one, following) in enumerate(pairwise(problem.days), 1):
        if following.day - one.day != timedelta(days=1):
            yield Objection(
                f"days[{index}].day",
                f"{one.day}之后是{following.day}，日历须逐日连续；请补上缺的日子，去掉重复的",
                f"{one.day} is followed by {following.day}, and days are consecutive; add what is missing, take out "
                "what is doubled",
            )
    first, last = problem.days[0].day, problem.days[-1].day
    for index, term in enumerate(problem.terms):
        if term.earliest_start <= term.latest_end and not first <= term.earliest_start <= term.latest_end <= last:
            yield Objection(
                f"terms[{index}]",
                f"办班时间{term.earliest_start}至{term.latest_end}超出日历{first}至{last}；请补足日历，或收窄办班时间",
                f"the window from {term.earliest_start} to {term.latest_end} leaves the calendar from {first} to "
                f"{last}; add the days, or narrow the window",
            )


class _Known:
    """Looks whether what a year names is there."""

    def __init__(self, problem: Problem) -> None:
        self._terms = {term.id for term in (*problem.terms, *problem.dropped)}
        self._rooms = {room.id for room in problem.rooms}
        self._campuses = {campus.id for campus in problem.campuses}
        self._lecturers = {lecturer.id for lecturer in problem.lecturers}
        self._units = {unit.id for unit in problem.units}

    def term(self, path: str, term: Term) -> Iterator[Objection]:
        for name in ("days", "trainees"):
            yield from _within(f"{path}.{name}", getattr(term, name), 1)
        for name in ("min_gap", "spacing"):
            yield from _within(f"{path}.{name}", getattr(term, name) or 0, 0)
        for number, month in enumerate(term.months):
            yield from _within(f"{path}.months[{number}]", month, 1, 12)
        yield from stretch_objections(f"{path}.latest_end", term.earliest_start, term.latest_end)
        for number, ban in enumerate(term.bans):
            yield from stretch_objections(f"{path}.bans[{number}].ends_on", ban.starts_on, ban.ends_on)
        yield from _named(f"{path}.campus_id", _CAMPUS, term.campus_id, self._campuses)
        for number, room_id in enumerate(term.barred_rooms):
            yield from _named(f"{path}.barred_rooms[{number}]", _ROOM, room_id, self._rooms)
        if term.pin is not None:
            yield from _named(f"{path}.pin.room_id", _ROOM, term.pin.room_id, self._rooms)
            ends_on, reports_on = term.pin.ends_on or term.pin.starts_on, term.pin.reports_on or term.pin.starts_on
            yield from stretch_objections(f"{path}.pin.ends_on", term.pin.starts_on, ends_on)
            yield from stretch_objections(f"{path}.pin.reports_on", reports_on, term.pin.starts_on)
        yield from self._people(path, term)

    def _people(self, path: str, term: Term) -> Iterator[Objection]:
        needs = [(f"{path}.needs[{number}]", need) for number, need in enumerate(term.needs)]
        yield from doubled((where, need.lecturer_id) for where, need in needs)
        for where, need in needs:
            yield from _named(f"{where}.lecturer_id", _LECTURER, need.lecturer_id, self._lecturers)
            for number, day in enumerate(need.days):
                yield from _within(f"{where}.days[{number}]", day, 1, max(1, term.days))
        shares = [(f"{path}.shares[{number}]", share) for number, share in enumerate(term.shares)]
        yield from doubled((where, share.unit_id) for where, share in shares)
        for where, share in shares:
            yield from _named(f"{where}.unit_id", _UNIT, share.unit_id, self._units)
            yield from _within(f"{where}.people", share.people, 0)
        sent = sum(share.people for share in term.shares)
        if sent > term.trainees:
            yield Objection(
                f"{path}.shares",
                f"各单位合计派员{sent}人，超过该期的{term.trainees}人，请核对",
                f"the units send {sent} people together, more than the {term.trainees} of the term; check both",
            )

    def places(self, problem: Problem) -> Iterator[Objection]:
        for index, room in enumerate(problem.rooms):
            yield from _named(f"rooms[{index}].campus_id", _CAMPUS, room.campus_id, self._campuses)
            yield from _within(f"rooms[{index}].capacity", room.capacity, 0)
        for index, campus in enumerate(problem.campuses):
            yield from _within(f"campuses[{index}].beds", campus.beds, 0)
            for number, each in enumerate(campus.dormitories):
                yield from _within(f"campuses[{index}].dormitories[{number}].beds", each.beds, 0)
            told = sum(each.beds for each in campus.dormitories)
            if told > campus.beds:
                yield Objection(
                    f"campuses[{index}].dormitories",
                    f"各类床位合计{told}张，超过校区总床位{campus.beds}张，请核对",
                    f"the dormitories have {told} beds together, more than the {campus.beds} of the campus; check both",
                )

    def lecturers(self, problem: Problem) -> Iterator[Objection]:
        for index, lecturer in enumerate(problem.lecturers):
            for number, absence in enumerate(lecturer.absences):
                path = f"lecturers[{index}].absences[{number}]"
                yield from stretch_objections(f"{path}.ends_on", absence.starts_on, absence.ends_on)
                yield from _named(f"{path}.but", _TERM, absence.but, self._terms)
        for index, unit in enumerate(problem.units):
            yield from _within(f"units[{index}].staff", unit.staff, 0)

    def blackouts(self, problem: Problem) -> Iterator[Objection]:
        for index, each in enumerate(problem.blackouts):
            yield from stretch_objections(f"blackouts[{index}].ends_on", each.starts_on, each.ends_on)
            for number, campus_id in enumerate(each.campus_ids):
                yield from _named(f"blackouts[{index}].campus_ids[{number}]", _CAMPUS, campus_id, self._campuses)

    def orders(self, problem: Problem) -> Iterator[Objection]:
        yield from doubled((f"orders[{i}]", f"{each.before}>{each.after}") for i, each in enumerate(problem.orders))
        for index, order in enumerate(problem.orders):
            path = f"orders[{index}]"
            yield from _within(f"{path}.delay", order.delay, 0)
            for name, id in (("before", order.before), ("after", order.after)):
                yield from _named(f"{path}.{name}", _TERM, id, self._terms)
                if ">" in id:  # a demand names an order by both terms, with this between them
                    yield Objection(f"{path}.{name}", f"编号“{id}”不能含“>”，请改编号", f"{id!r} must not hold a '>'")
            if order.before == order.after:
                yield Objection(path, f"“{order.before}”不能排在自己之后", f"{order.before!r} cannot come after itself")


def _named(path: str, what: tuple[str, str], id: str | None, known: set[str]) -> Iterator[Objection]:
    if id is not None and id not in known:
        yield Objection(
            path,
            f"没有编号为“{id}”的{what[0]}，请核对编号，或在题目中补上",
            f"there is no {what[1]} {id!r}; check the identifier, or add it to the year",
        )


def _settings(problem: Problem) -> Iterator[Objection]:
    most = {"report_ahead": 1, "away_percent": 100}
    for field in fields(problem.policy):
        if field.name != "in_order":
            least = 1 if field.name == "longest_run" else 0
            value = getattr(problem.policy, field.name)
            yield from _within(f"policy.{field.name}", value, least, most.get(field.name))
    yield from _within("seed", problem.seed, 0, _HIGHEST_SEED)
    if not problem.seconds > 0:
        yield Objection("seconds", f"现为{problem.seconds}，须大于0", f"it is {problem.seconds}, and must be above 0")
