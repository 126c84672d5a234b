"""Spans for OpenTelemetry, off unless an address to send them to is set (``DIAOXUN_OTLP_URL``).

Trace and span ids travel in our own contexts whether anybody collects spans or not; here the steps that ended are
handed to OpenTelemetry's exporter under exactly those ids, so nothing has to be instrumented twice. Attributes name
services, operations and event types: never units, people or identifiers.
"""

from __future__ import annotations

import logging
import re
import time
from typing import Any

_TRACEPARENT = re.compile(r"00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})")
_log = logging.getLogger("diaoxun.spans")

SERVER, CONSUMER, INTERNAL = "SERVER", "CONSUMER", "INTERNAL"
_FLUSH_MILLISECONDS = 3_000

_sender: _Sender | None = None


class _Sender:
    """Batches ended spans and sends them in the background (OTLP over HTTP)."""

    def __init__(self, url: str) -> None:
        # Imported here: a process that sends no spans does not need the packages.
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.trace.export import BatchSpanProcessor

        exporter = OTLPSpanExporter(endpoint=f"{url.rstrip('/')}/v1/traces", timeout=5)
        self.processor = BatchSpanProcessor(exporter, schedule_delay_millis=1_000)
        self._resources: dict[str, Any] = {}

    def resource(self, service: str) -> Any:
        """Return what OpenTelemetry calls the service."""
        from opentelemetry.sdk.resources import Resource

        if service not in self._resources:
            self._resources[service] = Resource({"service.name": service, "service.namespace": "diaoxun"})
        return self._resources[service]


def send_to(url: str) -> None:
    """Send ended spans to an OTLP collector from now on; an empty address sends none."""
    global _sender
    stop()
    _sender = _Sender(url) if url else None


def stop() -> None:
    """Send what is left, for at most three seconds, and send nothing more."""
    global _sender
    sender, _sender = _sender, None
    if sender is None:
        return
    try:
        sender.processor.force_flush(_FLUSH_MILLISECONDS)
        sender.processor.shutdown()  # type: ignore[no-untyped-call]
    except Exception as error:  # a collector that is away is no reason not to stop
        _log.warning("the last spans were not sent (%s)", type(error).__name__)


def ended(
    service: str,
    name: str,
    kind: str,
    traceparent: str | None,
    caused_by: str | None,
    begun_ns: int,
    *,
    failed: bool = False,
    **attributes: Any,
) -> None:
    """Tell of a step that ended just now. ``begun_ns`` is ``time.time_ns`` of its begin."""
    sender = _sender
    own = _TRACEPARENT.fullmatch(traceparent or "")
    if sender is None or own is None or not int(own[3], 16) & 1:  # not sampled
        return
    from opentelemetry.sdk.trace import ReadableSpan
    from opentelemetry.trace import SpanContext, SpanKind, TraceFlags
    from opentelemetry.trace.status import Status, StatusCode

    def place(match: re.Match[str], remote: bool) -> Any:
        return SpanContext(int(match[1], 16), int(match[2], 16), remote, TraceFlags(TraceFlags.SAMPLED))

    parent = _TRACEPARENT.fullmatch(caused_by or "")
    sender.processor.on_end(
        ReadableSpan(
            name=name,
            context=place(own, False),
            parent=place(parent, True) if parent and parent[1] == own[1] else None,
            resource=sender.resource(service),
            attributes=attributes,
            kind=SpanKind[kind],
            status=Status(StatusCode.ERROR if failed else StatusCode.UNSET),
            start_time=begun_ns,
            end_time=max(begun_ns, time.time_ns()),
        )
    )
