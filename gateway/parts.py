"""The parts of a running gateway, put together once and found from any request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flask import current_app

from gateway.auth.identity import Identity
from gateway.auth.links import LinkCheck
from gateway.auth.sessions import Sessions
from gateway.auth.titles import CallerTitles
from gateway.events.stream import EventStream
from gateway.http.measures import Measures
from gateway.http.rate import RateLimiter
from gateway.ports import Rpc
from gateway.settings import GatewaySettings
from shared.clock import Clock
from shared.contracts import ServiceContract


@dataclass(frozen=True)
class Parts:
    """What routes and pages work with. ``probes``: named checks that ``/readyz`` runs; a failing one raises."""

    settings: GatewaySettings
    contracts: tuple[ServiceContract, ...]
    rpc: Rpc
    identity: Identity
    sessions: Sessions | None
    limiter: RateLimiter
    clock: Clock
    measures: Measures
    stream: EventStream | None = None
    links: LinkCheck | None = None
    titles: CallerTitles | None = None
    probes: Mapping[str, Callable[[], object]] = field(default_factory=dict)


def here() -> Parts:
    """Return the parts of the gateway that serves the request at hand."""
    parts: Parts = current_app.extensions["diaoxun"]
    return parts
