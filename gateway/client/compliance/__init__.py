"""Client of Compliance (学员管理).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.compliance.attendance import AttendanceCalls
from gateway.client.compliance.briefings import BriefingsCalls
from gateway.client.compliance.checkin import CheckinCalls
from gateway.client.compliance.closing import ClosingCalls
from gateway.client.compliance.completion import CompletionCalls
from gateway.client.compliance.figures import FiguresCalls
from gateway.client.compliance.health import HealthCalls
from gateway.client.compliance.incidents import IncidentsCalls
from gateway.client.compliance.leave import LeaveCalls
from gateway.client.compliance.returns import ReturnsCalls
from gateway.client.compliance.travel import TravelCalls
from gateway.client.compliance.withdrawal import WithdrawalCalls


class Compliance(
    AttendanceCalls,
    BriefingsCalls,
    CheckinCalls,
    ClosingCalls,
    CompletionCalls,
    FiguresCalls,
    HealthCalls,
    IncidentsCalls,
    LeaveCalls,
    ReturnsCalls,
    TravelCalls,
    WithdrawalCalls,
):
    """学员管理 / Compliance."""
