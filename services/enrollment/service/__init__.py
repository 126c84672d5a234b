"""The enrollment service: entrypoints, each one line into a command or a query; one module an aggregate."""

from __future__ import annotations

from services.enrollment import contract, store
from services.enrollment.service.admission import AdmissionEntrypoints
from services.enrollment.service.arrangements import ArrangementEntrypoints
from services.enrollment.service.conditions import ConditionEntrypoints
from services.enrollment.service.departures import DepartureEntrypoints
from services.enrollment.service.dossiers import DossierEntrypoints
from services.enrollment.service.fee_settlement import FeeSettlementEntrypoints
from services.enrollment.service.fees import FeeEntrypoints
from services.enrollment.service.figures import FigureEntrypoints
from services.enrollment.service.hours import HoursEntrypoints
from services.enrollment.service.lecture_fees import LectureFeeEntrypoints
from services.enrollment.service.matches import MatchEntrypoints
from services.enrollment.service.nominations import NominationEntrypoints
from services.enrollment.service.replacements import ReplacementEntrypoints
from services.enrollment.service.rosters import RosterEntrypoints
from services.enrollment.service.standby import StandbyEntrypoints
from services.enrollment.service.terms import TermEntrypoints
from services.enrollment.service.transfers import TransferEntrypoints
from services.enrollment.service.units import UnitEntrypoints
from shared.runtime import Kit


class EnrollmentService(
    UnitEntrypoints,
    TransferEntrypoints,
    RosterEntrypoints,
    NominationEntrypoints,
    MatchEntrypoints,
    AdmissionEntrypoints,
    ConditionEntrypoints,
    DossierEntrypoints,
    ArrangementEntrypoints,
    FigureEntrypoints,
    ReplacementEntrypoints,
    StandbyEntrypoints,
    DepartureEntrypoints,
    TermEntrypoints,
    FeeEntrypoints,
    LectureFeeEntrypoints,
    FeeSettlementEntrypoints,
    HoursEntrypoints,
):
    """Units, quotas, rosters, nominations, review, admission and training fees."""

    name = "enrollment"
    kit = Kit(contract.CONTRACT, store.SCHEMA)
