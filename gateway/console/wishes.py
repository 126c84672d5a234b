"""What a plan asks of its year besides dates, in a planner's words: one line a programme, and who comes after whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gateway.console.asking import Asking

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wishes:
    """Of one programme: pairs of a heading and what is wanted."""

    ordinal: int
    title: str
    wanted: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PlanWishes:
    """Of a plan: programmes that want something, and orders between them."""

    programmes: tuple[Wishes, ...] = ()
    orders: tuple[str, ...] = ()


@dataclass(frozen=True)
class Titles:
    """What the plan names by identifier. A name that is not known stays the identifier."""

    lecturers: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    campuses: Mapping[str, str] = field(default_factory=dict)


def plan_wishes(asking: Asking, plan: Document, units: Mapping[str, str]) -> PlanWishes:
    """Return the wishes of a plan as ``get_plan`` replies it, with the names of whom it names."""
    programmes = plan.get("programmes")
    if not isinstance(programmes, list):  # a list of plans only counts them
        return PlanWishes()
    lecturers: dict[str, str] = {}
    campuses: dict[str, str] = {}
    if any(each.get("lecturers") for each in programmes):
        lecturers = {row["lecturer_id"]: str(row["name"]) for row in asking.rows("scheduling", "list_lecturers")}
    if any(each.get("campus_id") for each in programmes):
        campuses = {row["campus_id"]: str(row["title"]) for row in asking.rows("scheduling", "list_campuses")}
    titles = Titles(lecturers, units, campuses)
    lines = (wishes_of(each, titles) for each in sorted(programmes, key=lambda each: int(each["ordinal"])))
    return PlanWishes(
        tuple(line for line in lines if line.wanted),
        tuple(order_words(each) for each in plan.get("orders") or ()),
    )


def wishes_of(programme: Document, titles: Titles = Titles()) -> Wishes:
    """Return what a programme wants; nothing stands for what is left open."""
    given = {name: programme.get(name) for name in (*_SINGLE, "months", "lecturers", "shares")}
    wanted = []
    if given["months"]:
        wanted.append(("优先月份", "、".join(f"{month}月" for month in given["months"])))
    for name, (heading, words) in _SINGLE.items():
        value = given[name]
        if value is not None:
            wanted.append((heading, words.format(titles.campuses.get(value, value) if name == "campus_id" else value)))
    if given["lecturers"]:
        wanted.append(("需要的讲师", "、".join(_lecturer(each, titles) for each in given["lecturers"])))
    if given["shares"]:
        wanted.append(("每期派员", _shares(given["shares"], titles)))
    return Wishes(int(programme["ordinal"]), str(programme.get("title") or ""), tuple(wanted))


def order_words(order: Document) -> str:
    """Return an order between programmes or terms in words."""
    delay = int(order.get("delay_days") or 0)
    return f"{_end(order['after'])}在{_end(order['before'])}结束{f'至少 {delay} 天' if delay else ''}之后开班"


_SINGLE = {
    "min_gap_days": ("两期之间", "至少空 {} 天"),
    "spacing_days": ("开班间隔", "宜相隔 {} 天"),
    "bed_kind": ("床位类型", "{}"),
    "room_kind": ("教室类型", "{}"),
    "campus_id": ("指定校区", "{}"),
}


def _lecturer(need: Document, titles: Titles) -> str:
    name = titles.lecturers.get(need["lecturer_id"], need["lecturer_id"])
    days: Sequence[int] = need.get("days") or ()
    return f"{name}（第{'、'.join(str(day) for day in days)}天）" if days else f"{name}（每天）"


def _shares(shares: Sequence[Document], titles: Titles) -> str:
    named = [f"{titles.units.get(each['unit_id'], each['unit_id'])} {each['people']} 人" for each in shares]
    people = sum(int(each["people"]) for each in shares)
    return "、".join(named) + (f"，共 {people} 人" if len(named) > 1 else "")


def _end(end: Document) -> str:
    term = end.get("term")
    return f"第 {end['programme']} 班第 {term} 期" if term else f"第 {end['programme']} 班"
