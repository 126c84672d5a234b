"""The embedded stack: ``python -m deploy.local.stack`` runs everything in this process, and the store as its child."""

import shared.runtime.patched  # noqa: F401, I001  # P21: before anything else

import argparse
import gc
import json
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from logging import getLogger
from pathlib import Path
from typing import Any

from deploy.local.access import ensure_access
from deploy.local.beginning import BEGINNING
from deploy.local.quiet import Progress
from deploy.local.stack_secrets import StackSecrets, load_or_make, save
from deploy.local.starting_over import start_over
from deploy.local.store_process import StoreProcess
from deploy.local.var_folder import VarFolder
from deploy.local.web import WebServer, bind
from gateway import store as gateway_store
from gateway.app import create_app
from gateway.events.intake import event_intake
from gateway.settings import GatewaySettings
from gateway.wiring import put_together
from shared.clock import SystemClock
from shared.config import Settings, default_settings
from shared.errors import Fault
from shared.messaging import RpcClient
from shared.messaging.embedded.address import Address, address_of
from shared.messaging.embedded.broker import broker_at, close_broker
from shared.observability.logs import configure_logs
from shared.runtime.provision import keyring_from, registry_from, tokens_from
from shared.runtime.hosting import Runner, build_runner
from shared.runtime.stop_signals import StopSignals
from shared.runtime.waiting import StopAsked
from shared.storage import Store
from shared.storage.audit_sealing import AuditSealing

_log = getLogger("diaoxun.stack")

PORT = 8700
HOST = "127.0.0.1"
_BROKER = "embedded-stack"
_KEEP_SECONDS = 5.0
_LOOK_SECONDS = 0.1
_COLLECT_AFTER = 20_000
"""New objects before the collector looks for cycles: one event makes thousands that end on their own."""
_STOP_SECONDS = 40.0


@dataclass(frozen=True)
class Reached:
    """How a running stack is reached; ``wanted_port`` is ``False`` when its port was taken."""

    url: str
    status_url: str
    wanted_port: bool


class Stack:
    """Five services, relay, timers and gateway over a claimed data directory."""

    def __init__(self, var: VarFolder, port: int = PORT) -> None:
        self._var = var
        self._port = port
        self._closing = ExitStack()
        self.runner: Runner | None = None

    def start(self, stop_asked: Callable[[], bool] = lambda: False) -> Reached:
        """Bring everything up, or nothing. Raises ``Fault`` saying what is missing, ``StopAsked``."""
        with ExitStack() as closing:
            reached = self._start(closing, stop_asked)
            self._closing = closing.pop_all()
        gc.freeze()  # what is loaded by now stays: the collector need not walk through all of it again and again
        gc.set_threshold(_COLLECT_AFTER)
        return reached

    def stop(self) -> None:
        """Stop in order: no more requests, work finished, events out, broker closed, store last."""
        self._closing.close()

    def _start(self, closing: ExitStack, stop_asked: Callable[[], bool]) -> Reached:
        var = self._var
        secrets = load_or_make(var.secrets)
        store_process = StoreProcess(var.path)
        closing.callback(store_process.stop)
        mongodb_uri = store_process.start()
        settings = stack_settings(var, mongodb_uri, secrets)
        closing.callback(close_broker, _BROKER)
        plugins = registry_from(settings)
        services = [plugin.slug for plugin in plugins.load_all("services")]
        runner = self.runner = build_runner(services, settings, plugins=plugins, side_port=False)
        closing.callback(runner.stop)
        runner.start(migrate=True, stop_asked=stop_asked)
        progress = self._watch_progress(closing, runner)
        listener, wanted = bind(HOST, self._port)
        gateway = WebServer(listener, self._gateway(closing, settings, runner, secrets))
        status = WebServer(bind(HOST, 0)[0], _status_page(progress))
        for server in (status, gateway):
            server.start()
            closing.callback(server.stop)
        reached = Reached(gateway.url, status.url, wanted)
        var.note.write_text(json.dumps({"url": reached.url, "status_url": reached.status_url}) + "\n")
        closing.callback(var.note.unlink, missing_ok=True)
        return reached

    def _gateway(self, closing: ExitStack, settings: Settings, runner: Runner, secrets: StackSecrets) -> Any:
        clock = SystemClock()
        store = Store.open(
            settings.mongodb_uri, gateway_store.SCHEMA, clock=clock, keyring=keyring_from(settings),
            prefix=settings.database_prefix,
        )  # fmt: skip
        closing.callback(store.close)
        store.ensure()
        sealing = AuditSealing({gateway_store.SCHEMA.service: store})
        sealing.start()
        closing.callback(sealing.stop)
        save(self._var.secrets, ensure_access(store, clock, secrets))
        rpc = RpcClient(settings.amqp_uri, tokens_from(settings), name="gateway")
        closing.callback(rpc.close)
        limits = GatewaySettings(
            secrets=settings.secrets, secure_cookies=False, rate=1000.0, burst=2000, seats=64, standing=64
        )
        parts = put_together(limits, runner.assembly.directory.contracts, rpc, store, clock)
        if parts.stream is not None:
            intake = event_intake(settings.amqp_uri, parts.contracts, parts.stream)
            closing.callback(intake.close)
            closing.callback(parts.stream.close)
            intake.start()
        return create_app(parts)

    def _watch_progress(self, closing: ExitStack, runner: Runner) -> Progress:
        outboxes = {each.name: each.store.outbox.depth for each in runner.assembly.hosted}
        broker = broker_at(Address(_BROKER, self._var.journal))
        progress = Progress(broker, lambda: runner.relay.published, outboxes, self._var.tally)
        closing.callback(progress.keep)
        return progress


def stack_settings(var: VarFolder, mongodb_uri: str, secrets: StackSecrets) -> Settings:
    """Return the settings of an embedded stack on ``var``."""
    return default_settings(
        amqp_uri=address_of(_BROKER, var.journal),
        mongodb_uri=mongodb_uri,
        secrets=(secrets.caller_secret,),
        field_keys=secrets.field_keys,
        signing_keys=secrets.signing_keys,
        var=var.path,
        clock="settable",
        clock_start=BEGINNING.isoformat(),
    )


def _status_page(progress: Progress) -> Callable[..., list[bytes]]:
    def page(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        body = json.dumps(progress.to_wire()).encode()
        start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
        return [body]

    return page


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a stack until SIGINT or SIGTERM; one line of JSON on standard output says that it is ready, or why not."""
    parser = argparse.ArgumentParser(prog="python -m deploy.local.stack")
    parser.add_argument("--var", type=Path, default=Path("var"))
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--fresh", action="store_true")
    given = parser.parse_args(arguments)
    var = VarFolder(given.var)
    signals = StopSignals(_STOP_SECONDS)
    signals.install()
    stack = Stack(var, given.port)
    try:
        configure_logs("stack", "INFO", "json")
        var.claim()
        if given.fresh:
            start_over(var)
        reached = stack.start(lambda: signals.asked)
    except StopAsked:
        return 0
    except Fault as fault:
        _say({"ready": False, "message": fault.message.to_wire()})
        return 1
    _say({"ready": True, "url": reached.url, "status_url": reached.status_url, "wanted_port": reached.wanted_port})
    code = _serve(stack, signals)
    stack.stop()
    var.release()
    return code


def _serve(stack: Stack, signals: StopSignals) -> int:
    while not signals.asked:
        dead = stack.runner.dead() if stack.runner is not None else []
        if dead:
            _log.error("services died: %s", ", ".join(dead))
            signals.ask()
            return 1
        time.sleep(_LOOK_SECONDS)
    return 0


def _say(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
