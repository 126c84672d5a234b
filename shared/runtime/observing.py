"""What one worker did, for logs and metrics: which operation, event or timer, how long, and how it ended."""

from __future__ import annotations

import logging
import time
from typing import Any

from shared.errors import Fault
from shared.messaging import Call, Delivery
from shared.observability import metrics, spans
from shared.observability.trace import begin_work

_log = logging.getLogger("diaoxun.work")
_BEGUN, _BEGUN_NS = "diaoxun_begun", "diaoxun_begun_ns"


def begin(worker: Any) -> None:
    """Remember when a nameko worker began; its context becomes the one at hand."""
    setattr(worker, _BEGUN, time.monotonic())
    setattr(worker, _BEGUN_NS, time.time_ns())
    occasion = worker.args[0] if worker.args else None
    if isinstance(occasion, Call):
        begin_work(occasion.context, service=worker.service_name, operation=occasion.operation.name)
    elif isinstance(occasion, Delivery):
        begin_work(occasion.context, service=worker.service_name, event=occasion.type, event_id=occasion.event_id)


def finish(worker: Any, exc_info: Any) -> None:
    """Count and time a nameko worker that ended; ``exc_info`` is what it raised, or ``None``."""
    seconds = time.monotonic() - getattr(worker, _BEGUN, time.monotonic())
    outcome = _outcome(exc_info[1] if exc_info else None)
    occasion = worker.args[0] if worker.args else None
    if isinstance(occasion, Call):
        metrics.OPERATION_SECONDS.labels(worker.service_name, occasion.operation.name, outcome).observe(seconds)
        _span(worker, occasion.operation.name, spans.SERVER, occasion, outcome)
    elif isinstance(occasion, Delivery):
        metrics.REACTION_SECONDS.labels(worker.service_name, occasion.type, outcome).observe(seconds)
        _span(worker, occasion.type, spans.CONSUMER, occasion, outcome)
    _log.debug("%s %s in %.3f s", worker.entrypoint.method_name, outcome, seconds)


def note_repeat(service: str, delivery: Delivery) -> None:
    """Count an event that a handler had taken in before."""
    metrics.REDELIVERIES.labels(service, delivery.type).inc()


def _span(worker: Any, name: str, kind: str, occasion: Call | Delivery, outcome: str) -> None:
    context, begun = occasion.context, getattr(worker, _BEGUN_NS, time.time_ns())
    failed = outcome == "broken"
    told = {"diaoxun.outcome": outcome}
    spans.ended(worker.service_name, name, kind, context.traceparent, context.caused_by, begun, failed=failed, **told)


def _outcome(error: BaseException | None) -> str:
    if error is None:
        return "done"
    return error.code if isinstance(error, Fault) else "broken"
