"""Leave: asked for, decided, projected."""

from __future__ import annotations

from typing import Any

from services.compliance import contract
from services.compliance.commands import leave
from services.compliance.queries import leave as leave_queries
from services.compliance.service.desk import Desk
from shared.messaging import Call, serves


class LeaveEntrypoints(Desk):
    """Leave: asked for, decided, projected."""

    @serves(contract.REQUEST_MY_LEAVE)
    def request_my_leave(self, call: Call) -> dict[str, Any]:
        """Ask for leave."""
        rules = self.rules()
        return self.kit.command(call, lambda tx, request: leave.request_my_leave(tx, request, rules))

    @serves(contract.FILE_LEAVE)
    def file_leave(self, call: Call) -> dict[str, Any]:
        """File leave for a trainee."""
        rules = self.rules()
        return self.kit.command(call, lambda tx, request: leave.file_leave(tx, request, rules))

    @serves(contract.DECIDE_LEAVE)
    def decide_leave(self, call: Call) -> dict[str, Any]:
        """Decide on leave."""
        rules = self.rules()
        return self.kit.command(call, lambda tx, request: leave.decide_leave(tx, request, rules))

    @serves(contract.CANCEL_LEAVE)
    def cancel_leave(self, call: Call) -> dict[str, Any]:
        """End leave early."""
        rules = self.rules()
        return self.kit.command(call, lambda tx, request: leave.cancel_leave(tx, request, rules))

    @serves(contract.CANCEL_MY_LEAVE)
    def cancel_my_leave(self, call: Call) -> dict[str, Any]:
        """End one's own leave."""
        rules = self.rules()
        return self.kit.command(call, lambda tx, request: leave.cancel_my_leave(tx, request, rules))

    @serves(contract.LIST_LEAVES)
    def list_leaves(self, call: Call) -> dict[str, Any]:
        """List leave."""
        return self.kit.query(call, leave_queries.list_leaves)

    @serves(contract.LIST_MY_LEAVES)
    def list_my_leaves(self, call: Call) -> dict[str, Any]:
        """List one's own leave."""
        return self.kit.query(call, leave_queries.list_my_leaves)

    @serves(contract.GET_LEAVE_GROUNDS)
    def get_leave_grounds(self, call: Call) -> dict[str, Any]:
        """Show the grounds of a leave, audited."""
        return self.kit.query(call, leave_queries.get_leave_grounds)

    @serves(contract.PROJECT_LEAVE)
    def project_leave(self, call: Call) -> dict[str, Any]:
        """Project somebody's leave."""
        return self.kit.query(call, leave_queries.project_leave)

    @serves(contract.PROJECT_MY_LEAVE)
    def project_my_leave(self, call: Call) -> dict[str, Any]:
        """Project one's own leave."""
        return self.kit.query(call, leave_queries.project_my_leave)
