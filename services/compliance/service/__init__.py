"""The compliance service: entrypoints, each one line into a command or a query; one module an aggregate."""

from __future__ import annotations

from services.compliance import contract, store
from services.compliance.service.attendance import AttendanceEntrypoints
from services.compliance.service.briefings import BriefingEntrypoints
from services.compliance.service.completion import CompletionEntrypoints
from services.compliance.service.conduct import ConductEntrypoints
from services.compliance.service.health import HealthEntrypoints
from services.compliance.service.leave import LeaveEntrypoints
from services.compliance.service.terms import TermEntrypoints
from services.compliance.service.travel import TravelEntrypoints
from shared.runtime import Kit


class ComplianceService(
    BriefingEntrypoints,
    AttendanceEntrypoints,
    LeaveEntrypoints,
    ConductEntrypoints,
    TravelEntrypoints,
    HealthEntrypoints,
    CompletionEntrypoints,
    TermEntrypoints,
):
    """Trainees from the briefing to the return and the archive."""

    name = "compliance"
    kit = Kit(contract.CONTRACT, store.SCHEMA)
