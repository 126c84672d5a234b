"""Before and after every request: correlation, one log line, one measurement."""

from __future__ import annotations

import time

import structlog
from flask import Flask, Response, g, request

from gateway.http import surroundings
from gateway.parts import here
from shared.observability import spans
from shared.observability.trace import child_traceparent

_log = structlog.get_logger("gateway")


def install(app: Flask) -> None:
    """Put the guards around every request of ``app``."""
    app.before_request(_begin)
    app.after_request(_finish)


def _begin() -> None:
    g.begun = time.perf_counter()
    g.correlation_id = surroundings.correlation_id(request)
    g.caused_by = surroundings.traceparent(request)
    g.traceparent = child_traceparent(g.caused_by)
    g.begun_ns = time.time_ns()


def _operation() -> str:
    if request.blueprint == "health":
        return "probe"  # several a second, come people or not: among pages they would hide how many of those fail
    return str(g.get("operation", "page" if request.endpoint else "none"))


def _finish(response: Response) -> Response:
    response.headers["X-Correlation-ID"] = g.get("correlation_id", "")
    if request.path.startswith("/api/"):
        response.headers.add("Vary", "Authorization, Cookie, Accept-Language")
    operation = _operation()
    seconds = time.perf_counter() - g.get("begun", time.perf_counter())
    here().measures.note(operation, response.status_code, seconds)
    spans.ended(
        "gateway",
        f"{request.method} {request.url_rule.rule if request.url_rule else '(none)'}",
        spans.SERVER,
        g.get("traceparent"),
        g.get("caused_by"),
        g.get("begun_ns", time.time_ns()),
        failed=response.status_code >= 500,
        **{"http.response.status_code": response.status_code, "diaoxun.operation": operation},
    )
    # Probes that pass come every second. The query string stays out: it may hold somebody's number.
    tell = _log.debug if request.blueprint == "health" and response.status_code < 400 else _log.info
    tell(
        "request",
        method=request.method,
        route=request.url_rule.rule if request.url_rule else None,
        operation=operation,
        status=response.status_code,
        milliseconds=round(seconds * 1000, 1),
        caller=g.get("subject"),
        correlation_id=g.get("correlation_id"),
        traceparent=g.get("traceparent"),
    )
    return response
