"""The part of the independent check that looks at terms beside each other: rooms, beds, lecturers, programmes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from services.scheduling.domain.placement import Placed, Problem


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that a table breaks, and the terms that break it; ``about`` is what else it concerns: a blackout, a room,
    a campus and kind of beds (``campus/kind``), a lecturer (with the number of the absence: ``lecturer#0``), a
    programme, an order (``before>after``), the number of a ban.
    """

    code: str
    term_ids: tuple[str, ...]
    zh: str
    en: str
    about: str = ""


def shared_violations(problem: Problem, placed: tuple[Placed, ...]) -> list[Violation]:
    """Return the rules between terms that a table of known terms and rooms breaks."""
    return _Shared(problem, placed).run()


class _Shared:
    def __init__(self, problem: Problem, placed: tuple[Placed, ...]) -> None:
        self.problem, self.placed = problem, placed
        self.terms = {term.id: term for term in problem.terms}
        self.rooms = {room.id: room for room in problem.rooms}
        self.campuses = {campus.id: campus for campus in problem.campuses}
        self.found: list[Violation] = []

    def run(self) -> list[Violation]:
        self._room_clashes()
        self._beds()
        self._lecturers()
        self._programmes()
        self._orders()
        return self.found

    def _add(self, code: str, term_ids: tuple[str, ...], zh: str, en: str, about: str) -> None:
        self.found.append(Violation(code, term_ids, zh, en, about))

    def _room_clashes(self) -> None:
        users: dict[tuple[str, date], str] = {}
        clashes: set[tuple[str, str]] = set()
        for at in self.placed:
            for day in each_day(at.starts_on, at.ends_on):
                other = users.setdefault((at.room_id, day), at.term_id)
                if other != at.term_id and (other, at.term_id) not in clashes:
                    clashes.add((other, at.term_id))
                    self._add(
                        "room-clash",
                        (other, at.term_id),
                        f"{self.terms[at.term_id].label}与{self.terms[other].label}在{day}同用教室“{self.rooms[at.room_id].title}”",
                        f"{self.terms[at.term_id].label_en} and {self.terms[other].label_en} share a room on {day}",
                        at.room_id,
                    )

    def _beds(self) -> None:
        sleepers: dict[tuple[str, date, str | None], list[str]] = {}
        for at in self.placed:
            term = self.terms[at.term_id]
            if term.boards:
                for day in each_day(at.reports_on, at.ends_on):
                    for kind in [None] if term.bed_kind is None else [None, term.bed_kind]:
                        sleepers.setdefault((self.rooms[at.room_id].campus_id, day, kind), []).append(at.term_id)
        for (campus_id, day, kind), term_ids in sorted(
            sleepers.items(), key=lambda each: (*each[0][:2], each[0][2] or "")
        ):
            needed, campus = sum(self.terms[id].trainees for id in term_ids), self.campuses[campus_id]
            beds = campus.beds
            if kind is not None:
                beds = sum(dormitory.beds for dormitory in campus.dormitories if dormitory.kind == kind)
            if needed > beds:
                what = "" if kind is None else f"“{kind}”类"
                self._add(
                    "beds",
                    tuple(term_ids),
                    f"{campus.title}{day}需{what}床位{needed}张，只有{beds}张，超出{needed - beds}张",
                    f"{campus.title!r} needs {needed} beds{'' if kind is None else f' of kind {kind!r}'} on {day} "
                    f"and has {beds}",
                    f"{campus_id}/{kind or ''}",
                )

    def _lecturers(self) -> None:
        working = [day.day for day in self.problem.days if day.kind in ("working", "make_up")]
        teaches: dict[tuple[str, date], str] = {}
        for at in self.placed:
            lessons = [day for day in working if at.starts_on <= day <= at.ends_on]
            for need in self.terms[at.term_id].needs:
                for number, day in enumerate(lessons, 1):
                    if need.days and number not in need.days:
                        continue
                    other = teaches.setdefault((need.lecturer_id, day), at.term_id)
                    if other != at.term_id:
                        first, second, who = self.terms[other], self.terms[at.term_id], self._lecturer(need.lecturer_id)
                        self._add(
                            "lecturer-clash",
                            (other, at.term_id),
                            f"{first.label}与{second.label}在{day}都需要讲师{who}",
                            f"{first.label_en} and {second.label_en} both need {who} on {day}",
                            need.lecturer_id,
                        )

    def _lecturer(self, lecturer_id: str) -> str:
        return next((each.title for each in self.problem.lecturers if each.id == lecturer_id), lecturer_id)

    def _orders(self) -> None:
        placed = {at.term_id: at for at in self.placed}
        for order in self.problem.orders:
            if order.before in placed and order.after in placed:
                first, second = self.terms[order.before], self.terms[order.after]
                free = (placed[order.after].starts_on - placed[order.before].ends_on).days - 1
                if free < order.delay:
                    self._add(
                        "order",
                        (first.id, second.id),
                        f"{second.label}应在{first.label}结束{order.delay}天之后开班",
                        f"{second.label_en} must open after {first.label_en} with {order.delay} days between",
                        f"{order.before}>{order.after}",
                    )

    def _programmes(self) -> None:
        beside: dict[str, list[Placed]] = {}
        for at in self.placed:
            beside.setdefault(self.terms[at.term_id].programme_id, []).append(at)
        for a, b in [(a, b) for together in beside.values() for a in together for b in together]:
            first, second = self.terms[a.term_id], self.terms[b.term_id]
            if (first.ordinal, first.id) >= (second.ordinal, second.id):
                continue
            if self.problem.policy.in_order and not (first.pin and second.pin) and a.starts_on > b.starts_on:
                self._add(
                    "sequence",
                    (first.id, second.id),
                    f"{second.label}早于第{first.ordinal}期",
                    f"{second.label_en} is too early",
                    first.programme_id,
                )
            gaps = [
                term.min_gap
                for term in self.problem.terms
                if term.programme_id == first.programme_id and term.min_gap is not None
            ]
            earlier, later = sorted((a, b), key=lambda at: at.starts_on)
            if gaps and (later.starts_on - earlier.ends_on).days <= max(gaps):
                self._add(
                    "gap",
                    (first.id, second.id),
                    f"{first.label}与第{second.ordinal}期之间应至少空{max(gaps)}天",
                    f"{first.label_en} and term {second.ordinal} must lie {max(gaps)} days apart",
                    first.programme_id,
                )


def each_day(first: date, last: date) -> list[date]:
    """Return the days from one to another, both included."""
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
