"""Health declarations: given on consent, opened for their purpose, taken back, and deleted with proof."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from deploy.local.journey import Journey
from deploy.local.waiting import wait_until
from deploy.local.year.people import ids, trainees
from services.compliance.contract.health import (
    DECLARE_MY_HEALTH,
    LIST_HEALTH_PURGES,
    OPEN_HEALTH_DECLARATION,
    VERIFY_HEALTH_PURGE,
    WITHDRAW_MY_CONSENT,
)

_DECLARE = 4
_KEPT = timedelta(days=15)


def declare(journey: Journey, term: dict[str, Any]) -> str:
    """Have some people declare; one of the declarations is opened, one taken back."""
    people = journey.remembered("health/people", lambda: ids(trainees(journey, term["term_id"]))[:_DECLARE])
    well = {"purpose": "entry_check", "consent": True, "fit": True, "symptoms": False, "contact": False}
    made = [
        journey.cast.trainee(who).call(DECLARE_MY_HEALTH, well, step=f"health/{who}") for who in people
    ]  # fmt: skip
    look = {"declaration_id": made[0]["declaration_id"], "purpose": "entry_check"}
    journey.cast.school.call(OPEN_HEALTH_DECLARATION, look)
    back = {"declaration_id": made[-1]["declaration_id"]}
    journey.cast.trainee(people[-1]).call(WITHDRAW_MY_CONSENT, back, step="health/withdrawal")
    return f"{len(made)} 份健康申报，1 份撤回同意即时删除"


def purge(journey: Journey, term: dict[str, Any]) -> str:
    """Go on to the day after they may be kept, and hold the proofs of deletion against what is left."""
    journey.go_on_until(date.fromisoformat(term["ends_on"]) + _KEPT)
    which = {"term_id": term["term_id"]}
    proofs = wait_until(
        lambda: _expired(journey, which), "健康申报到期清除", "health declarations deleted on their day"
    )
    verdicts = [
        journey.gateway.call(VERIFY_HEALTH_PURGE, {"proof_id": proof["proof_id"]}) for proof in proofs
    ]  # fmt: skip
    holds = sum(verdict["holds"] for verdict in verdicts)
    return f"清除 {sum(proof['count'] for proof in proofs)} 份，{holds} 份清除证明核验属实"


def _expired(journey: Journey, which: dict[str, str]) -> list[dict[str, Any]] | None:
    proofs = list(journey.gateway.pages(LIST_HEALTH_PURGES, which))
    return proofs if any(proof["cause"] == "expired" for proof in proofs) else None
