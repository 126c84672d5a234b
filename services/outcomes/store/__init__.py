"""MongoDB collections of the outcomes service; one module an aggregate."""

from __future__ import annotations

from services.outcomes.store.clusters import BOARDS, CLUSTERS, HANDOVERS
from services.outcomes.store.evaluations import EVALUATIONS
from services.outcomes.store.proposals import PROPOSALS
from services.outcomes.store.question_sets import QUESTION_SETS
from services.outcomes.store.report_collections import REPORT_COLLECTIONS
from services.outcomes.store.reports import PREPARATIONS, REPORT_PARTS, REPORTS, SIMILARITIES, TOPICS
from services.outcomes.store.reviews import PANELS, REVIEWS
from services.outcomes.store.terms import ROSTERS, TERMS, TIMETABLES
from shared.storage import StoreSchema

SCHEMA = StoreSchema(
    "outcomes",
    collections=(
        QUESTION_SETS,
        BOARDS,
        CLUSTERS,
        HANDOVERS,
        TOPICS,
        REPORTS,
        REPORT_PARTS,
        PREPARATIONS,
        SIMILARITIES,
        PANELS,
        REVIEWS,
        REPORT_COLLECTIONS,
        PROPOSALS,
        EVALUATIONS,
        TERMS,
        ROSTERS,
        TIMETABLES,
    ),
)
