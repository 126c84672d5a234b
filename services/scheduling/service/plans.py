"""Entrypoints: plans and reading notices."""

from __future__ import annotations

from typing import Any

from services.scheduling import contract
from services.scheduling.commands import plan_rolling, plans
from services.scheduling.contract.plans import ROLL_PLAN
from services.scheduling.notices import answer_reading
from services.scheduling.queries import plans as plan_queries
from services.scheduling.service.desk import Desk
from shared.messaging import Call, serves


class PlanEntrypoints(Desk):
    """Plans and reading notices."""

    @serves(contract.READ_NOTICE)
    def read_notice(self, call: Call) -> dict[str, Any]:
        """Read a notice into a draft."""
        return answer_reading(self.kit, call)

    @serves(contract.CREATE_PLAN)
    def create_plan(self, call: Call) -> dict[str, Any]:
        """Create a draft plan."""
        return self.kit.command(call, plans.create_plan)

    @serves(ROLL_PLAN)
    def roll_plan(self, call: Call) -> dict[str, Any]:
        """Roll a plan forward."""
        return self.kit.command(call, plan_rolling.roll_plan)

    @serves(contract.LIST_PLANS)
    def list_plans(self, call: Call) -> dict[str, Any]:
        """List plans."""
        return self.kit.query(call, plan_queries.list_plans)

    @serves(contract.GET_PLAN)
    def get_plan(self, call: Call) -> dict[str, Any]:
        """Show a plan."""
        return self.kit.query(call, plan_queries.get_plan)

    @serves(contract.AMEND_PLAN)
    def amend_plan(self, call: Call) -> dict[str, Any]:
        """Amend a plan."""
        return self.kit.command(call, plans.amend_plan)

    @serves(contract.APPROVE_PLAN)
    def approve_plan(self, call: Call) -> dict[str, Any]:
        """Approve and publish a plan."""
        return self.kit.command(call, plans.approve_plan)

    @serves(contract.LIST_PLAN_VERSIONS)
    def list_plan_versions(self, call: Call) -> dict[str, Any]:
        """List a plan's versions."""
        return self.kit.query(call, plan_queries.list_plan_versions)

    @serves(contract.GET_PLAN_VERSION)
    def get_plan_version(self, call: Call) -> dict[str, Any]:
        """Show a version."""
        return self.kit.query(call, plan_queries.get_plan_version)

    @serves(contract.COMPARE_PLAN)
    def compare_plan(self, call: Call) -> dict[str, Any]:
        """Compare two versions."""
        return self.kit.query(call, plan_queries.compare_plan)
