"""Whom to ask for a course: lecturers ranked by expertise, availability, fee rules and load, each point explained."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.scheduling.domain.lecturer import GRADE_NAMES, Half, Lecturer
from services.scheduling.domain.scheme import Course, portions

Slot = tuple[date, Half]

_EXACT, _NEAR, _BY_TITLE, _ANYBODY = 50, 30, 25, 10
_FREE, _CHEAP, _RESTED = 20, 15, 10
_AWAY_FROM_HOME = -5


@dataclass(frozen=True, slots=True)
class FeeRules:
    """What a class hour may cost by grade (yuan after tax), where that is said, and the most hours of a half-day."""

    by_grade: dict[str, tuple[Decimal, str, bool]]
    half_day_hours: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A lecturer with what is known of the year: half-days already taken, class hours already promised."""

    lecturer: Lecturer
    taken: frozenset[Slot] = frozenset()
    hours: int = 0


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground of a proposal; ``points`` add up to its score, ``bars``: because of it the lecturer does not suit."""

    code: str
    points: int
    zh: str
    en: str
    bars: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """A lecturer for a course; ``fee`` is the most the hours may cost, ``None`` where no rule is in force."""

    lecturer: Lecturer
    grounds: tuple[Ground, ...]
    fee: Decimal | None

    @property
    def suitable(self) -> bool:
        """Whether nothing speaks against asking."""
        return not any(each.bars for each in self.grounds)

    @property
    def score(self) -> int:
        """The sum of all points."""
        return sum(each.points for each in self.grounds)


def propose(
    course: Course,
    candidates: Iterable[Candidate],
    slots: Iterable[Slot],
    fees: FeeRules,
    budget_left: Decimal | None = None,
) -> list[Proposal]:
    """Return every candidate for a course, the best first; those who do not suit come last, with the reason.

    ``slots`` are the half-days of the term, empty while it is not placed. ``budget_left`` is what the scheme still has
    for lecturers in this term; ``None``: not planned.
    """
    half_days = list(slots)
    found = [_proposal(course, each, half_days, fees, budget_left) for each in candidates if each.lecturer.active]
    return sorted(found, key=lambda each: (not each.suitable, -each.score, each.lecturer.id))


def fee_of(lecturer: Lecturer, hours: int, fees: FeeRules) -> Decimal | None:
    """Return the most that so many class hours of a lecturer may cost. Source: 财行〔2016〕540号 art. 10."""
    rule = fees.by_grade.get(lecturer.grade)
    return None if rule is None else rule[0] * hours


def _proposal(
    course: Course, candidate: Candidate, slots: list[Slot], fees: FeeRules, budget_left: Decimal | None
) -> Proposal:
    lecturer = candidate.lecturer
    fee = fee_of(lecturer, course.hours, fees)
    grounds = [_expertise(course, lecturer), _availability(course, candidate, slots, fees)]
    grounds += _fee(lecturer, course, fees, fee, budget_left)
    if lecturer.out_of_town:
        grounds.append(
            Ground(
                "out-of-town",
                _AWAY_FROM_HOME,
                "外地教师，城市间交通和住宿按差旅费规定另计",
                "comes from out of town: travel and lodging are paid on top, by the rules of official travel",
            )
        )
    grounds.append(_load(candidate))
    return Proposal(lecturer, tuple(grounds), fee)


def _expertise(course: Course, lecturer: Lecturer) -> Ground:
    exact = [each for each in lecturer.expertise if each in course.expertise]
    if exact:
        return Ground("expertise", _EXACT, f"专长“{exact[0]}”与课程要求一致", f"teaches {exact[0]!r}, as is wanted")
    near = [(have, want) for have in lecturer.expertise for want in course.expertise if have in want or want in have]
    if near:
        have, want = near[0]
        return Ground("expertise", _NEAR, f"专长“{have}”接近课程要求的“{want}”", f"teaches {have!r}, near to {want!r}")
    named = [each for each in lecturer.expertise if each in course.title]
    if named:
        return Ground(
            "expertise", _BY_TITLE, f"专长“{named[0]}”见于课程名称", f"teaches {named[0]!r}, named in the title"
        )
    if not course.expertise:
        return Ground("expertise", _ANYBODY, "课程未指明所需专长", "the course wants no particular expertise")
    wanted, wanted_en = "、".join(course.expertise), ", ".join(course.expertise)
    return Ground("expertise", 0, f"专长与课程要求（{wanted}）不符", f"does not teach {wanted_en}", bars=True)


def _availability(course: Course, candidate: Candidate, slots: list[Slot], fees: FeeRules) -> Ground:
    if not slots:
        return Ground("availability", 0, "该期尚未排期，暂无法核对时间", "the term has no dates yet")
    needed = len(portions(course.hours, fees.half_day_hours))
    away = [slot for slot in slots if candidate.lecturer.is_away(*slot)]
    busy = [slot for slot in slots if slot in candidate.taken and slot not in away]
    free = len(slots) - len(away) - len(busy)
    zh = f"该期{len(slots)}个半天中{free}个有空（{len(away)}个本人不便，{len(busy)}个已有课），本课程需{needed}个"
    en = (
        f"free on {free} of {len(slots)} half-days ({len(away)} away, {len(busy)} teaching elsewhere); "
        f"the course takes {needed}"
    )
    if free < needed:
        return Ground("availability", 0, zh, en, bars=True)
    return Ground("availability", round(_FREE * free / len(slots)), zh, en)


def _fee(
    lecturer: Lecturer, course: Course, fees: FeeRules, fee: Decimal | None, budget_left: Decimal | None
) -> list[Ground]:
    zh_grade, en_grade = GRADE_NAMES.get(lecturer.grade, (lecturer.grade, lecturer.grade))
    if fee is None:
        return [Ground("fee", 0, f"没有适用于{zh_grade}的讲课费标准", f"no lecture fee is set for: {en_grade}")]
    cap, source, verified = fees.by_grade[lecturer.grade]
    dearest = max(each[0] for each in fees.by_grade.values())
    zh_source, _, en_source = source.partition(" / ")
    zh_doubt, en_doubt = ("", "") if verified else ("，未核实", ", unverified")
    found = [
        Ground(
            "fee",
            round(_CHEAP * (1 - cap / dearest)),
            f"{zh_grade}每学时不超过{cap}元，{course.hours}学时合计不超过{fee}元（税后{zh_doubt}；{zh_source}）",
            f"{en_grade}: at most {cap} yuan an hour, {fee} for {course.hours} hours "
            f"(after tax{en_doubt}; {en_source or zh_source})",
        )
    ]
    if budget_left is not None and fee > budget_left:
        found.append(
            Ground(
                "budget",
                0,
                f"讲课费{fee}元超出本期师资费余额{budget_left}元",
                f"the fee of {fee} yuan is above the {budget_left} the scheme has left for lecturers",
                bars=True,
            )
        )
    return found


def _load(candidate: Candidate) -> Ground:
    points = max(0, _RESTED - candidate.hours // 4)
    return Ground(
        "load",
        points,
        f"本年度已承担{candidate.hours}学时",
        f"has {candidate.hours} class hours this year already",
    )
