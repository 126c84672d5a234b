"""The outcomes service: the nameko class, put together from the entrypoints of its aggregates."""

from __future__ import annotations

from services.outcomes import contract, store
from services.outcomes.service.feeds import FeedEntrypoints
from services.outcomes.service.figures import FigureEntrypoints
from services.outcomes.service.proposals import ProposalEntrypoints
from services.outcomes.service.question_sets import QuestionSetEntrypoints
from services.outcomes.service.questions import QuestionEntrypoints
from services.outcomes.service.reports import ReportEntrypoints
from services.outcomes.service.reviews import ReviewEntrypoints
from shared.runtime import Kit


class OutcomesService(
    QuestionSetEntrypoints,
    QuestionEntrypoints,
    ReportEntrypoints,
    ReviewEntrypoints,
    ProposalEntrypoints,
    FigureEntrypoints,
    FeedEntrypoints,
):
    """Questions and cases, research reports, policy proposals."""

    name = "outcomes"
    kit = Kit(contract.CONTRACT, store.SCHEMA)
