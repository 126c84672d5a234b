"""The two web applications, for gunicorn: ours, and a Flask one that opens a ``ClusterRpcProxy`` per request."""

from __future__ import annotations

import base64
import logging
import os
from typing import Any

import structlog
from flask import Flask, jsonify, request

from shared.security.caller import WHOLE_CITY, Caller, Role
from shared.security.tokens import CallerTokens
from tests.bench.gateway_contract import CONTRACT


def _ours() -> Any:
    from gateway.app import create_app
    from gateway.settings import GatewaySettings
    from gateway.store import SCHEMA
    from gateway.wiring import put_together
    from shared.clock import SystemClock
    from shared.messaging import RpcClient
    from shared.security.fields import Keyring
    from shared.storage import Store

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    secret = os.environ["BENCH_SECRET"]
    keyring = Keyring.parse("k1:" + base64.b64encode(bytes(32)).decode())
    store = Store.open(os.environ["BENCH_STORE"], SCHEMA, clock=SystemClock(), keyring=keyring, prefix="bench_")
    settings = GatewaySettings(secrets=(secret,), rate=1e6, burst=10**6)
    rpc = RpcClient(os.environ["BENCH_AMQP"], CallerTokens((secret,)), name="gateway")
    return create_app(put_together(settings, [CONTRACT], rpc, store, SystemClock()))


def _proxies() -> Any:
    from nameko.standalone.rpc import ClusterRpcProxy

    app = Flask("proxy-per-request")
    config = {"AMQP_URI": os.environ["BENCH_AMQP"]}
    everybody = Caller("bench", frozenset({Role.ORGANISATION_DEPARTMENT}), (WHOLE_CITY,))
    # Signed once: checking callers is not what is compared, and this application does none of it.
    context = {"caller": CallerTokens((os.environ["BENCH_SECRET"],), lifetime_seconds=3600).sign(everybody)}

    @app.get("/api/v1/shelves/<shelf_id>")
    def read(shelf_id: str) -> Any:
        with ClusterRpcProxy(config, context_data=context, timeout=20) as proxy:
            return jsonify(proxy.shelves.read_shelf(shelf_id=shelf_id))

    @app.post("/api/v1/shelves/<shelf_id>/rows")
    def write(shelf_id: str) -> Any:
        with ClusterRpcProxy(config, context_data=context, timeout=20) as proxy:
            return jsonify(proxy.shelves.put_row(shelf_id=shelf_id, **request.get_json()))

    return app


def __getattr__(name: str) -> Any:
    if name in ("ours", "proxies"):
        return {"ours": _ours, "proxies": _proxies}[name]()
    raise AttributeError(name)
