"""Client of Outcomes (成果运用).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.outcomes.clusters import ClustersCalls
from gateway.client.outcomes.evaluations import EvaluationsCalls
from gateway.client.outcomes.exports import ExportsCalls
from gateway.client.outcomes.figures import FiguresCalls
from gateway.client.outcomes.handovers import HandoversCalls
from gateway.client.outcomes.proposals import ProposalsCalls
from gateway.client.outcomes.question_sets import QuestionSetsCalls
from gateway.client.outcomes.report_collections import ReportCollectionsCalls
from gateway.client.outcomes.reports import ReportsCalls
from gateway.client.outcomes.reviews import ReviewsCalls
from gateway.client.outcomes.similarities import SimilaritiesCalls
from gateway.client.outcomes.topics import TopicsCalls


class Outcomes(
    ClustersCalls,
    EvaluationsCalls,
    ExportsCalls,
    FiguresCalls,
    HandoversCalls,
    ProposalsCalls,
    QuestionSetsCalls,
    ReportCollectionsCalls,
    ReportsCalls,
    ReviewsCalls,
    SimilaritiesCalls,
    TopicsCalls,
):
    """成果运用 / Outcomes."""
