"""Before a term opens: the units' briefing, acknowledged by unit and, by link, by trainees themselves."""

from __future__ import annotations

from typing import Any

from deploy.local.journey import Journey
from deploy.local.year.people import ids, trainees
from services.compliance.contract.briefings import ACKNOWLEDGE_BRIEFING, ACKNOWLEDGE_MY_BRIEFING, LIST_BRIEFINGS

_THEMSELVES = 6
"""How many of each term acknowledge by personal link as well."""


def brief(journey: Journey, terms: list[dict[str, Any]], themselves: int = _THEMSELVES) -> str:
    """Have every unit acknowledge, and some of the trainees themselves."""
    briefings = [
        row for term in terms for row in journey.gateway.pages(LIST_BRIEFINGS, {"term_id": term["term_id"]})
    ]  # fmt: skip

    def acknowledge(row: dict[str, Any]) -> None:
        said = {"briefing_id": row["briefing_id"], "signer": "干部科负责人", "note": "已集中学习学员管理规定"}
        journey.cast.unit(row["unit_id"]).call(ACKNOWLEDGE_BRIEFING, said, step=f"briefing/{row['briefing_id']}")

    due = [row for row in briefings if row["state"] != "cancelled"]
    journey.each(due, acknowledge)
    people = [who for term in terms for who in ids(trainees(journey, term["term_id"]))[:themselves]]
    journey.each(
        people,
        lambda who: journey.cast.trainee(who).call(ACKNOWLEDGE_MY_BRIEFING, {}, step=f"briefing/{who}"),
    )
    return f"{len(due)} 份单位纪律提醒，{len(people)} 名学员本人确认"
