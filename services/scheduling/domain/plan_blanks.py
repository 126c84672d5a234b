"""What keeps a plan from being approved: places still open, and what contradicts itself."""

from __future__ import annotations

from dataclasses import dataclass

from services.scheduling.domain.plan import NAMES, Plan, Programme

_NEEDED = ("title", "kind", "terms", "trainees", "starts_on", "ends_on", "days")


@dataclass(frozen=True, slots=True)
class Blank:
    """A place that keeps the plan from being approved: open, or contradicting another."""

    path: str
    zh: str
    en: str


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
    return found + _days_beyond(programme, path, zh, en) + _too_many_sent(programme, path, zh, en)


def _days_beyond(programme: Programme, path: str, zh: str, en: str) -> list[Blank]:
    found = []
    for index, need in enumerate(programme.lecturers):
        late = [day for day in need.days if day > (programme.days or 0)]
        if late:
            found.append(
                Blank(
                    f"{path}.lecturers.{index}.days",
                    f"{zh}学制{programme.days}天，却需要教师{need.lecturer_id}在第{late[0]}天授课",
                    f"{en} takes {programme.days} days and needs {need.lecturer_id} on day {late[0]}",
                )
            )
    return found


def _too_many_sent(programme: Programme, path: str, zh: str, en: str) -> list[Blank]:
    sent, smallest = sum(each.people for each in programme.shares), (programme.trainees or 0) // (programme.terms or 1)
    if sent <= smallest:
        return []
    return [
        Blank(
            f"{path}.shares",
            f"{zh}每期{smallest}人，各单位合计却有{sent}人",
            f"{en} has {smallest} people a term, and the units send {sent}",
        )
    ]
