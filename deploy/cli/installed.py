"""What is installed, for commands that name services: their contracts, stores and settings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from shared.config import Settings, read_settings
from shared.errors import Invalid
from shared.messaging import topology
from shared.plugins import Registry, resolve
from shared.runtime.clocks import clock_from
from shared.runtime.directory import installed_contracts
from shared.runtime.provision import keyring_from, registry_from
from shared.storage import Store
from shared.storage.sessions import looked_after

GATEWAY = "gateway"


def service_names(names: Sequence[str], everything: bool) -> list[str]:
    """Return names of installed services: those given, or all. Raises ``Invalid`` for none and for unknown ones."""
    installed = [plugin.slug for plugin in registry_from(read_settings()).of_kind("services")]
    listed = "、".join(installed)
    if not names and not everything:
        raise Invalid(
            f"请给出服务名或 --all；已安装：{listed}",
            f"name services or give --all; installed are: {', '.join(installed)}",
        )
    unknown = [name for name in names if name not in installed]
    if unknown:
        raise Invalid(
            f"没有服务“{'、'.join(unknown)}”，已安装：{listed}",
            f"no service {', '.join(unknown)}; installed are: {', '.join(installed)}",
        )
    return installed if everything else list(names)


def declare_queues(settings: Settings) -> list[str]:
    """Declare what the installed services need, and the gateway's queue of all their events; return the names.

    Whoever publishes first is heard by all. Raises ``TopologyChanged``.
    """
    contracts = installed_contracts(registry_from(settings)).contracts
    events = [event for contract in contracts for event in contract.events]
    queues = topology.apply(contracts, settings.amqp_uri)
    return [*queues, *topology.apply_subscriber(GATEWAY, events, settings.amqp_uri)]


def open_store(service: str, settings: Settings, registry: Registry) -> Store:
    """Return the store of a service or of ``GATEWAY``; its body is not imported.

    Raises ``PluginMissing``, ``SettingsInvalid``.
    """
    if service == GATEWAY:
        target: str | None = "gateway.store:SCHEMA"
    else:
        plugin = registry.get(f"services/{service}")
        target = plugin.manifest.store if plugin.manifest else None
    if target is None:
        raise Invalid(f"服务“{service}”未写明数据库", f"the service {service!r} declares no store")
    return Store.open(
        settings.mongodb_uri,
        resolve(target),
        clock=clock_from(settings),
        keyring=keyring_from(settings),
        prefix=settings.database_prefix,
    )


@contextmanager
def stores(names: Sequence[str], everything: bool) -> Iterator[list[tuple[str, Store]]]:
    """Open the stores of services, the gateway's own too, for the length of a block."""
    settings = read_settings()
    registry = registry_from(settings)
    opened: list[tuple[str, Store]] = []
    try:
        for name in _store_names(names, everything):
            opened.append((name, open_store(name, settings, registry)))
        # A command that is killed must not keep from the services what it was about to change.
        with looked_after([store.backing.sessions for _, store in opened]):
            yield opened
    finally:
        for _, store in opened:
            store.close()


def _store_names(names: Sequence[str], everything: bool) -> list[str]:
    if everything:
        return [*service_names((), True), GATEWAY]
    if list(names) == [GATEWAY]:
        return [GATEWAY]
    services = service_names([name for name in names if name != GATEWAY], False)
    return [*services, *([GATEWAY] if GATEWAY in names else [])]
