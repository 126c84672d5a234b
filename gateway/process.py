"""A gateway as a process of its own: from the environment's settings to an application that answers."""

from __future__ import annotations

from dataclasses import dataclass

import structlog
from flask import Flask

from gateway.app import create_app
from gateway.events.intake import event_intake
from gateway.events.log import EventLog
from gateway.events.stream import EventStream
from gateway.parts import Parts
from gateway.settings import GatewaySettings, read_gateway_settings
from gateway.store import SCHEMA
from gateway.wiring import put_together
from shared.clock import SystemClock
from shared.config import Settings
from shared.errors import Unavailable
from shared.messaging import RpcClient
from shared.messaging.subscriber import Subscriber
from shared.observability import spans
from shared.observability.logs import configure_logs
from shared.runtime.directory import installed_contracts
from shared.runtime.provision import keyring_from, registry_from, tokens_from
from shared.storage import Store
from shared.storage.audit_sealing import AuditSealing

_log = structlog.get_logger("gateway")
_CONNECT_SECONDS = 5.0


@dataclass
class GatewayProcess:
    """The application and what has to be closed after it."""

    app: Flask
    parts: Parts
    store: Store
    rpc: RpcClient
    intake: Subscriber
    sealing: AuditSealing

    @classmethod
    def open(cls, settings: Settings, chosen: GatewaySettings | None = None) -> GatewayProcess:
        """Open everything for ``settings``; ``chosen`` replaces the gateway's own limits. Raises ``Fault``.

        Keys and sessions go by the machine's clock, also where the services' clock can be set.
        """
        configure_logs("gateway", settings.log_level, settings.log_format)
        spans.send_to(settings.otlp_url)
        clock = SystemClock()
        contracts = installed_contracts(registry_from(settings)).contracts
        store = Store.open(
            settings.mongodb_uri, SCHEMA, clock=clock, keyring=keyring_from(settings), prefix=settings.database_prefix
        )
        rpc = RpcClient(settings.amqp_uri, tokens_from(settings), name="gateway")
        limits = chosen or read_gateway_settings(settings.secrets)
        stream = EventStream(EventLog(store, limits.stream_rows), limits.stream_seats)
        intake = event_intake(settings.amqp_uri, contracts, stream)
        probes = {"broker": lambda: _require(rpc.connected or intake.connected)}
        parts = put_together(limits, contracts, rpc, store, clock, probes, stream)
        return cls(create_app(parts), parts, store, rpc, intake, AuditSealing({SCHEMA.service: store}))

    def start(self) -> None:
        """Prepare the database and begin to take events; a broker that is away does not stop the start (P12)."""
        self.store.ensure()
        self.sealing.start()
        try:
            self.intake.start(_CONNECT_SECONDS)
        except Unavailable as fault:
            _log.warning("the broker is away, events will come when it is back", reason=fault.message.en)

    def close(self) -> None:
        """End streams, take no more events, close connections."""
        if self.parts.stream is not None:
            self.parts.stream.close()
        self.intake.close()
        self.sealing.stop()
        self.rpc.close()
        self.store.close()
        spans.stop()


def _require(connected: bool) -> None:
    if not connected:
        raise Unavailable("与消息队列的连接中断", "the broker is not connected")
