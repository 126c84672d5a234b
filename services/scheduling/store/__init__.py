"""MongoDB collections of the scheduling service, one module an aggregate."""

from __future__ import annotations

from services.scheduling.store.feeds import FEEDS
from services.scheduling.store.invitations import INVITATIONS
from services.scheduling.store.lecturers import LECTURERS
from services.scheduling.store.migrations import MIGRATIONS
from services.scheduling.store.placements import PLACEMENTS
from services.scheduling.store.places import BLACKOUTS, CALENDAR_DAYS, CALENDAR_TOLD, CAMPUS_SINCE, CAMPUSES, ROOMS
from services.scheduling.store.plans import PLAN_VERSIONS, PLANS, POLICIES
from services.scheduling.store.retimings import RESERVATIONS, RETIMINGS
from services.scheduling.store.schemes import SCHEME_VERSIONS, SCHEMES
from services.scheduling.store.sending_units import SENDING_UNITS
from services.scheduling.store.surveys import SURVEY_ANSWERS, SURVEYS
from services.scheduling.store.table_imports import TABLE_COPIES, TABLE_IMPORTS
from services.scheduling.store.terms import ADMISSIONS, TERM_SINCE, TERMS
from services.scheduling.store.timetable_solves import TIMETABLE_DESK, TIMETABLE_PROBLEMS, TIMETABLE_SOLVES
from services.scheduling.store.timetables import ARRANGEMENTS, SESSIONS, TIMETABLE_VERSIONS, TIMETABLES
from services.scheduling.store.year_versions import YEAR_VERSIONS
from shared.runtime.process import ROWS as PROCESSES
from shared.storage import StoreSchema

SCHEMA = StoreSchema(
    "scheduling",
    collections=(
        PLANS,
        POLICIES,
        PLAN_VERSIONS,
        TERMS,
        CAMPUSES,
        ROOMS,
        BLACKOUTS,
        CALENDAR_DAYS,
        CALENDAR_TOLD,
        SENDING_UNITS,
        PLACEMENTS,
        ADMISSIONS,
        LECTURERS,
        SCHEMES,
        SCHEME_VERSIONS,
        TIMETABLE_PROBLEMS,
        TIMETABLE_SOLVES,
        TIMETABLE_DESK,
        INVITATIONS,
        TIMETABLES,
        TIMETABLE_VERSIONS,
        SESSIONS,
        ARRANGEMENTS,
        SURVEYS,
        SURVEY_ANSWERS,
        RETIMINGS,
        RESERVATIONS,
        FEEDS,
        TABLE_IMPORTS,
        TABLE_COPIES,
        YEAR_VERSIONS,
        PROCESSES,
    ),
    migrations=MIGRATIONS,
)

__all__ = [
    "ADMISSIONS",
    "ARRANGEMENTS",
    "BLACKOUTS",
    "CALENDAR_DAYS",
    "CALENDAR_TOLD",
    "CAMPUSES",
    "CAMPUS_SINCE",
    "FEEDS",
    "INVITATIONS",
    "LECTURERS",
    "PLACEMENTS",
    "PLANS",
    "PLAN_VERSIONS",
    "POLICIES",
    "PROCESSES",
    "RESERVATIONS",
    "RETIMINGS",
    "ROOMS",
    "SCHEMA",
    "SCHEMES",
    "SCHEME_VERSIONS",
    "SENDING_UNITS",
    "SESSIONS",
    "SURVEYS",
    "SURVEY_ANSWERS",
    "TABLE_COPIES",
    "TABLE_IMPORTS",
    "TERMS",
    "TERM_SINCE",
    "TIMETABLES",
    "TIMETABLE_DESK",
    "TIMETABLE_PROBLEMS",
    "TIMETABLE_SOLVES",
    "TIMETABLE_VERSIONS",
    "YEAR_VERSIONS",
]
