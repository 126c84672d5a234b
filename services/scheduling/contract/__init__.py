"""What the scheduling service offers: plans, terms, rooms and beds, the calendar, placements, and the teaching.

What other services need stands here; every operation stands in the module of its aggregate.
"""

from __future__ import annotations

from services.scheduling.contract import (
    events,
    feeds,
    figures,
    invitations,
    lecturer_events,
    lecturers,
    notices,
    placement_adoptions,
    placement_previews,
    placements,
    places,
    plans,
    process_events,
    retiming_events,
    retimings,
    scheme_events,
    schemes,
    sending_units,
    survey_events,
    surveys,
    table_imports,
    terms,
    timetable_drafts,
    timetable_events,
    timetable_solves,
    timetables,
)
from services.scheduling.contract.events import (
    PLACEMENT_CONCLUDED,
    PLACEMENT_REQUESTED,
    PLAN_PUBLISHED,
    TERM_CANCELLED,
    TERM_MOVED,
    TERM_PLACED,
)
from services.scheduling.contract.figures import GET_SCHEDULING_FIGURES
from services.scheduling.contract.invitations import GET_INVITATION
from services.scheduling.contract.lecturer_events import (
    INVITATION_LAPSED,
    INVITATION_WITHDRAWN,
    LECTURER_CONFIRMED,
    LECTURER_DECLINED,
    LECTURER_INVITED,
)
from services.scheduling.contract.lecturers import GET_LECTURER
from services.scheduling.contract.notices import READ_NOTICE, NotANotice
from services.scheduling.contract.parts import (
    NothingToPlaceIn,
    PlacementRunning,
    PlanAlreadyApproved,
    PlanNotApproved,
    PlanUnfinished,
    SchedulerUnknown,
    TermClash,
    TermHasAdmitted,
    TermIsCancelled,
)
from services.scheduling.contract.placements import GET_PLACEMENT, LIST_PLACEMENTS, PLACE_TERMS
from services.scheduling.contract.places import (
    CLEAR_CALENDAR_DAY,
    GET_NOTICE_DEADLINE,
    LIFT_BLACKOUT,
    LIST_BLACKOUTS,
    LIST_CALENDAR_DAYS,
    LIST_CAMPUSES,
    LIST_ROOMS,
    PUT_BLACKOUT,
    PUT_CALENDAR_DAY,
    PUT_CAMPUS,
    PUT_ROOM,
)
from services.scheduling.contract.plans import (
    AMEND_PLAN,
    APPROVE_PLAN,
    COMPARE_PLAN,
    CREATE_PLAN,
    GET_PLAN,
    GET_PLAN_VERSION,
    LIST_PLAN_VERSIONS,
    LIST_PLANS,
)
from services.scheduling.contract.process_events import PROCESS_ADVANCED
from services.scheduling.contract.retiming_events import RETIMING_ANNOUNCED
from services.scheduling.contract.scheme_events import SCHEME_APPROVED
from services.scheduling.contract.survey_events import SURVEY_CLOSED, SURVEY_OPENED
from services.scheduling.contract.terms import CANCEL_TERM, GET_TERM, LIST_TERMS, MOVE_TERM
from services.scheduling.contract.timetable_events import TIMETABLE_ISSUED
from services.scheduling.contract.timetable_solves import (
    GET_TIMETABLE_SOLVE,
    LIST_TIMETABLE_SOLVES,
    PREVIEW_TIMETABLE_CHANGE,
    SOLVE_TIMETABLE,
    STOP_TIMETABLE_SOLVE,
    TIMETABLE_SOLVE_CONCLUDED,
    TIMETABLE_SOLVE_REQUESTED,
    NoTimetableYet,
    ProblemUnsound,
)
from services.scheduling.contract.timetables import GET_TIMETABLE
from shared.contracts import ServiceContract
from shared.wording import Words

CONTRACT = ServiceContract(
    name="scheduling",
    title=Words("计划与排期", "Plans and scheduling"),
    operations=(
        *notices.OPERATIONS,
        *plans.OPERATIONS,
        *terms.OPERATIONS,
        *places.OPERATIONS,
        *sending_units.OPERATIONS,
        *placements.OPERATIONS,
        *placement_previews.OPERATIONS,
        *placement_adoptions.OPERATIONS,
        *lecturers.OPERATIONS,
        *schemes.OPERATIONS,
        *timetable_solves.OPERATIONS,
        *invitations.OPERATIONS,
        *timetables.OPERATIONS,
        *timetable_drafts.OPERATIONS,
        *retimings.OPERATIONS,
        *feeds.OPERATIONS,
        *table_imports.OPERATIONS,
        *surveys.OPERATIONS,
        *figures.OPERATIONS,
    ),
    events=(
        *events.EVENTS,
        *survey_events.EVENTS,
        *scheme_events.EVENTS,
        *lecturer_events.EVENTS,
        *timetable_events.EVENTS,
        *timetable_solves.EVENTS,
        *retiming_events.EVENTS,
        *process_events.EVENTS,
    ),
    consumes=(
        PLACEMENT_REQUESTED.type,
        PROCESS_ADVANCED.type,
        TIMETABLE_SOLVE_CONCLUDED.type,
        TIMETABLE_SOLVE_REQUESTED.type,
        "enrollment.roster.admitted.v1",
        "enrollment.nomination.withdrawn.v1",
    ),
)

__all__ = [
    "AMEND_PLAN",
    "APPROVE_PLAN",
    "CANCEL_TERM",
    "CLEAR_CALENDAR_DAY",
    "COMPARE_PLAN",
    "CONTRACT",
    "CREATE_PLAN",
    "GET_INVITATION",
    "GET_LECTURER",
    "GET_NOTICE_DEADLINE",
    "GET_PLACEMENT",
    "GET_PLAN",
    "GET_PLAN_VERSION",
    "GET_SCHEDULING_FIGURES",
    "GET_TERM",
    "GET_TIMETABLE",
    "GET_TIMETABLE_SOLVE",
    "INVITATION_LAPSED",
    "INVITATION_WITHDRAWN",
    "LECTURER_CONFIRMED",
    "LECTURER_DECLINED",
    "LECTURER_INVITED",
    "LIFT_BLACKOUT",
    "LIST_BLACKOUTS",
    "LIST_CALENDAR_DAYS",
    "LIST_CAMPUSES",
    "LIST_PLACEMENTS",
    "LIST_PLANS",
    "LIST_PLAN_VERSIONS",
    "LIST_ROOMS",
    "LIST_TERMS",
    "LIST_TIMETABLE_SOLVES",
    "MOVE_TERM",
    "PLACEMENT_CONCLUDED",
    "PLACEMENT_REQUESTED",
    "PLACE_TERMS",
    "PLAN_PUBLISHED",
    "PREVIEW_TIMETABLE_CHANGE",
    "PROCESS_ADVANCED",
    "PUT_BLACKOUT",
    "PUT_CALENDAR_DAY",
    "PUT_CAMPUS",
    "PUT_ROOM",
    "READ_NOTICE",
    "RETIMING_ANNOUNCED",
    "SCHEME_APPROVED",
    "SOLVE_TIMETABLE",
    "STOP_TIMETABLE_SOLVE",
    "SURVEY_CLOSED",
    "SURVEY_OPENED",
    "TERM_CANCELLED",
    "TERM_MOVED",
    "TERM_PLACED",
    "TIMETABLE_ISSUED",
    "TIMETABLE_SOLVE_CONCLUDED",
    "TIMETABLE_SOLVE_REQUESTED",
    "NoTimetableYet",
    "NotANotice",
    "NothingToPlaceIn",
    "PlacementRunning",
    "PlanAlreadyApproved",
    "PlanNotApproved",
    "PlanUnfinished",
    "ProblemUnsound",
    "SchedulerUnknown",
    "TermClash",
    "TermHasAdmitted",
    "TermIsCancelled",
]
