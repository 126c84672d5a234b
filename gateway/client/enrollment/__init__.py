"""Client of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.enrollment.admission import AdmissionCalls
from gateway.client.enrollment.arrangements import ArrangementsCalls
from gateway.client.enrollment.conditions import ConditionsCalls
from gateway.client.enrollment.dossiers import DossiersCalls
from gateway.client.enrollment.exports import ExportsCalls
from gateway.client.enrollment.fee_assessing import FeeAssessingCalls
from gateway.client.enrollment.fee_orders import FeeOrdersCalls
from gateway.client.enrollment.fee_payments import FeePaymentsCalls
from gateway.client.enrollment.fee_settlement import FeeSettlementCalls
from gateway.client.enrollment.fee_standards import FeeStandardsCalls
from gateway.client.enrollment.figures import FiguresCalls
from gateway.client.enrollment.hours import HoursCalls
from gateway.client.enrollment.hours_records import HoursRecordsCalls
from gateway.client.enrollment.lecture_fees import LectureFeesCalls
from gateway.client.enrollment.matches import MatchesCalls
from gateway.client.enrollment.nominations import NominationsCalls
from gateway.client.enrollment.overlaps import OverlapsCalls
from gateway.client.enrollment.parts import PartsCalls
from gateway.client.enrollment.replacements import ReplacementsCalls
from gateway.client.enrollment.rosters import RostersCalls
from gateway.client.enrollment.standby import StandbyCalls
from gateway.client.enrollment.transfers import TransfersCalls
from gateway.client.enrollment.units import UnitsCalls


class Enrollment(
    AdmissionCalls,
    ArrangementsCalls,
    ConditionsCalls,
    DossiersCalls,
    ExportsCalls,
    FeeAssessingCalls,
    FeeOrdersCalls,
    FeePaymentsCalls,
    FeeSettlementCalls,
    FeeStandardsCalls,
    FiguresCalls,
    HoursCalls,
    HoursRecordsCalls,
    LectureFeesCalls,
    MatchesCalls,
    NominationsCalls,
    OverlapsCalls,
    PartsCalls,
    ReplacementsCalls,
    RostersCalls,
    StandbyCalls,
    TransfersCalls,
    UnitsCalls,
):
    """选调与录取 / Enrollment."""
