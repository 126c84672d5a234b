"""The steps of scheduling: the notice becomes a plan, and the plan's terms find their weeks and rooms."""

from __future__ import annotations

from typing import Any

from deploy.local.journey import Journey
from deploy.local.waiting import wait_until
from services.scheduling import contract
from services.scheduling.domain.notice import read_notice

_SOLVER_SECONDS = 60.0  # on a quiet machine the best is proven in a few


def draft_plan(journey: Journey) -> str:
    """Read the notice and register the draft."""
    reading = read_notice(journey.sample.notice.read_text(encoding="utf-8"))
    draft = journey.gateway.call(contract.CREATE_PLAN, reading.draft.to_wire(), step="plan")
    journey.plan_id = draft["plan_id"]
    return f"{len(draft['programmes'])} 个班次，未读出 {len(reading.problems)} 处"


def approve_plan(journey: Journey) -> str:
    """Approve the plan: its terms come to be."""
    journey.go_on_to("notice")
    plan = journey.gateway.call(contract.APPROVE_PLAN, {"plan_id": journey.plan_id}, step="approval")
    journey.contacts = plan["contacts"]
    terms = sum(programme["terms"] for programme in plan["programmes"])
    return f"{len(plan['programmes'])} 个班次 {terms} 期"


def put_surroundings(journey: Journey) -> str:
    """Register campus, rooms and the closed periods of the epidemic."""
    facts, gateway = journey.sample.facts, journey.gateway
    city = facts["city"]["unit_id"]
    campus = {**facts["campus"], "district": f"{city}.{facts['campus']['district']}"}
    gateway.call(contract.PUT_CAMPUS, campus, step="campus")
    for room in facts["rooms"]:
        fields = {"capacity" if name == "seats" else name: value for name, value in room.items()}
        gateway.call(contract.PUT_ROOM, fields, step=f"room/{room['room_id']}")
    known = [each for each in facts["blackouts"] if not each["announced_on"]]
    for closed in known:
        gateway.call(contract.PUT_BLACKOUT, blackout(closed, city), step=f"blackout/{closed['blackout_id']}")
    return f"{len(facts['rooms'])} 间教室 {campus['beds']} 个床位，{len(known)} 个停训时段"


def place_terms(journey: Journey) -> str:
    """Let the solver put every term on the calendar."""
    request = {"plan_id": journey.plan_id, "seconds": _SOLVER_SECONDS}
    asked = journey.gateway.call(contract.PLACE_TERMS, request, step="placement")
    placement = wait_until(lambda: _concluded(journey, asked["placement_id"]), "排期完成", "terms placed")
    if placement["state"] == "failed":
        return f"排期失败：{placement['failure']['zh']}"
    rows = journey.gateway.pages(contract.LIST_TERMS, {"plan_id": journey.plan_id, "state": "placed"})
    journey.terms = sorted(rows, key=lambda term: (term["programme_ordinal"], term["ordinal"]))
    journey.shown = _shown(journey)
    journey.unplaced = [
        f"{row['label']['zh']}：{'；'.join(reason['words']['zh'] for reason in row['reasons'])}"
        for row in placement["unplaced"]
    ]
    proven = "，已证明最优" if placement["status"] == "optimal" else ""
    return f"{len(journey.terms)} 期已排定，{len(journey.unplaced)} 期无法排定{proven}"


def _shown(journey: Journey) -> list[dict[str, Any]]:
    wanted = [tuple(each) for each in journey.sample.facts["shown"]]
    found = [term for term in journey.terms if (term["programme_ordinal"], term["ordinal"]) in wanted]
    return sorted(found, key=lambda term: (term["starts_on"], term["programme_ordinal"]))


def _concluded(journey: Journey, placement_id: str) -> dict[str, Any] | None:
    placement = journey.gateway.call(contract.GET_PLACEMENT, {"placement_id": placement_id})
    return None if placement["state"] == "running" else placement


def blackout(closed: dict[str, Any], city: str) -> dict[str, Any]:
    """Return a closed period of the sample as scheduling takes it."""
    return {
        "blackout_id": closed["blackout_id"],
        "title": closed["reason"],
        "starts_on": closed["starts_on"],
        "ends_on": closed["ends_on"],
        "districts": [f"{city}.{closed['district']}"] if closed["district"] else [],
    }
