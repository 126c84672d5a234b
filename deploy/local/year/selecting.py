"""Selection beside the main line: what a programme asks of people, a return for correction, one person's two names."""

from __future__ import annotations

from typing import Any

from deploy.local.journey import Journey
from deploy.local.waiting import wait_until
from deploy.local.year.newcomers import SIGNED
from services.enrollment.contract.conditions import LIST_RANK_LEVELS, PUT_CONDITIONS
from services.enrollment.contract.matches import DECIDE_PERSON_MATCH, LIST_PERSON_MATCHES
from services.enrollment.contract.nominations import (
    ATTEST_NOMINATIONS,
    CORRECT_NOMINATION,
    LIST_NOMINATIONS,
    REVIEW_NOMINATIONS,
)
from services.scheduling.contract.plans import GET_PLAN

_LOWEST = "一级科员"
SLIP = "禾"
"""The last character of a name as the unit writes it when it corrects the nomination."""


def put_conditions(journey: Journey, ordinal: int = 1) -> str:
    """Ask a rank of everybody nominated for a programme; the rules check it on every row."""
    levels = journey.gateway.call(LIST_RANK_LEVELS, {})["items"]
    lowest = next(level for level in levels if _LOWEST in level["names"])
    programmes = journey.gateway.call(GET_PLAN, {"plan_id": journey.plan_id})["programmes"]
    programme = next(each for each in programmes if each["ordinal"] == ordinal)
    asked = {"scope_id": programme["programme_id"], "lowest": lowest["code"], "source": "年度培训计划选调范围"}
    journey.gateway.call(PUT_CONDITIONS, asked, step="conditions")
    return f"{programme['title']}：{lowest['title']['zh']}以上"


def correct(journey: Journey) -> str:
    """Send one nomination back; its unit corrects and signs anew, and the organisers say that it is one person."""
    row = journey.remembered("correction", lambda: _attested(journey))
    which = {"nomination_id": row["nomination_id"]}
    back = {"nomination_ids": [row["nomination_id"]], "decision": "return", "reason_code": "identity-wrong"}
    back["note"] = "姓名与身份证不一致，请核对后重报"
    journey.gateway.call(REVIEW_NOMINATIONS, back, step="correction/returned")
    unit = journey.cast.unit(row["unit_id"])
    unit.call(CORRECT_NOMINATION, {**which, "name": row["name"][:-1] + SLIP}, step="correction/corrected")
    signed = {"nomination_ids": [row["nomination_id"]], **SIGNED}
    unit.call(ATTEST_NOMINATIONS, signed, step="correction/attested")
    match_id = journey.remembered(
        "correction/match",
        lambda: wait_until(lambda: _open_match(journey, row), "疑似同一人待确认", "a match to decide"),
    )
    word = {"match_id": match_id, "decision": "same", "note": "已核对身份证，原名单笔误"}
    journey.gateway.call(DECIDE_PERSON_MATCH, word, step="correction/decided")
    return "1 人退回修改后重报，1 组疑似同一人经核实确认"


def _attested(journey: Journey) -> dict[str, Any]:
    wanted = {"term_id": journey.shown[-1]["term_id"], "state": "attested"}
    rows = journey.gateway.pages(LIST_NOMINATIONS, wanted)
    row = min((each for each in rows if each["outcome"] != "refused"), key=journey.order)
    return {name: row[name] for name in ("nomination_id", "unit_id", "name")}


def _open_match(journey: Journey, row: dict[str, Any]) -> str | None:
    rows = journey.gateway.pages(LIST_PERSON_MATCHES, {})
    asked = (each for each in rows if row["nomination_id"] in [side["nomination_id"] for side in each["sides"]])
    return next((str(each["match_id"]) for each in asked if each["kind"] == "names"), None)
