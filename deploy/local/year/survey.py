"""The needs survey: drafted and opened by the Party school, answered by every unit, the themes ranked."""

from __future__ import annotations

import hashlib
from typing import Any

from deploy.local.journey import Journey
from deploy.local.waiting import wait_until
from deploy.local.year.schemes import theme_of
from services.scheduling.contract.plans import GET_PLAN
from services.scheduling.contract.surveys import (
    ANSWER_SURVEY,
    DRAFT_SURVEY,
    GET_SURVEY_RANKING,
    OPEN_SURVEY,
)

_THEMES, _URGENT, _PEOPLE, _WISH = "themes", "urgent", "people", "wish"


def survey_needs(journey: Journey) -> str:
    """Ask every unit what it needs and rank the themes."""
    school = journey.cast.school
    plan = journey.gateway.call(GET_PLAN, {"plan_id": journey.plan_id})
    themes = [theme_of(programme["title"]) for programme in plan["programmes"]]
    asked = {
        "plan_id": journey.plan_id,
        "title": "2020 年公务员培训需求调研",
        "introduction": "请结合本单位年度重点工作填写，调研结果用于编制培训方案。",
        "questions": _questions(themes),
    }
    survey = school.call(DRAFT_SURVEY, asked, step="survey")
    which = {"survey_id": survey["survey_id"]}
    units = [unit["unit_id"] for unit in journey.sample.facts["units"]]
    due_on = journey.sample.facts["days"]["survey_due"]
    school.call(OPEN_SURVEY, {**which, "unit_ids": units, "due_on": due_on}, step="survey/opening")
    journey.each(
        units,
        lambda unit_id: journey.cast.unit(unit_id).call(
            ANSWER_SURVEY,
            {**which, "unit_id": unit_id, "answers": _answers(unit_id, themes)},
            step=f"survey/{unit_id}",
        ),
    )
    journey.go_on_to("survey_closed")
    ranking = wait_until(lambda: _final(journey, which), "需求调研到期截止", "the survey closed on its day")
    return f"{ranking['answers']} 个单位填报，需求最集中的是“{ranking['themes'][0]['title']}”"


def _final(journey: Journey, which: dict[str, Any]) -> dict[str, Any] | None:
    ranking = journey.cast.school.call(GET_SURVEY_RANKING, which)
    return ranking if ranking["final"] else None


def _questions(themes: list[str]) -> list[dict[str, Any]]:
    return [
        {"question_id": _THEMES, "kind": "rating", "text": "各专题对本单位工作的紧迫程度", "options": themes},
        {"question_id": _URGENT, "kind": "choice", "text": "最需要的三个专题", "options": themes, "most": 3},
        {"question_id": _PEOPLE, "kind": "number", "text": "全年拟参训人数", "required": False},
        {"question_id": _WISH, "kind": "text", "text": "对教学方式的建议", "required": False},
    ]


def _answers(unit_id: str, themes: list[str]) -> list[dict[str, Any]]:
    # A unit rates by what it is, so that a run repeats; the digest stands for its circumstances.
    digest = hashlib.sha256(unit_id.encode()).digest()
    stars = {theme: 1 + digest[index] % 5 for index, theme in enumerate(themes)}
    chosen = sorted(themes, key=lambda theme: -stars[theme])[:3]
    return [
        {"question_id": _THEMES, "ratings": [{"theme": theme, "stars": count} for theme, count in stars.items()]},
        {"question_id": _URGENT, "chosen": chosen},
        {"question_id": _PEOPLE, "number": 40 + digest[-1] % 40},
        {"question_id": _WISH, "text": "多安排案例教学和现场教学，少讲一般性原理。"},
    ]
