"""The epidemic's summer window: previewed in full, carried out as shown, and told once."""

from __future__ import annotations

from typing import Any

from deploy.local.journey import Journey
from deploy.local.planning import blackout
from deploy.local.waiting import wait_until
from services.scheduling.contract.retimings import GET_RETIMING, PREVIEW_RETIMING, RETIME_TERMS

_REASON = "局部疫情防控，按市指挥部要求暂停聚集性培训"


def postpone(journey: Journey) -> str:
    """Announce the closed weeks and postpone the terms in them."""
    facts = journey.sample.facts
    closed = next(each for each in facts["blackouts"] if each["announced_on"])
    journey.go_on_to("epidemic")
    wanted = {
        "plan_id": journey.plan_id,
        "blackout": blackout(closed, facts["city"]["unit_id"]),
        "reason_code": "epidemic",
        "reason": _REASON,
    }
    if journey.answers.get("retiming") is None:
        seen = journey.cast.school.call(PREVIEW_RETIMING, wanted)
        wanted["digest"] = seen["digest"]
    begun = journey.cast.school.call(RETIME_TERMS, wanted, step="retiming")
    done = wait_until(lambda: _done(journey, begun["retiming_id"]), "统一调整完成", "retiming carried out")
    moved = {row["term_id"]: row["after"] for row in done["rows"] if row["after"]}
    journey.terms = [{**term, **moved.get(term["term_id"], {})} for term in journey.terms]
    people = sum(row["admitted"] for row in done["rows"])
    kinds = "、".join(f"{each['key']} {each['count']}" for each in done["consequences"] if each["count"])
    return f"{len(done['rows'])} 期延期，涉及学员 {people} 人（{kinds}）"


def _done(journey: Journey, retiming_id: str) -> dict[str, Any] | None:
    row = journey.cast.school.call(GET_RETIMING, {"retiming_id": retiming_id})
    return None if row["state"] == "running" else row
