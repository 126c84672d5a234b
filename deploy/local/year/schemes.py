"""Training schemes: written by the Party school, one sent back for correction, approved by the organisers."""

from __future__ import annotations

from typing import Any

from deploy.local.journey import Journey
from services.scheduling.contract.plans import GET_PLAN
from services.scheduling.contract.schemes import APPROVE_SCHEME, RETURN_SCHEME, SUBMIT_SCHEME, WRITE_SCHEME

_WHOLE = 28
"""Class hours of a term: with 28, a leave of one half-day is exactly one seventh."""
_SHORT = 20
_SHORT_DAYS = 3
_FIRST_DRAFT_HOURS = 4
_BUDGET = {"lecturers": 24000, "lodging": 81600, "meals": 31200, "venue": 9000, "materials": 3000, "other": 7200}
Courses = tuple[tuple[str, str, str], ...]
_COURSES: Courses = (
    # module, form, title about a theme
    ("理论学习", "lecture", "{theme}的理论要点与政策依据"),
    ("理论学习", "lecture", "{theme}的形势任务与责任落实"),
    ("专题教学", "lecture", "{theme}中的重点难点问题"),
    ("专题教学", "lecture", "{theme}的资金项目、机制与数据支撑"),
    ("专题教学", "discussion", "{theme}典型案例研讨"),
    ("实践教学", "field", "{theme}现场教学"),
    ("研讨交流", "discussion", "{theme}结构化研讨与成果交流"),
)
_HOURS_A_COURSE = 4


def theme_of(programme_title: str) -> str:
    """Return what a programme is about."""
    return programme_title.removesuffix("专题培训班").removesuffix("专题研讨班")


def write_schemes(journey: Journey) -> str:
    """Have a scheme for every programme in force; the first one goes back once, for want of hours."""
    journey.go_on_to("schemes")
    plan = journey.gateway.call(GET_PLAN, {"plan_id": journey.plan_id})
    done = journey.each(plan["programmes"], lambda each: write_scheme(journey, each, returned=each["ordinal"] == 1))
    return f"{len(done)} 个培训方案已批准，共 {sum(done)} 个版本"


def write_scheme(
    journey: Journey, programme: dict[str, Any], *, returned: bool, courses: Courses = _COURSES
) -> int:  # fmt: skip
    """Have a scheme written, sent back once where ``returned``, and approved; return how many versions it took."""
    which = f"scheme/{programme['ordinal']}"
    school, organisers = journey.cast.school, journey.gateway
    versions = 1
    if returned:
        versions = 2
        short = _scheme(programme, courses[: _FIRST_DRAFT_HOURS // _HOURS_A_COURSE])
        draft = school.call(WRITE_SCHEME, short, step=f"{which}/draft")
        named = {"scheme_id": draft["scheme_id"]}
        school.call(SUBMIT_SCHEME, named, step=f"{which}/first-submission")
        reason = {"reason": "学时不足，请按调研结果补充专题教学与实践教学"}
        organisers.call(RETURN_SCHEME, {**named, **reason}, step=f"{which}/return")
    hours = _SHORT if programme["days"] <= _SHORT_DAYS else _WHOLE
    whole = _scheme(programme, courses[: hours // _HOURS_A_COURSE])
    written = school.call(WRITE_SCHEME, whole, step=f"{which}/written")
    named = {"scheme_id": written["scheme_id"]}
    school.call(SUBMIT_SCHEME, named, step=f"{which}/submission")
    organisers.call(APPROVE_SCHEME, named, step=f"{which}/approval")
    return versions


def _scheme(programme: dict[str, Any], courses: Courses) -> dict[str, Any]:
    theme = theme_of(programme["title"])
    modules: dict[str, list[dict[str, Any]]] = {}
    for module, form, title in courses:
        course = {"title": title.format(theme=theme), "form": form, "hours": _HOURS_A_COURSE, "expertise": [theme]}
        modules.setdefault(module, []).append(course)
    return {
        "programme_id": programme["programme_id"],
        "aims": f"围绕{theme}，把握政策要求，研究本职工作中的重点难点问题，形成可用的研究报告和政策建议。",
        "modules": [{"title": title, "courses": courses} for title, courses in modules.items()],
        "budget": [{"item": item, "amount": f"{amount:.2f}"} for item, amount in _BUDGET.items()],
    }
