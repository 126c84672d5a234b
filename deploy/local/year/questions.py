"""Questions and cases: clustered, given to the lecturers of the sessions, receipted, and answered."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from typing import Any

from deploy.local.journey import Journey
from services.outcomes.contract.clusters import CHANGE_CLUSTER, CLUSTER_QUESTIONS, LIST_CLUSTERS
from services.outcomes.contract.handovers import (
    ANSWER_QUESTION,
    GET_HANDOVER,
    HAND_OVER_QUESTIONS,
    LIST_HANDOVERS,
    RECEIPT_HANDOVER,
)
from services.scheduling.contract.timetables import GET_TIMETABLE

_OUTCOMES = ("answered", "used")


def hand_over(journey: Journey, terms: list[dict[str, Any]]) -> str:
    """Cluster what the units filed, give every cluster a session, hand over; lecturers receipt by link."""
    school = journey.cast.school
    counts = {"clusters": 0, "handovers": 0}
    for term in terms:
        which = {"term_id": term["term_id"]}
        school.call(CLUSTER_QUESTIONS, which, step=f"questions/{term['term_id']}/clusters")
        lectures = _lectures(journey, term["term_id"])
        clusters = list(school.pages(LIST_CLUSTERS, which))
        for number, cluster in enumerate(clusters):
            if cluster["session_id"] is None:
                session = lectures[number % len(lectures)]["session_id"]
                put = {"cluster_id": cluster["cluster_id"], "session_id": session}
                school.call(CHANGE_CLUSTER, put, step=f"cluster/{cluster['cluster_id']}")
        school.call(HAND_OVER_QUESTIONS, which, step=f"questions/{term['term_id']}/handover")
        handovers = list(school.pages(LIST_HANDOVERS, which))
        for row in handovers:
            lecturer = journey.cast.lecturer(row["lecturer_id"])
            receipt = {"handover_id": row["handover_id"]}
            lecturer.call(RECEIPT_HANDOVER, receipt, step=f"handover/{row['handover_id']}/receipt")
        counts["clusters"] += len(clusters)
        counts["handovers"] += len(handovers)
    return f"{counts['clusters']} 组问题，{counts['handovers']} 份转交教师并回执"


def answer(journey: Journey, terms: list[dict[str, Any]]) -> str:
    """Have the lecturers say what became of each question."""
    answered, outcomes = 0, cycle(_OUTCOMES)
    for term in terms:
        for row in journey.cast.school.pages(LIST_HANDOVERS, {"term_id": term["term_id"]}):
            answered += _answer_all(journey, row, outcomes)
    return f"{answered} 组问题已答复或用于教学"


def _answer_all(journey: Journey, row: dict[str, Any], outcomes: Iterator[str]) -> int:
    lecturer = journey.cast.lecturer(row["lecturer_id"])
    which = {"handover_id": row["handover_id"]}
    items = lecturer.call(GET_HANDOVER, which)["items"]
    for item, outcome in zip(items, outcomes, strict=False):
        text = "已在课上结合案例说明：先厘清责任清单，再由牵头部门统一口径，逐月通报进展。"
        said = {**which, "cluster_id": item["cluster_id"], "outcome": outcome, "text": text}
        lecturer.call(ANSWER_QUESTION, said, step=f"answer/{item['cluster_id']}")
    return len(items)


def _lectures(journey: Journey, term_id: str) -> list[dict[str, Any]]:
    sessions = journey.gateway.call(GET_TIMETABLE, {"term_id": term_id})["sessions"]
    return [each for each in sessions if each["lecturer_id"] is not None]
