"""The way of a retiming from outside: preview it, then let it be done exactly as it was shown."""

from __future__ import annotations

from typing import Any

from services.scheduling.commands.retimings import retime_terms
from services.scheduling.domain.placement import Problem, Solution
from services.scheduling.domain.placement_greedy import solve_greedily
from services.scheduling.queries.retimings import consequences_of
from services.scheduling.retiming_proposal import propose_retiming
from shared.messaging import Call
from shared.runtime import Kit
from shared.storage import Transaction, View


def preview_retiming(kit: Kit, call: Call) -> dict[str, Any]:
    """Return everything a retiming would do; nothing is saved."""

    def body(view: View, request: dict[str, Any]) -> dict[str, Any]:
        return consequences_of(view, propose_retiming(view, request, _aside(kit)))

    return kit.query(call, body)


def ask_for_retiming(kit: Kit, call: Call) -> dict[str, Any]:
    """Begin a retiming if it still is what the preview showed."""

    def body(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
        return retime_terms(tx, request, propose_retiming(tx, request, _aside(kit)))

    return kit.command(call, body)


def _aside(kit: Kit) -> Any:
    def solve(problem: Problem) -> Solution:
        return kit.offload(solve_greedily, problem)

    return solve
