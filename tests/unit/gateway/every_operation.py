"""Every contract behind one gateway whose callers are whoever they say, and whose services answer nothing."""

from __future__ import annotations

from flask import Request
from flask.testing import FlaskClient

from gateway.app import create_app
from gateway.auth.identity import Identified
from gateway.contract import CONTRACT as GATEWAY
from gateway.http.measures import Measures
from gateway.http.rate import RateLimiter
from gateway.parts import Parts
from gateway.settings import GatewaySettings
from services.compliance.contract import CONTRACT as COMPLIANCE
from services.enrollment.contract import CONTRACT as ENROLLMENT
from services.notification.contract import CONTRACT as NOTIFICATION
from services.outcomes.contract import CONTRACT as OUTCOMES
from services.scheduling.contract import CONTRACT as SCHEDULING
from shared.clock import SystemClock
from shared.context import Context
from shared.contracts import Operation
from shared.errors import NotFound, Unauthenticated
from shared.security.caller import Caller, Role
from tests.unit.gateway.fakes import SECRET

CONTRACTS = (SCHEDULING, ENROLLMENT, COMPLIANCE, NOTIFICATION, OUTCOMES, GATEWAY)


class Roles:
    """Whoever says a role has it, over the whole city or one unit."""

    def identify(self, http: Request) -> Identified:
        role, _, unit = http.headers.get("Authorization", "").removeprefix("Bearer ").partition("@")
        if not role:
            raise Unauthenticated("未登录", "not logged in")
        return Identified(Caller(f"{role}:somebody", frozenset({Role(role)}), (unit,)))


class Called:
    """Remembers which operations got through; answers none of them."""

    def __init__(self) -> None:
        self.operations: list[str] = []

    def call(
        self, service: str, operation: Operation, request: dict[str, object], context: Context
    ) -> dict[str, object]:
        self.operations.append(operation.name)
        raise NotFound("没有", "nothing here")


def asking(called: Called) -> FlaskClient:
    """Return a client of that gateway; ``called`` sees what gets through."""
    parts = Parts(
        settings=GatewaySettings(secrets=(SECRET,)),
        contracts=CONTRACTS[:-1],
        rpc=called,  # type: ignore[arg-type]
        identity=Roles(),  # type: ignore[arg-type]
        sessions=None,
        limiter=RateLimiter(1e6, 1_000_000),
        clock=SystemClock(),
        measures=Measures(),
    )
    return create_app(parts).test_client()
