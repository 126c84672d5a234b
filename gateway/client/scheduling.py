"""Client of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.scheduling_commands import SchedulingCommands
from gateway.client.scheduling_queries import SchedulingQueries


class Scheduling(SchedulingQueries, SchedulingCommands):
    """计划与排期 / Plans and scheduling."""
