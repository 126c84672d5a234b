"""The long way of a placement: ask, wait a little, solve aside, put the result on the calendar."""

from __future__ import annotations

import time
from typing import Any

from services.scheduling.commands.placements import conclude, fail_with, place_terms, problem_of
from services.scheduling.contract.parts import SchedulerUnknown
from services.scheduling.contract.placements import GET_PLACEMENT
from services.scheduling.domain.scheduler import Progress
from services.scheduling.domain.wire import to_wire
from services.scheduling.queries.placements import get_placement
from services.scheduling.solving import GRACE, PluginSource, solve
from services.scheduling.store import PLACEMENTS
from shared.errors import Fault, Invalid
from shared.messaging import Call, Delivery
from shared.plugins import Registry
from shared.runtime import Kit, Work
from shared.storage import Transaction

_PULSE = 0.1
_TELL_EVERY = 1.5
_AROUND = 15.0
"""Seconds for reading the situation before a solve and putting its result on the calendar afterwards."""


def ask_for_placement(kit: Kit, call: Call) -> dict[str, Any]:
    """Write the placement down and answer when it is done, or as it stands once the caller has waited enough."""
    require_scheduler(kit.plugins, call.request["scheduler"], "year")
    _require_time(call.request["seconds"], kit.settings.handler_seconds)
    reply = kit.command(call, place_terms)
    last_moment = time.monotonic() + call.request["wait_seconds"]
    while reply["state"] == "running" and time.monotonic() < last_moment:
        time.sleep(_PULSE)
        found = get_placement(kit.store.view(call.context), {"placement_id": reply["placement_id"]})
        reply = GET_PLACEMENT.reply_schema.dump(found)
    return reply


def run_placement(kit: Kit, delivery: Delivery) -> None:
    """Solve a placement that was asked for and conclude it. A redelivery solves again and takes effect once."""
    work = kit.work(delivery)
    placement = work.view().rows(PLACEMENTS).get(work.request["placement_id"])
    if placement["state"] != "running":
        return
    try:
        problem, _ = problem_of(work.view(), placement)
        plugins = PluginSource(work.settings.plugin_settings_path, tuple(work.settings.disabled_plugins))
        solution = solve(placement["scheduler"], problem, plugins, _Teller(work, placement["_id"]))
    except Fault as fault:
        if fault.transient:
            raise
        refusal = fault
        work.transact(lambda tx: _nothing(fail_with(tx, placement["_id"], refusal)))
        return
    work.transact(lambda tx: _nothing(conclude(tx, placement["_id"], solution)))


class _Teller:
    """Writes the latest progress into the placement, not too often."""

    def __init__(self, work: Work, placement_id: str) -> None:
        self._work, self._id, self._last = work, placement_id, time.monotonic()

    def __call__(self, progress: Progress) -> None:
        if time.monotonic() - self._last < _TELL_EVERY:
            return
        self._last = time.monotonic()

        def write(tx: Transaction) -> dict[str, Any]:
            doc = tx.rows(PLACEMENTS).get(self._id)
            if doc["state"] == "running":
                doc["progress"] = to_wire(progress)
                tx.rows(PLACEMENTS).save(doc)
            return {}

        self._work.step(f"progress {progress.seconds}", write)


def require_scheduler(plugins: Registry, slug: str, capability: str) -> None:
    """Refuse a scheduler that is not there, switched off, or made for something else. Raises ``SchedulerUnknown``."""
    known = [plugin.slug for plugin in plugins.with_capability("schedulers", capability)]
    if slug not in known:
        raise SchedulerUnknown(
            f"没有可用的排期方案“{slug}”，可选：{'、'.join(known) or '无'}",
            f"there is no usable scheduler {slug!r}; choose one of: {', '.join(known) or 'none'}",
            scheduler=slug,
            known=known,
        )


def _require_time(seconds: float, handler_seconds: float) -> None:
    # P23: a handler that is interrupted comes again, and would solve from the start each time.
    most = max(1.0, handler_seconds - GRACE - _AROUND)
    if seconds > most:
        raise Invalid(
            f"排期时限{seconds:g}秒超过本服务单次处理可用的{most:g}秒，请缩短，或调大 DIAOXUN_HANDLER_SECONDS",
            f"{seconds:g} s are more than the {most:g} s one placement may take here; ask for less, or raise "
            "DIAOXUN_HANDLER_SECONDS",
            fields={"seconds": ["too long"]},
        )


def _nothing(_: object) -> dict[str, Any]:
    return {}
