"""Client of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.scheduling.exports import ExportsCalls
from gateway.client.scheduling.feeds import FeedsCalls
from gateway.client.scheduling.figures import FiguresCalls
from gateway.client.scheduling.invitations import InvitationsCalls
from gateway.client.scheduling.lecturers import LecturersCalls
from gateway.client.scheduling.notices import NoticesCalls
from gateway.client.scheduling.placement_adoptions import PlacementAdoptionsCalls
from gateway.client.scheduling.placement_previews import PlacementPreviewsCalls
from gateway.client.scheduling.placements import PlacementsCalls
from gateway.client.scheduling.places import PlacesCalls
from gateway.client.scheduling.plans import PlansCalls
from gateway.client.scheduling.retimings import RetimingsCalls
from gateway.client.scheduling.schemes import SchemesCalls
from gateway.client.scheduling.sending_units import SendingUnitsCalls
from gateway.client.scheduling.surveys import SurveysCalls
from gateway.client.scheduling.table_imports import TableImportsCalls
from gateway.client.scheduling.terms import TermsCalls
from gateway.client.scheduling.timetable_drafts import TimetableDraftsCalls
from gateway.client.scheduling.timetable_solves import TimetableSolvesCalls
from gateway.client.scheduling.timetables import TimetablesCalls
from gateway.client.scheduling.year_versions import YearVersionsCalls


class Scheduling(
    ExportsCalls,
    FeedsCalls,
    FiguresCalls,
    InvitationsCalls,
    LecturersCalls,
    NoticesCalls,
    PlacementAdoptionsCalls,
    PlacementPreviewsCalls,
    PlacementsCalls,
    PlacesCalls,
    PlansCalls,
    RetimingsCalls,
    SchemesCalls,
    SendingUnitsCalls,
    SurveysCalls,
    TableImportsCalls,
    TermsCalls,
    TimetableDraftsCalls,
    TimetableSolvesCalls,
    TimetablesCalls,
    YearVersionsCalls,
):
    """计划与排期 / Plans and scheduling."""
