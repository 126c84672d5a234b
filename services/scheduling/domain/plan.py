"""A yearly plan: what it says, what is still open in it, how it is amended and what that changes."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

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
class Programme:
    """A programme of the plan; ``trainees`` are those of all its terms together."""

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


@dataclass(frozen=True, slots=True)
class Plan:
    """What a plan says, apart from its state and version."""

    year: int | None = None
    title: str | None = None
    programmes: tuple[Programme, ...] = ()
    replacement_notice_days: int | None = None
    replacement_day_kind: Literal["calendar", "working"] | None = None
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class Blank:
    """A place that keeps the plan from being approved: open, or contradicting another."""

    path: str
    zh: str
    en: str


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
    "ordinal": ("序号", "ordinal"),
    "replacement_notice_days": ("更换学员提前天数", "days of notice for a replacement"),
    "replacement_day_kind": ("提前天数的计算方式", "kind of those days"),
    "contacts": ("联系人", "contacts"),
}
_NEEDED = ("title", "kind", "terms", "trainees", "starts_on", "ends_on", "days")


def plan_of(wire: dict[str, Any]) -> Plan:
    """Rebuild a plan from plain data; unknown fields are ignored."""
    return from_wire(Plan, {field.name: wire[field.name] for field in dataclasses.fields(Plan)})


def doubled_ordinals(ordinals: list[int]) -> list[int]:
    """Return the ordinals that appear more than once."""
    return sorted({ordinal for ordinal in ordinals if ordinals.count(ordinal) > 1})


def amended(plan: Plan, head: dict[str, Any], programmes: list[Programme], removed: set[int]) -> Plan:
    """Return the plan with some head fields replaced, programmes replaced or added by ordinal, others removed."""
    kept = {each.ordinal: each for each in plan.programmes if each.ordinal not in removed}
    kept |= {each.ordinal: each for each in programmes}
    ordered = tuple(kept[ordinal] for ordinal in sorted(kept))
    return from_wire(Plan, {**to_wire(plan), **to_wire(head), "programmes": to_wire(ordered)})


def blanks(plan: Plan) -> list[Blank]:
    """Return everything that must be filled in or put right before the plan can be approved."""
    found = [_open(name, "计划", "the plan", name) for name in ("year", "title") if getattr(plan, name) is None]
    if plan.replacement_notice_days is None:
        found.append(_open("replacement_notice_days", "计划", "the plan", "replacement_notice_days"))
    if not plan.programmes:
        found.append(Blank("programmes", "计划没有任何班次", "the plan has no programme"))
    for programme in plan.programmes:
        here, zh, en = f"programmes.{programme.ordinal}", f"第{programme.ordinal}班", f"programme {programme.ordinal}"
        missing = [name for name in _NEEDED if getattr(programme, name) is None]
        found += [_open(f"{here}.{name}", zh, en, name) for name in missing]
        if not missing:
            found += _contradictions(programme, here, zh, en)
    for index, contact in enumerate(plan.contacts):
        who = contact.organisation or f"第{index + 1}个单位"
        for name, zh, en in (("person", "联系人", "contact person"), ("phone", "联系电话", "telephone number")):
            if getattr(contact, name) is None:
                found.append(Blank(f"contacts.{index}.{name}", f"{who}的{zh}未填写", f"the {en} of {who!r} is open"))
    return found


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


def _open(path: str, zh: str, en: str, name: str) -> Blank:
    return Blank(path, f"{zh}的{NAMES[name][0]}未填写", f"the {NAMES[name][1]} of {en} is open")


def _contradictions(programme: Programme, path: str, zh: str, en: str) -> list[Blank]:
    assert programme.starts_on is not None
    assert programme.ends_on is not None
    found = []
    terms, trainees, days = programme.terms or 0, programme.trainees or 0, programme.days or 0
    window = (programme.ends_on - programme.starts_on).days + 1
    if window < 1:
        found.append(Blank(f"{path}.ends_on", f"{zh}的结束日期早于开始日期", f"{en} ends before it starts"))
    elif window < days:
        found.append(
            Blank(
                f"{path}.days",
                f"{zh}学制{days}天，举办时间却只有{window}天",
                f"{en} takes {days} days and its window has {window}",
            )
        )
    if trainees < terms:
        found.append(
            Blank(
                f"{path}.trainees",
                f"{zh}有{terms}期，却只有{trainees}人",
                f"{en} has {terms} terms and only {trainees} trainees",
            )
        )
    if programme.ranges and len(programme.ranges) != terms:
        found.append(
            Blank(
                f"{path}.ranges",
                f"{zh}有{terms}期，却有{len(programme.ranges)}段举办时间",
                f"{en} has {terms} terms and {len(programme.ranges)} date ranges",
            )
        )
    for index, each in enumerate(programme.ranges):
        if each.starts_on is None or each.ends_on is None or (each.ends_on - each.starts_on).days + 1 < days:
            found.append(
                Blank(
                    f"{path}.ranges.{index}",
                    f"{zh}第{index + 1}期的举办时间不完整或短于学制",
                    f"the date range of term {index + 1} of {en} is open or too short",
                )
            )
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
