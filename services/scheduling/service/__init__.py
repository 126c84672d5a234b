"""The scheduling service: entrypoints, each one line into a command or a query; one module an aggregate."""

from __future__ import annotations

from services.scheduling import contract, store
from services.scheduling.service.feeds import FeedEntrypoints
from services.scheduling.service.figures import FigureEntrypoints
from services.scheduling.service.invitations import InvitationEntrypoints
from services.scheduling.service.lecturers import LecturerEntrypoints
from services.scheduling.service.placements import PlacementEntrypoints
from services.scheduling.service.places import PlaceEntrypoints
from services.scheduling.service.plans import PlanEntrypoints
from services.scheduling.service.retimings import RetimingEntrypoints
from services.scheduling.service.schemes import SchemeEntrypoints
from services.scheduling.service.sending_units import SendingUnitEntrypoints
from services.scheduling.service.surveys import SurveyEntrypoints
from services.scheduling.service.table_imports import TableImportEntrypoints
from services.scheduling.service.terms import TermEntrypoints
from services.scheduling.service.timetable_solves import TimetableSolveEntrypoints
from services.scheduling.service.timetables import TimetableEntrypoints
from shared.runtime import Kit


class SchedulingService(
    PlanEntrypoints,
    TermEntrypoints,
    PlaceEntrypoints,
    SendingUnitEntrypoints,
    PlacementEntrypoints,
    LecturerEntrypoints,
    SchemeEntrypoints,
    TimetableSolveEntrypoints,
    InvitationEntrypoints,
    TimetableEntrypoints,
    RetimingEntrypoints,
    FeedEntrypoints,
    TableImportEntrypoints,
    SurveyEntrypoints,
    FigureEntrypoints,
):
    """Plans, terms, rooms and beds, the working-day calendar, placements, timetables."""

    name = "scheduling"
    kit = Kit(contract.CONTRACT, store.SCHEMA)
