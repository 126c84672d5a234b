"""``/livez``, ``/readyz`` and ``/metrics``."""

from __future__ import annotations

import hmac
from pathlib import Path

import structlog
from flask import Blueprint, Response, request
from prometheus_client import CONTENT_TYPE_LATEST
from werkzeug.exceptions import NotFound

from gateway.http.replies import encode
from gateway.parts import here
from shared.errors import Unauthenticated

_log = structlog.get_logger("gateway")
health = Blueprint("health", __name__)


@health.get("/livez")
def livez() -> Response:
    """Answer while the process serves at all."""
    return Response(encode({"status": "alive"}), mimetype="application/json")


@health.get("/readyz")
def readyz() -> Response:
    """Answer 200 when everything the gateway leans on does; 503 names what does not, without saying why.

    A gateway about to go says ``leaving``, so that what stands before it sends new requests elsewhere.
    """
    leaving = here().settings.leaving
    if leaving and Path(leaving).exists():
        return Response(encode({"status": "leaving"}), 503, mimetype="application/json")
    states: dict[str, str] = {}
    for name, probe in here().probes.items():
        try:
            probe()
            states[name] = "ok"
        except Exception as error:
            _log.warning("probe failed", probe=name, error=type(error).__name__)
            states[name] = "failed"
    ready = "failed" not in states.values()
    content = encode({"status": "ready" if ready else "not ready", "checks": states})
    return Response(content, 200 if ready else 503, mimetype="application/json")


@health.get("/metrics")
def metrics() -> Response:
    """Return the measurements; they name operations and counts, never people.

    Without a token of their own they are for who is inside: what came through a proxy finds nothing here.
    """
    token = here().settings.metrics_token
    if not token and _came_through_a_proxy():
        raise NotFound
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and not hmac.compare_digest(token.encode(), given.encode()):
        raise Unauthenticated("读取指标需要专用令牌", "reading the metrics needs their token")
    return Response(here().measures.text(), content_type=CONTENT_TYPE_LATEST)


def _came_through_a_proxy() -> bool:
    return "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
