"""Metrics of this process, in one registry of its own; every name begins with ``diaoxun_``.

Labels are services, operations, event types and outcomes: never units, people or identifiers.
"""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

REGISTRY = CollectorRegistry()
CONTENT_TYPE = CONTENT_TYPE_LATEST
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120)

OPERATION_SECONDS = Histogram(
    "diaoxun_operation_seconds",
    "Time a service spent on an operation.",
    ("service", "operation", "outcome"),
    buckets=_SECONDS,
    registry=REGISTRY,
)
REACTION_SECONDS = Histogram(
    "diaoxun_reaction_seconds",
    "Time a service spent on an event.",
    ("service", "event", "outcome"),
    buckets=_SECONDS,
    registry=REGISTRY,
)
REDELIVERIES = Counter(
    "diaoxun_redeliveries_total", "Events that had been handled before.", ("service", "event"), registry=REGISTRY
)
DEADLINES_PASSED = Counter(
    "diaoxun_deadlines_passed_total",
    "Requests not run because their deadline had passed, on the way or while they waited for a worker.",
    ("service", "operation"),
    registry=REGISTRY,
)
OUTBOX_DEPTH = Gauge("diaoxun_outbox_depth", "Committed events not yet published.", ("service",), registry=REGISTRY)
OUTBOX_LAG = Gauge(
    "diaoxun_outbox_lag_seconds", "Age of the oldest event not yet published.", ("service",), registry=REGISTRY
)
QUARANTINE_DEPTH = Gauge(
    "diaoxun_quarantine_depth", "Messages given up on, waiting for an operator.", ("service",), registry=REGISTRY
)
WORKERS_BUSY = Gauge(
    "diaoxun_workers_busy", "Requests or events being worked on.", ("service", "kind"), registry=REGISTRY
)
WORKERS_SIZE = Gauge(
    "diaoxun_workers_size", "Requests or events worked on at most at once.", ("service", "kind"), registry=REGISTRY
)
HEALTHY = Gauge("diaoxun_check_healthy", "1 when a health check passes.", ("check",), registry=REGISTRY)
LOOP_TICK_AGE = Gauge("diaoxun_loop_tick_age_seconds", "Time since the event loop last ran.", registry=REGISTRY)
LOOP_BLOCKED = Counter("diaoxun_loop_blocked_total", "Times the event loop was blocked too long.", registry=REGISTRY)
PLUGINS = Gauge("diaoxun_plugins", "Plugins by kind and state.", ("kind", "state"), registry=REGISTRY)


def render() -> bytes:
    """Return all metrics in Prometheus' text format."""
    return generate_latest(REGISTRY)
