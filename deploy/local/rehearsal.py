"""``diaoxun rehearse``: the sample year walked through a deployment that runs already, over its gateway.

It runs where the services run: it makes its accounts in the gateway's database, and sees in the broker and the
databases when all is quiet. Only for a deployment whose clock can be set and that holds no plan of anybody else.
"""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from deploy.local import main_line
from deploy.local.access import ensure_access
from deploy.local.beginning import BEGINNING
from deploy.local.deployment import Deployment
from deploy.local.stack_child import Running
from deploy.local.stack_secrets import StackSecrets, save
from gateway import store as gateway_store
from services.scheduling.store import PLANS
from shared.clock import SystemClock
from shared.config import Settings, read_settings
from shared.context import Context
from shared.errors import Conflict, Fault
from shared.plugins import resolve
from shared.runtime.clocks import ClockFixed, FileClock, clock_from
from shared.runtime.directory import installed_contracts
from shared.runtime.provision import keyring_from, registry_from
from shared.security.caller import service_caller
from shared.storage import Store, StoreSchema

_WIDTH = 140
FAILED = 1


def rehearse(url: str, sample: Path, console: Console) -> int:
    """Walk the year through the gateway at ``url`` and return the exit code: 1 when an event ended in quarantine.

    Raises ``ClockFixed`` for a deployment whose clock is the machine's, ``Conflict`` for one that holds plans already,
    both before anything is made there; and whatever the gateway refuses.
    """
    settings = read_settings()
    clock = _settable_clock(settings)
    with ExitStack() as closing:
        running = _reach(url, settings, clock, closing)
        summary = main_line.run(running, sample, settings.var, console)
    console.print_json(json.dumps(summary, ensure_ascii=False))
    return FAILED if summary["events"]["quarantined"] else 0


def _reach(url: str, settings: Settings, clock: FileClock, closing: ExitStack) -> Running:
    registry = registry_from(settings)
    stores = {plugin.slug: _open(resolve(plugin.manifest.store), settings, closing)
              for plugin in registry.of_kind("services") if plugin.manifest and plugin.manifest.store}  # fmt: skip
    deployment = Deployment(settings.amqp_uri, installed_contracts(registry).contracts, stores)
    if not _kept_in(settings).exists():
        _refuse_plans_of_others(stores["scheduling"])
        clock.set(BEGINNING)
    secrets = _access(_open(gateway_store.SCHEMA, settings, closing), settings)
    return Running(url.rstrip("/"), deployment.to_wire, True, secrets, settings.clock_path)


def _open(schema: StoreSchema, settings: Settings, closing: ExitStack) -> Store:
    store = Store.open(
        settings.mongodb_uri, schema, clock=SystemClock(), keyring=keyring_from(settings),
        prefix=settings.database_prefix,
    )  # fmt: skip
    closing.callback(store.close)
    return store


def _access(store: Store, settings: Settings) -> StackSecrets:
    kept = _kept_in(settings)
    known = StackSecrets(**json.loads(kept.read_text(encoding="utf-8"))) if kept.exists() else StackSecrets("", "")
    secrets = ensure_access(store, SystemClock(), replace(known, caller_secret=settings.secrets[0]))
    save(kept, replace(secrets, caller_secret=""))  # the deployment's own stay where they are
    return secrets


def _kept_in(settings: Settings) -> Path:
    return settings.clock_path.with_name("rehearsal.json")


def _settable_clock(settings: Settings) -> FileClock:
    clock = clock_from(settings)
    if isinstance(clock, FileClock):
        return clock
    raise ClockFixed(
        "当前使用系统时钟，不能演练；请以 DIAOXUN_CLOCK=settable 部署一套专供演练的环境",
        "this deployment goes by the machine's clock; rehearse on one of its own with DIAOXUN_CLOCK=settable",
    )


def _refuse_plans_of_others(scheduling: Store) -> None:
    plans = scheduling.view(Context(service_caller("scheduling"))).rows(PLANS).count()
    if plans:
        raise Conflict(
            f"该环境已有 {plans} 个培训计划，不能用来演练；请另建一套空的环境",
            f"this deployment holds {plans} plans already; rehearse on an empty one",
        )


def main(arguments: list[str] | None = None) -> int:
    """Read the options and walk."""
    parser = argparse.ArgumentParser(prog="diaoxun rehearse")
    parser.add_argument("url")
    parser.add_argument("--sample", type=Path, default=main_line.SAMPLE, help="a folder like deploy/sample")
    given = parser.parse_args(arguments)
    console = Console(width=None if sys.stdout.isatty() else _WIDTH)
    try:
        return rehearse(given.url, given.sample, console)
    except Fault as fault:
        console.print(f"[red]{fault.message.zh}\n{fault.message.en}", highlight=False)
        return FAILED


if __name__ == "__main__":
    sys.exit(main())
