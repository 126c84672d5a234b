"""Numbers about the gateway for Prometheus."""

from __future__ import annotations

import os

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Where the workers of one gateway keep their numbers together, so that each gives those of all."""
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Measures:
    """Counts and times of one gateway, in a registry of its own so that two can live in one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "diaoxun_gateway_requests",
            "Requests by operation and status",
            ("operation", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "diaoxun_gateway_seconds",
            "Seconds a request took",
            ("operation",),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.streams = Gauge(
            "diaoxun_gateway_streams",
            "Event streams open now",
            registry=self.registry,
            multiprocess_mode="livesum",
        )

    def note(self, operation: str, status: int, seconds: float) -> None:
        """Count one request; ``operation`` is ``page``, ``probe`` or ``none`` where no contract has it."""
        self._requests.labels(operation, str(status)).inc()
        self._seconds.labels(operation).observe(seconds)

    def text(self) -> bytes:
        """Return everything in Prometheus's text format, of all workers where they keep it together."""
        if not os.environ.get(FOLDER):
            return generate_latest(self.registry)
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]  # says nothing of its types
        return generate_latest(together)
