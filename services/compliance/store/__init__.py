"""MongoDB collections of the compliance service, one module an aggregate."""

from services.compliance.store.attendance import BOOKS, ROLLS
from services.compliance.store.briefing import BRIEFINGS
from services.compliance.store.closing import ARCHIVES, CLOSINGS, PIECES
from services.compliance.store.completion import COMPLETIONS
from services.compliance.store.health import DECLARATIONS, PURGES
from services.compliance.store.incident import INCIDENTS, OBJECTIONS
from services.compliance.store.leave import LEAVES
from services.compliance.store.return_to_post import RETURNS
from services.compliance.store.term import TERMS
from services.compliance.store.timetable import TIMETABLES
from services.compliance.store.trainee import TRAINEES
from services.compliance.store.travel import BATCHES
from services.compliance.store.withdrawal import CASES
from shared.city_calendar import CALENDAR
from shared.runtime import process
from shared.storage import StoreSchema

SCHEMA = StoreSchema(
    "compliance",
    collections=(
        TERMS,
        CALENDAR,
        TRAINEES,
        BRIEFINGS,
        TIMETABLES,
        ROLLS,
        BOOKS,
        LEAVES,
        CASES,
        INCIDENTS,
        OBJECTIONS,
        BATCHES,
        RETURNS,
        DECLARATIONS,
        PURGES,
        COMPLETIONS,
        CLOSINGS,
        ARCHIVES,
        PIECES,
        process.ROWS,
    ),
)
