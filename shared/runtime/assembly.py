"""Putting a process together from settings: which services, their stores, contracts, equipment, queues."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from shared.clock import Clock
from shared.config import Settings
from shared.messaging import RpcClient
from shared.messaging.topology import Subscription
from shared.plugins import Registry
from shared.runtime.directory import Directory, installed_contracts
from shared.runtime.entrypoints import handlers_of
from shared.runtime.equipment import CONFIG_KEY, Equipment
from shared.runtime.kit import Kit
from shared.runtime.offload import Offload
from shared.runtime.provision import keyring_from, registry_from, tokens_from
from shared.security.tokens import CallerTokens
from shared.storage import Store

__all__ = [
    "Assembly",
    "Hosted",
    "assemble",
    "keyring_from",
    "kit_of",
    "registry_from",
    "service_class",
    "tokens_from",
]


@dataclass(frozen=True)
class Hosted:
    """One service of the process: its class, its store, and the configuration its container gets."""

    name: str
    service_class: type[Any]
    store: Store
    config: dict[str, Any]

    def subscriptions(self) -> list[Subscription]:
        """Return the queues its handlers consume from."""
        return [
            Subscription(self.name, handler.event.type, handler.name.rsplit(".", 1)[-1])
            for handler in handlers_of(self.service_class)
        ]


@dataclass(frozen=True)
class Assembly:
    """Everything a process is made of before anything is connected or started."""

    settings: Settings
    clock: Clock
    plugins: Registry
    directory: Directory
    rpc: RpcClient
    hosted: tuple[Hosted, ...]


def service_class(name_or_class: str | type[Any], plugins: Registry) -> type[Any]:
    """Return a service class, imported through the registry when named. Raises ``PluginMissing``, ``PluginFailed``."""
    if isinstance(name_or_class, type):
        return name_or_class
    loaded: type[Any] = plugins.load(f"services/{name_or_class}").body
    return loaded


def kit_of(service: type[Any]) -> Kit:
    """Return the kit a service class declares. Raises ``TypeError`` when it declares none."""
    for value in vars(service).values():
        if isinstance(value, Kit):
            return value
    raise TypeError(f"{service.__name__} declares no Kit")


def assemble(
    services: Iterable[str | type[Any]],
    settings: Settings,
    *,
    clock: Clock,
    plugins: Registry | None = None,
    config: Mapping[str, Any] | None = None,
) -> Assembly:
    """Put a process together; nothing is connected yet.

    ``config`` adds to the container configuration (``retry_delays``, ``max_call_depth`` …). Raises
    ``SettingsInvalid``, ``PluginMissing``, ``PluginFailed``.
    """
    tokens, keyring = tokens_from(settings), keyring_from(settings)
    registry = plugins or registry_from(settings)
    classes = [service_class(each, registry) for each in services]
    installed = installed_contracts(registry).contracts
    own = [kit_of(each).contract for each in classes]
    known = {contract.name: contract for contract in installed} | {contract.name: contract for contract in own}
    directory = Directory(known.values())
    rpc = RpcClient(settings.amqp_uri, tokens, name="+".join(contract.name for contract in own) or "runner")
    offload = Offload(settings.offload_threads)
    hosted = []
    for each in classes:
        store = Store.open(
            settings.mongodb_uri, kit_of(each).schema, clock=clock, keyring=keyring, prefix=settings.database_prefix
        )
        equipment = Equipment(store, clock, settings, registry, rpc, directory, offload)
        hosted.append(Hosted(each.name, each, store, _config(settings, tokens, equipment, config or {})))
    return Assembly(settings, clock, registry, directory, rpc, tuple(hosted))


def _config(settings: Settings, tokens: CallerTokens, equipment: Equipment, extra: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "AMQP_URI": settings.amqp_uri,
        "serializer": "strict-json",
        "max_workers": settings.workers,
        "prefetch_count": settings.prefetch,
        "handler_timeout": settings.handler_seconds,
        "caller_tokens": tokens,
        "clock": equipment.clock,
        "leases": equipment.store.leases,
        "trials": equipment.store.trials,
        CONFIG_KEY: equipment,
        **extra,
    }
