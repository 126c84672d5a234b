"""A fee standard written as a table: what stands in its JSON, read strictly.

The editions of a standard differ in figures and in a few rules, and both are data: rates by class with their items,
steps after so many days, how arrival and departure count, which items are capped by themselves, staff, lecture fees.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from services.enrollment.domain.fee_standard import BASES, GRADES, Citation
from services.enrollment.domain.money import fen_of
from services.enrollment.domain.wording import Sentence

ITEM_WORDS = {
    "lodging": Sentence("住宿费", "lodging"),
    "meals": Sentence("伙食费", "meals"),
    "venue_materials_transport": Sentence("场地、资料、交通费", "venue, materials and transport"),
    "other": Sentence("其他费用", "other costs"),
}
GRADE_WORDS = {
    "intermediate": Sentence("中级及以下职称", "intermediate and below"),
    "associate": Sentence("副高级职称", "associate senior"),
    "full": Sentence("正高级职称", "full senior"),
    "academician": Sentence("院士、全国知名专家", "academician or nationally known expert"),
}


@dataclass(frozen=True, slots=True)
class Rate:
    """What a class costs a person and day, and the items it is made of (none where the standard names none)."""

    code: str
    title: Sentence
    per_day_fen: int
    items: Mapping[str, int]
    citation: Citation
    items_citation: Citation


@dataclass(frozen=True, slots=True)
class Step:
    """From the day after ``above_days`` on, that many percent of the rate."""

    above_days: int
    percent: int
    citation: Citation


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many days of arrival and departure count: each for itself, and both together."""

    arrival_most: int
    departure_most: int
    together_most: int
    citation: Citation


@dataclass(frozen=True, slots=True)
class StaffLimit:
    """Staff at a course: not above ``percent`` of the trainees, and not above ``most`` people."""

    percent: int
    most: int
    citation: Citation


@dataclass(frozen=True, slots=True)
class LectureScale:
    """Lecture fees after tax. ``per``: ``class_hour`` or ``half_day``; ``uplift_percent``: on top, when approved."""

    per: str
    most_hours: int
    grades: Mapping[str, tuple[int, Citation]]
    uplift_percent: int | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class TableEdition:
    """One edition as it stands in the table."""

    effective_from: date
    effective_to: date | None
    title: Sentence
    applies_to: Sentence
    citation: Citation
    rates: Mapping[str, Rate]
    steps: tuple[Step, ...]
    day_count: DayCount
    item_caps: tuple[str, ...]
    staff: StaffLimit | None
    lecture: LectureScale | None


def read_table(plain: Sequence[Mapping[str, Any]]) -> tuple[TableEdition, ...]:
    """Return the editions of a table, the earliest first. Raises ``ValueError`` naming what is wrong."""
    editions = sorted((_edition(row) for row in plain), key=lambda edition: edition.effective_from)
    if not editions:
        raise ValueError("a fee table needs at least one edition")
    for earlier, later in pairwise(editions):
        if earlier.effective_to is None or earlier.effective_to >= later.effective_from:
            raise ValueError(f"the editions from {earlier.effective_from} and {later.effective_from} overlap")
    return tuple(editions)


def weakest(citation: Citation, others: Sequence[Citation]) -> Citation:
    """Return a citation that claims no more than the least certain figure that was used."""
    doubtful = next((each for each in (citation, *others) if each.basis == "unverified"), None)
    return citation if doubtful is None else Citation(citation.document, doubtful.source, doubtful.basis)


def _edition(row: Mapping[str, Any]) -> TableEdition:
    citation = _citation(row, None)
    first = date.fromisoformat(row["effective_from"])
    last = date.fromisoformat(row["effective_to"]) if row.get("effective_to") else None
    if last is not None and last < first:
        raise ValueError(f"the edition from {first} ends before it begins")
    rates = {each["code"]: _rate(each, citation) for each in row.get("classes", ())}
    caps = tuple(row.get("item_caps", ()))
    for code, rate in rates.items():
        if not set(caps) <= set(rate.items):
            raise ValueError(f"class {code!r}: the capped items {sorted(caps)} are not all among its items")
    return TableEdition(
        effective_from=first,
        effective_to=last,
        title=_sentence(row["title"]),
        applies_to=_sentence(row["applies_to"]),
        citation=citation,
        rates=rates,
        steps=_steps(row.get("steps", ()), citation),
        day_count=_day_count(row.get("day_count", {}), citation),
        item_caps=caps,
        staff=_staff(row["staff"], citation) if row.get("staff") else None,
        lecture=_lecture(row["lecture"], citation) if row.get("lecture") else None,
    )


def _rate(row: Mapping[str, Any], edition: Citation) -> Rate:
    items = {name: fen_of(amount) for name, amount in row.get("items", {}).items()}
    per_day = fen_of(row["per_day"])
    if strange := set(items) - set(ITEM_WORDS):
        raise ValueError(f"class {row['code']!r} names unknown items {sorted(strange)}")
    if items and sum(items.values()) != per_day:
        raise ValueError(f"class {row['code']!r}: its items do not add up to {row['per_day']}")
    if per_day <= 0 or min(items.values(), default=1) < 0:
        raise ValueError(f"class {row['code']!r} has a rate that is not above zero")
    citation = _citation(row, edition)
    items_citation = _citation(row.get("items_from", {}), citation)
    return Rate(row["code"], _sentence(row["title"]), per_day, items, citation, items_citation)


def _steps(rows: Sequence[Mapping[str, Any]], edition: Citation) -> tuple[Step, ...]:
    steps = tuple(
        Step(_whole(row["above_days"], 1), _whole(row["percent"], 0, 100), _citation(row, edition)) for row in rows
    )
    days = [step.above_days for step in steps]
    if days != sorted(set(days)):
        raise ValueError(f"the steps must rise, got {days}")
    return steps


def _day_count(row: Mapping[str, Any], edition: Citation) -> DayCount:
    arrival, departure = _whole(row.get("arrival_most", 0), 0), _whole(row.get("departure_most", 0), 0)
    together = _whole(row.get("together_most", arrival + departure), 0)
    return DayCount(arrival, departure, together, _citation(row, edition))


def _staff(row: Mapping[str, Any], edition: Citation) -> StaffLimit:
    return StaffLimit(_whole(row["percent"], 0, 100), _whole(row["most"], 0), _citation(row, edition))


def _lecture(row: Mapping[str, Any], edition: Citation) -> LectureScale:
    citation = _citation(row, edition)
    if row["per"] not in ("class_hour", "half_day"):
        raise ValueError(f"lecture fees are per class_hour or half_day, not {row['per']!r}")
    grades: dict[str, tuple[int, Citation]] = {}
    for each in row["grades"]:
        if each["grade"] not in GRADES:
            raise ValueError(f"unknown grade {each['grade']!r}")
        grades[each["grade"]] = (fen_of(each["most"]), _citation(each, citation))
    uplift = row.get("uplift_percent")
    return LectureScale(
        row["per"],
        _whole(row["most_hours_half_day"], 1),
        grades,
        None if uplift is None else _whole(uplift, 0, 1000),
        citation,
    )


def _citation(row: Mapping[str, Any], above: Citation | None) -> Citation:
    """Return what a part says of itself; what it leaves out is that of the edition above it."""
    basis = row.get("basis", above.basis if above else None)
    if basis not in BASES:
        raise ValueError(f"the basis must be one of {', '.join(BASES)}, not {basis!r}")
    source = row.get("source", above.source if above else "")
    if not source.strip():
        raise ValueError("an edition must say where its figures come from")
    return Citation(row.get("document", above.document if above else ""), source, basis)


def _sentence(row: Mapping[str, str]) -> Sentence:
    return Sentence(row["zh"], row["en"])


def _whole(value: Any, least: int, most: int = 10_000) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ValueError(f"{value!r} is no whole number from {least} to {most}")
    return value
