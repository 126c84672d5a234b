"""Policy proposals: filed, forwarded to a department, adopted or declined, and followed after three and six months."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from deploy.local.journey import Journey
from deploy.local.year.people import ids, trainees
from services.outcomes.contract.proposals import (
    ANSWER_PROPOSAL,
    FILE_PROPOSAL,
    FORWARD_PROPOSAL,
    GET_PROPOSAL,
    LIST_PROPOSALS,
    RECORD_FOLLOW_UP,
)

_FILED = 3
_FORWARDED, _ANSWERED = timedelta(days=12), timedelta(days=20)
_ANSWERS = (
    ("adopted", "建议具体可行，已列入本部门年度重点工作，由业务科室牵头落实。"),
    ("partly_adopted", "数据标准部分予以采纳，机构调整须另行研究。"),
    ("declined", "现行规定已有安排，暂不采纳，感谢关注。"),
)
_FOLLOWED = {3: "已印发工作方案，三个试点单位启动实施。", 6: "试点全部完成，报表压减四成，转入常态运行。"}


def propose(
    journey: Journey, term: dict[str, Any], forwarded: timedelta = _FORWARDED, answered: timedelta = _ANSWERED
) -> str:  # fmt: skip
    """File, forward and answer some proposals, so long after the term."""
    ends_on = date.fromisoformat(term["ends_on"])
    people = journey.remembered("proposals/people", lambda: ids(trainees(journey, term["term_id"]))[:_FILED])
    departments = [unit["unit_id"] for unit in journey.sample.facts["units"] if unit["kind"] == "department"]
    filed = [_file(journey, number, who) for number, who in enumerate(people)]
    journey.go_on_until(ends_on + forwarded)
    for number, proposal_id in enumerate(filed):
        to = {"proposal_id": proposal_id, "receiving_unit_id": departments[number % len(departments)]}
        journey.gateway.call(FORWARD_PROPOSAL, to, step=f"proposal/{number}/forwarding")
    journey.go_on_until(ends_on + answered)
    for number, proposal_id in enumerate(filed):
        decision, words = _ANSWERS[number]
        said = {"proposal_id": proposal_id, "decision": decision, "answer": words}
        desk = journey.cast.unit(departments[number % len(departments)])
        desk.call(ANSWER_PROPOSAL, said, step=f"proposal/{number}/answer")
    return f"{len(filed)} 件政策建议转交部门并获答复"


def follow(journey: Journey, month: int) -> str:
    """Have the departments record how far they have come, on the day it is due."""
    due = [row for row in _adopted(journey) if row["next_follow_up_on"] is not None]
    for row in due:
        whole = journey.gateway.call(GET_PROPOSAL, {"proposal_id": row["proposal_id"]})
        day = next(each["due_on"] for each in whole["follow_ups"] if each["month"] == month)
        journey.go_on_until(date.fromisoformat(day))
        progress = "completed" if month == max(_FOLLOWED) and row["state"] == "adopted" else "in_progress"
        said = {"proposal_id": row["proposal_id"], "month": month, "progress": progress, "evidence": _FOLLOWED[month]}
        desk = journey.cast.unit(row["receiving_unit_id"])
        desk.call(RECORD_FOLLOW_UP, said, step=f"proposal/{row['proposal_id']}/{month}")
    return f"{len(due)} 件采纳建议 {month} 个月跟踪"


def _file(journey: Journey, number: int, who: str) -> str:
    proposal = {
        "title": f"关于压减基层重复报表的建议（{number + 1}）",
        "body": "建议由市级统一数据标准，建立一次采集、多方共用的机制，按季度公布减负清单，由牵头部门督促落实。",
    }
    filed = journey.cast.trainee(who).call(FILE_PROPOSAL, proposal, step=f"proposal/{number}")
    return str(filed["proposal_id"])


def _adopted(journey: Journey) -> list[dict[str, Any]]:
    rows = journey.gateway.pages(LIST_PROPOSALS, {})
    return [row for row in rows if row["state"] in ("adopted", "partly_adopted")]
