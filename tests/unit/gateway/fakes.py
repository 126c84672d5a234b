"""A gateway over invented services: everything real but the services and the store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, ClassVar

from flask import Flask, Request

from gateway.app import create_app
from gateway.auth.identity import Identified
from gateway.http.measures import Measures
from gateway.http.rate import RateLimiter
from gateway.parts import Parts
from gateway.ports import Rpc
from gateway.settings import GatewaySettings
from shared.clock import SettableClock
from shared.context import Context
from shared.contracts import Operation, ServiceContract
from shared.errors import Unauthenticated
from shared.security.caller import Caller, Role

SECRET = "a-secret-of-the-tests-that-is-long-enough"
DEPARTMENT = Caller("acct_department", frozenset({Role.ORGANISATION_DEPARTMENT}), ("",))
DONGHU = Caller("key_donghu", frozenset({Role.UNIT}), ("jiangcheng.donghu",))
READER = Caller("key_reader", frozenset({Role.UNIT}), ("jiangcheng.donghu",), frozenset({"library:read"}))
TWO_ROLES = Caller("key_both", frozenset({Role.UNIT, Role.LECTURER}), ("",))


class FakeRpc:
    """Answers by operation name and remembers what it was asked."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str, dict[str, Any], Context]] = []
        self.answers: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {}

    def answer(self, operation: str, reply: dict[str, Any]) -> None:
        self.answers[operation] = lambda _: reply

    def fail(self, operation: str, error: Exception) -> None:
        def refuse(_: dict[str, Any]) -> dict[str, Any]:
            raise error

        self.answers[operation] = refuse

    def call(self, service: str, operation: Operation, request: dict[str, Any], context: Context) -> dict[str, Any]:
        self.calls.append((service, operation.name, request, context))
        return self.answers[operation.name](request)

    @property
    def request(self) -> dict[str, Any]:
        return self.calls[-1][2]

    @property
    def context(self) -> Context:
        return self.calls[-1][3]


class FakeIdentity:
    """Knows callers by the word after ``Bearer``."""

    known: ClassVar = {"department": DEPARTMENT, "donghu": DONGHU, "reader": READER, "both": TWO_ROLES}

    def identify(self, http: Request) -> Identified:
        caller = self.known.get(http.headers.get("Authorization", "").removeprefix("Bearer "))
        if caller is None:
            raise Unauthenticated("未知身份", "nobody we know")
        return Identified(caller)


def application(contract: ServiceContract, rpc: Rpc, limiter: RateLimiter | None = None, **settings: Any) -> Flask:
    chosen = GatewaySettings(secrets=(SECRET,), **settings)
    return create_app(
        Parts(
            settings=chosen,
            contracts=(contract,),
            rpc=rpc,
            identity=FakeIdentity(),
            sessions=None,
            limiter=limiter or RateLimiter(1000, 1000),
            clock=SettableClock(datetime(2020, 3, 2, tzinfo=UTC)),
            measures=Measures(),
        )
    )
