"""A yearly plan: what it says, what is still open in it, how it is amended and what that changes."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from services.scheduling.domain.plan_orders import PlanOrder
from services.scheduling.domain.wire import from_wire, to_wire


@dataclass(frozen=True, slots=True)
class DateRange:
    """First and last day, both included; ``None`` while open."""

    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call at an organiser."""

    organisation: str | None = None
    person: str | None = None
    phone: str | None = None
    fax: str | None = None


@dataclass(frozen=True, slots=True)
class NeededLecturer:
    """A lecturer whom each term needs on some of its days, counted from 1; on all of them when none is named."""

    lecturer_id: str
    days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitShare:
    """How many people of a unit go to each term."""

    unit_id: str
    people: int


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme of the plan; ``trainees`` are those of all its terms together.

    ``months`` (1 to 12) are those its terms should open in, ``bed_kind`` the kind of beds its people need;
    ``spacing_days`` should lie between its openings (``None``: as the policy of the plan says).
    """

    programme_id: str
    ordinal: int
    title: str | None = None
    kind: Literal["training", "seminar"] | None = None
    terms: int | None = None
    trainees: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    days: int | None = None
    points: tuple[str, ...] = ()
    ranges: tuple[DateRange, ...] = ()
    districts: tuple[str, ...] = ()
    room_kind: str | None = None
    campus_id: str | None = None
    min_gap_days: int | None = None
    months: tuple[int, ...] = ()
    bed_kind: str | None = None
    spacing_days: int | None = None
    lecturers: tuple[NeededLecturer, ...] = ()
    shares: tuple[UnitShare, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What a plan says, apart from its state and version."""

    year: int | None = None
    title: str | None = None
    programmes: tuple[Programme, ...] = ()
    replacement_notice_days: int | None = None
    replacement_day_kind: Literal["calendar", "working"] | None = None
    contacts: tuple[Contact, ...] = ()
    orders: tuple[PlanOrder, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two versions."""

    path: str
    before: Any
    after: Any
    zh: str
    en: str


NAMES = {
    "year": ("年度", "year"),
    "title": ("名称", "title"),
    "kind": ("类别", "kind"),
    "terms": ("期数", "number of terms"),
    "trainees": ("培训人数", "number of trainees"),
    "starts_on": ("开始日期", "first day"),
    "ends_on": ("结束日期", "last day"),
    "days": ("学制", "length in days"),
    "points": ("培训内容", "topics"),
    "ranges": ("各期举办时间", "date ranges"),
    "districts": ("学员来源", "districts"),
    "room_kind": ("教室类型", "kind of room"),
    "campus_id": ("校区", "campus"),
    "min_gap_days": ("各期间隔", "gap between terms"),
    "months": ("希望开班的月份", "wanted months"),
    "bed_kind": ("床位类型", "kind of beds"),
    "lecturers": ("所需教师", "lecturers needed"),
    "shares": ("各单位每期人数", "people by unit a term"),
    "spacing_days": ("各期开班宜相隔的天数", "days between openings"),
    "ordinal": ("序号", "ordinal"),
    "replacement_notice_days": ("更换学员提前天数", "days of notice for a replacement"),
    "replacement_day_kind": ("提前天数的计算方式", "kind of those days"),
    "orders": ("先后要求", "orders between programmes"),
    "contacts": ("联系人", "contacts"),
}


def plan_of(wire: dict[str, Any]) -> Plan:
    """Rebuild a plan from plain data; unknown fields are ignored, those that older data lack mean nothing was said."""
    return from_wire(Plan, {field.name: wire[field.name] for field in dataclasses.fields(Plan) if field.name in wire})


def doubled_ordinals(ordinals: list[int]) -> list[int]:
    """Return the ordinals that appear more than once."""
    return sorted({ordinal for ordinal in ordinals if ordinals.count(ordinal) > 1})


def amended(plan: Plan, head: dict[str, Any], programmes: list[Programme], removed: set[int]) -> Plan:
    """Return the plan with some head fields replaced, programmes replaced or added by ordinal, others removed."""
    kept = {each.ordinal: each for each in plan.programmes if each.ordinal not in removed}
    kept |= {each.ordinal: each for each in programmes}
    ordered = tuple(kept[ordinal] for ordinal in sorted(kept))
    return from_wire(Plan, {**to_wire(plan), **to_wire(head), "programmes": to_wire(ordered)})


def changes(before: Plan, after: Plan) -> list[Change]:
    """Return what differs between two versions; programmes are the same when their identifier is."""
    found = []
    old, new = to_wire(before), to_wire(after)
    for name in old:
        if name != "programmes" and old[name] != new[name]:
            found.append(_change(name, "计划", "the plan", name, old[name], new[name]))
    olds = {each["programme_id"]: each for each in old["programmes"]}
    news = {each["programme_id"]: each for each in new["programmes"]}
    for id in sorted(olds.keys() | news.keys(), key=lambda id: (news.get(id) or olds[id])["ordinal"]):
        found += _programme_changes(olds.get(id), news.get(id))
    return found


def _programme_changes(old: dict[str, Any] | None, new: dict[str, Any] | None) -> list[Change]:
    if old is None and new is not None:
        path = f"programmes.{new['ordinal']}"
        return [Change(path, None, new, f"新增第{new['ordinal']}班", f"programme {new['ordinal']} was added")]
    if new is None and old is not None:
        path = f"programmes.{old['ordinal']}"
        return [Change(path, old, None, f"取消第{old['ordinal']}班", f"programme {old['ordinal']} was removed")]
    assert old is not None
    assert new is not None
    zh, en, path = f"第{new['ordinal']}班", f"programme {new['ordinal']}", f"programmes.{new['ordinal']}"
    return [_change(f"{path}.{name}", zh, en, name, old[name], new[name]) for name in old if old[name] != new[name]]


def _change(path: str, zh: str, en: str, name: str, before: Any, after: Any) -> Change:
    zh_name, en_name = NAMES[name]
    if isinstance(before, (list, dict)) or isinstance(after, (list, dict)):
        return Change(path, before, after, f"{zh}的{zh_name}有调整", f"the {en_name} of {en} changed")
    shown = ["未填" if value is None else value for value in (before, after)]
    return Change(
        path,
        before,
        after,
        f"{zh}的{zh_name}由{shown[0]}改为{shown[1]}",
        f"the {en_name} of {en} went from {before} to {after}",
    )
