"""A training scheme (培训方案): modules with their courses, hours and budget, and what two versions differ in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from services.scheduling.domain.plan import Change
from services.scheduling.domain.plan_blanks import Blank
from services.scheduling.domain.wire import from_wire, to_wire

Form = Literal["lecture", "discussion", "field", "self_study"]
FORM_NAMES = {
    "lecture": ("讲授", "lecture"),
    "discussion": ("研讨", "discussion"),
    "field": ("现场教学", "field teaching"),
    "self_study": ("自学", "self-study"),
}
BUDGET_ITEMS = {
    "lecturers": ("师资费", "lecturers"),
    "lodging": ("住宿费", "lodging"),
    "meals": ("伙食费", "meals"),
    "venue": ("场地费", "venue"),
    "materials": ("资料费", "materials"),
    "transport": ("交通费", "transport"),
    "other": ("其他费用", "other"),
}
"""The items of a training budget. Source: 财行〔2016〕540号 art. 8."""


@dataclass(frozen=True, slots=True)
class Course:
    """A course of a scheme; ``hours`` are class hours in one term, ``morning``: better held in the morning."""

    course_id: str
    title: str
    form: Form
    hours: int
    expertise: tuple[str, ...] = ()
    morning: bool = False
    room_kind: str | None = None


@dataclass(frozen=True, slots=True)
class Module:
    """A module with its courses in order."""

    module_id: str
    title: str
    courses: tuple[Course, ...] = ()


@dataclass(frozen=True, slots=True)
class BudgetItem:
    """What one item may cost a term; ``amount`` is a decimal text in yuan."""

    item: str
    amount: str


@dataclass(frozen=True, slots=True)
class Scheme:
    """What a scheme says, apart from its state and version."""

    aims: str = ""
    modules: tuple[Module, ...] = ()
    budget: tuple[BudgetItem, ...] = ()

    @property
    def hours(self) -> int:
        """Class hours of all courses."""
        return sum(course.hours for _, course in self.courses())

    @property
    def total(self) -> Decimal:
        """The whole budget of a term in yuan."""
        return sum((Decimal(each.amount) for each in self.budget), Decimal(0))

    def courses(self) -> Iterator[tuple[Module, Course]]:
        """Yield every course with its module, in order."""
        return ((module, course) for module in self.modules for course in module.courses)


def scheme_of(wire: dict[str, Any]) -> Scheme:
    """Rebuild a scheme from plain data."""
    return from_wire(Scheme, wire)


def portions(hours: int, most: int) -> list[int]:
    """Return how a course's hours are shared out over half-days of at most ``most`` hours, evenly, larger first."""
    count = -(-hours // most)
    share, rest = divmod(hours, count)
    return [share + (index < rest) for index in range(count)]


def shortcomings(scheme: Scheme, days: int | None, day_hours: int) -> list[Blank]:
    """Return what keeps a scheme from being submitted; ``days`` is the length of a term, ``None`` while open."""
    found = []
    if not scheme.aims.strip():
        found.append(Blank("aims", "培训目标未填写", "the aims are not written"))
    if not any(True for _ in scheme.courses()):
        found.append(Blank("modules", "方案没有任何课程", "the scheme has no course"))
    for index, module in enumerate(scheme.modules):
        if not module.courses:
            found.append(
                Blank(f"modules.{index}", f"模块“{module.title}”没有课程", f"the module {module.title!r} has no course")
            )
    if not scheme.budget:
        found.append(Blank("budget", "未编列经费预算", "there is no budget"))
    if days is None:
        found.append(Blank("days", "年度计划尚未确定该班学制", "the plan does not say how long the programme is"))
    elif scheme.hours > days * day_hours:
        found.append(
            Blank(
                "hours",
                f"课程共{scheme.hours}学时，学制{days}天、每天{day_hours}学时，最多只能安排{days * day_hours}学时",
                f"the courses take {scheme.hours} hours; {days} days of {day_hours} hours hold {days * day_hours}",
            )
        )
    return found


def changes(before: Scheme, after: Scheme) -> list[Change]:
    """Return what differs between two versions; modules and courses are the same when their identifiers are."""
    found = []
    if before.aims != after.aims:
        found.append(Change("aims", before.aims, after.aims, "培训目标有调整", "the aims changed"))
    old = {course.course_id: (module, course) for module, course in before.courses()}
    new = {course.course_id: (module, course) for module, course in after.courses()}
    for course_id, (module, course) in old.items():
        if course_id not in new:
            zh, en = f"取消课程“{course.title}”（{module.title}）", f"the course {course.title!r} was removed"
            found.append(Change(f"courses.{course_id}", to_wire(course), None, zh, en))
    for course_id, (module, course) in new.items():
        if course_id in old:
            found += _course_changes(*old[course_id], module, course)
        else:
            zh = f"新增课程“{course.title}”（{module.title}，{course.hours}学时）"
            en = f"the course {course.title!r} was added ({course.hours} hours)"
            found.append(Change(f"courses.{course_id}", None, to_wire(course), zh, en))
    return found + _budget_changes(before, after)


_COURSE_FIELDS = {
    "title": ("名称", "title"),
    "form": ("形式", "form"),
    "hours": ("学时", "hours"),
    "expertise": ("所需专长", "wanted expertise"),
    "morning": ("是否宜在上午", "whether it is better held in the morning"),
    "room_kind": ("教室类型", "kind of room"),
}


def _course_changes(old_module: Module, old: Course, module: Module, course: Course) -> list[Change]:
    found = []
    path, here = f"courses.{course.course_id}", f"课程“{course.title}”"
    before, after = to_wire(old), to_wire(course)
    for name, (zh, en) in _COURSE_FIELDS.items():
        if before[name] != after[name]:
            was, now = (_shown(name, each[name]) for each in (before, after))
            words = (
                f"{here}的{zh}由{was[0]}改为{now[0]}",
                f"the {en} of {course.title!r} went from {was[1]} to {now[1]}",
            )
            found.append(Change(f"{path}.{name}", before[name], after[name], *words))
    if old_module.title != module.title:
        words = (
            f"{here}由模块“{old_module.title}”调到“{module.title}”",
            f"{course.title!r} went from the module {old_module.title!r} to {module.title!r}",
        )
        found.append(Change(f"{path}.module", old_module.title, module.title, *words))
    return found


def _shown(name: str, value: Any) -> tuple[str, str]:
    if name == "form":
        return FORM_NAMES[value]
    if isinstance(value, bool):
        return ("是", "yes") if value else ("否", "no")
    if isinstance(value, list):
        return "、".join(value) or "无", ", ".join(value) or "none"
    return ("未定", "none") if value is None else (f"“{value}”" if isinstance(value, str) else str(value), str(value))


def _budget_changes(before: Scheme, after: Scheme) -> list[Change]:
    old = {each.item: each.amount for each in before.budget}
    new = {each.item: each.amount for each in after.budget}
    found = []
    for item in [*old, *(item for item in new if item not in old)]:
        was, now = old.get(item), new.get(item)
        if was != now:
            zh, en = BUDGET_ITEMS[item]
            words = f"{zh}由{was or '0'}元改为{now or '0'}元", f"{en}: from {was or '0'} to {now or '0'} yuan"
            found.append(Change(f"budget.{item}", was, now, *words))
    return found
