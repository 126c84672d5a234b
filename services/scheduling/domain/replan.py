"""A re-plan as data: what changes against the published table, who is to be told, and that it could not be fewer."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from services.scheduling.domain.conflict import Conflict, Explanation
from services.scheduling.domain.placement import Costs, Placed, Problem, Room, Term, Unplaced
from services.scheduling.domain.placement_phrases import listed_en, listed_zh, stretch_en, stretch_zh


@dataclass(frozen=True, slots=True)
class Affected:
    """A term that lies elsewhere now, or nowhere (``after``), or had no place before (``before``).

    ``told`` are people who know the old place: trainees and lecturers; nobody, when only its room on the same campus is
    another one, or when it is new.
    """

    term_id: str
    before: Placed | None
    after: Placed | None
    told: int
    units: tuple[str, ...]
    lecturers: tuple[str, ...]
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Replan:
    """The answer. ``told`` people have to be told; no table with as many terms tells fewer than ``told_bound``.

    ``explained``: the ``conflicts`` are all there are between the terms; else the time was too short to say so.
    """

    placed: tuple[Placed, ...]
    unplaced: tuple[Unplaced, ...]
    affected: tuple[Affected, ...]
    told: int
    told_bound: int
    proven: bool
    cost: int
    costs: Costs
    zh: str
    en: str
    conflicts: tuple[Conflict, ...] = ()
    explained: bool = True
    seconds: float = 0.0


def people_told(term: Term) -> int:
    """Return how many people know where a published term lies: its trainees and its lecturers."""
    return term.trainees + len({need.lecturer_id for need in term.needs})


def stays(problem_rooms: dict[str, Room], before: Placed, after: Placed | None) -> bool:
    """Return whether nobody has to be told: the same days, on the same campus."""
    return (
        after is not None
        and (before.starts_on, before.ends_on, before.reports_on) == (after.starts_on, after.ends_on, after.reports_on)
        and problem_rooms[before.room_id].campus_id == problem_rooms[after.room_id].campus_id
    )


def affected(problem: Problem, before: Iterable[Placed], after: Iterable[Placed]) -> tuple[Affected, ...]:
    """Return every term of the year whose place differs, with who and what it touches."""
    was, lies = {each.term_id: each for each in before}, {each.term_id: each for each in after}
    rooms = {room.id: room for room in problem.rooms}
    found = []
    for term in (*problem.terms, *problem.dropped):
        old, new = was.get(term.id), lies.get(term.id)
        if old != new:
            told = 0 if old is None or stays(rooms, old, new) else people_told(term)
            found.append(_affected(problem, rooms, term, old, new, told))
    return tuple(sorted(found, key=lambda each: (-each.told, each.term_id)))


def summary(
    affected: Iterable[Affected], told: int, told_bound: int, proven: bool, unplaced: int, why: Explanation
) -> tuple[str, str]:
    """Return the outcome in a sentence, with how far it is known ``why`` terms were left out."""
    moved = [each for each in affected if each.told]
    left_zh, left_en = _left_out(unplaced, why) if unplaced else ("", "")
    if not moved:
        return f"不必通知任何人{left_zh}", f"nobody has to be told{left_en}"
    sure_zh = "已证明不能更少" if proven else f"至少需通知{told_bound}人"
    sure_en = "proven to be the fewest" if proven else f"no table tells fewer than {told_bound}"
    return (
        f"改动{len(moved)}期，需通知{told}人（{sure_zh}）{left_zh}",
        f"terms changed: {len(moved)}; people to be told: {told} ({sure_en}){left_en}",
    )


def _left_out(unplaced: int, why: Explanation) -> tuple[str, str]:
    zh, en = f"，{unplaced}期没有排下", f"; terms without a place: {unplaced}"
    if why.complete:
        return zh, en
    if not why.conflicts:
        return (
            f"{zh}（时限内没有查到冲突，能否排下尚无定论）",
            f"{en} (no conflict was found in time: whether they fit is open)",
        )
    return (
        f"{zh}（时限内冲突未查完）",
        f"{en} (the time was too short to look for all conflicts)",
    )


def comparison(affected: Collection[Affected]) -> tuple[str, str]:
    """Return in a sentence how far two tables differ."""
    told = sum(each.told for each in affected)
    return (
        f"改动{len(affected)}期，需通知{told}人",
        f"terms changed: {len(affected)}; people to be told: {told}",
    )


def _affected(
    problem: Problem, rooms: dict[str, Room], term: Term, old: Placed | None, new: Placed | None, told: int
) -> Affected:
    titles = {unit.id: unit.title for unit in problem.units}
    names = {lecturer.id: lecturer.title for lecturer in problem.lecturers}
    units = tuple(share.unit_id for share in term.shares if share.people)
    lecturers = tuple(dict.fromkeys(need.lecturer_id for need in term.needs))
    goes = ("取消", "dropped") if term in problem.dropped else (_place_zh(rooms, new), _place_en(rooms, new))
    zh = f"{term.label}：{_place_zh(rooms, old)}→{goes[0]}"
    en = f"{term.label_en}: {_place_en(rooms, old)} -> {goes[1]}"
    if not told:
        return Affected(term.id, old, new, 0, units, lecturers, f"{zh}，不必通知", f"{en}; nobody has to be told")
    zh, en = f"{zh}，通知学员{term.trainees}人", f"{en}; tell {term.trainees} trainees"
    if lecturers:
        zh += f"、教师{listed_zh([names.get(id, id) for id in lecturers], counted='人')}"
        en += f" and {listed_en([names.get(id, id) for id in lecturers])}"
    if units:
        zh += f"，涉及{listed_zh([titles.get(id, id) for id in units], counted='个单位')}"
        en += f"; units: {listed_en([titles.get(id, id) for id in units])}"
    return Affected(term.id, old, new, told, units, lecturers, zh, en)


def _place_zh(rooms: dict[str, Room], at: Placed | None) -> str:
    return "未排" if at is None else f"{stretch_zh(at.starts_on, at.ends_on)}{rooms[at.room_id].title}"


def _place_en(rooms: dict[str, Room], at: Placed | None) -> str:
    return "no place" if at is None else f"{stretch_en(at.starts_on, at.ends_on)} in {rooms[at.room_id].title!r}"
