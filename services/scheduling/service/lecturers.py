"""Entrypoints: the register of lecturers."""

from __future__ import annotations

from typing import Any

from services.scheduling.commands import lecturers
from services.scheduling.contract import lecturers as contract
from services.scheduling.queries import lecturers as lecturer_queries
from services.scheduling.service.desk import Desk
from shared.messaging import Call, serves


class LecturerEntrypoints(Desk):
    """The register of lecturers."""

    @serves(contract.PUT_LECTURER)
    def put_lecturer(self, call: Call) -> dict[str, Any]:
        """Register a lecturer."""
        return self.kit.command(call, lecturers.put_lecturer)

    @serves(contract.LIST_LECTURERS)
    def list_lecturers(self, call: Call) -> dict[str, Any]:
        """List lecturers."""
        return self.kit.query(call, lecturer_queries.list_lecturers)

    @serves(contract.GET_LECTURER)
    def get_lecturer(self, call: Call) -> dict[str, Any]:
        """Show a lecturer."""
        return self.kit.query(call, lecturer_queries.get_lecturer)

    @serves(contract.GET_LECTURER_CONTACT)
    def get_lecturer_contact(self, call: Call) -> dict[str, Any]:
        """Show a contact, audited."""
        return self.kit.query(call, lecturer_queries.get_lecturer_contact)

    @serves(contract.PUT_UNAVAILABILITY)
    def put_unavailability(self, call: Call) -> dict[str, Any]:
        """Set when a lecturer cannot teach."""
        return self.kit.command(call, lecturers.put_unavailability)

    @serves(contract.GET_OWN_RECORD)
    def get_own_record(self, call: Call) -> dict[str, Any]:
        """Show a lecturer's own record."""
        return self.kit.query(call, lecturer_queries.get_own_record)

    @serves(contract.REPORT_UNAVAILABILITY)
    def report_unavailability(self, call: Call) -> dict[str, Any]:
        """Report when one cannot teach."""
        return self.kit.command(call, lecturers.report_unavailability)
