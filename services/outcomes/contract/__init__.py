"""What the outcomes service offers."""

from __future__ import annotations

from services.outcomes.contract import (
    clusters,
    handovers,
    proposal_events,
    question_events,
    question_sets,
    report_events,
)
from services.outcomes.contract.clusters import (
    CHANGE_CLUSTER,
    CLUSTER_QUESTIONS,
    GET_CLUSTER,
    GET_COVERAGE,
    LIST_CLUSTERS,
    MERGE_CLUSTERS,
    SPLIT_CLUSTER,
)
from services.outcomes.contract.handovers import (
    ANSWER_QUESTION,
    GET_HANDOVER,
    HAND_OVER_QUESTIONS,
    LIST_HANDOVERS,
    RECEIPT_HANDOVER,
)
from services.outcomes.contract.parts import Classified, WrongState
from services.outcomes.contract.proposal_events import (
    FOLLOW_UP_DUE,
    FOLLOW_UP_RECORDED,
    PROPOSAL_ANSWERED,
    PROPOSAL_FILED,
    PROPOSAL_FORWARDED,
)
from services.outcomes.contract.question_events import HANDOVER_CLOSED, QUESTION_ANSWERED, QUESTIONS_HANDED_OVER
from services.outcomes.contract.question_sets import (
    FILE_QUESTIONS,
    GET_QUESTION_SET,
    LIST_QUESTION_SETS,
    QUESTIONS_FILED,
    QuestionSetFull,
)
from services.outcomes.contract.report_events import REPORT_GRADED, REPORT_SUBMITTED, REPORTS_EXPECTED
from shared.contracts import ServiceContract
from shared.wording import Words

CONTRACT = ServiceContract(
    name="outcomes",
    title=Words("成果运用", "Outcomes"),
    operations=(*question_sets.OPERATIONS, *clusters.OPERATIONS, *handovers.OPERATIONS),
    events=(
        *question_sets.EVENTS,
        *question_events.EVENTS,
        *report_events.EVENTS,
        *proposal_events.EVENTS,
    ),
    consumes=(
        "enrollment.questions.filed.v1",
        "enrollment.roster.admitted.v1",
        "enrollment.nomination.withdrawn.v1",
        "scheduling.term.placed.v1",
        "scheduling.term.moved.v1",
        "scheduling.term.cancelled.v1",
        "scheduling.timetable.issued.v1",
    ),
)

__all__ = [
    "ANSWER_QUESTION",
    "CHANGE_CLUSTER",
    "CLUSTER_QUESTIONS",
    "CONTRACT",
    "FILE_QUESTIONS",
    "FOLLOW_UP_DUE",
    "FOLLOW_UP_RECORDED",
    "GET_CLUSTER",
    "GET_COVERAGE",
    "GET_HANDOVER",
    "GET_QUESTION_SET",
    "HANDOVER_CLOSED",
    "HAND_OVER_QUESTIONS",
    "LIST_CLUSTERS",
    "LIST_HANDOVERS",
    "LIST_QUESTION_SETS",
    "MERGE_CLUSTERS",
    "PROPOSAL_ANSWERED",
    "PROPOSAL_FILED",
    "PROPOSAL_FORWARDED",
    "QUESTIONS_FILED",
    "QUESTIONS_HANDED_OVER",
    "QUESTION_ANSWERED",
    "RECEIPT_HANDOVER",
    "REPORTS_EXPECTED",
    "REPORT_GRADED",
    "REPORT_SUBMITTED",
    "SPLIT_CLUSTER",
    "Classified",
    "QuestionSetFull",
    "WrongState",
]
