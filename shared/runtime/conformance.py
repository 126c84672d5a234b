"""What a plugin of kind ``services`` has to hold; the conformance kit runs it."""

from __future__ import annotations

from typing import Any

from shared.contracts import ServiceContract
from shared.messaging.topology import subscriptions_of
from shared.plugins import Manifest, resolve
from shared.runtime.entrypoints import handlers_of, operations_of
from shared.runtime.kit import Kit
from shared.storage import StoreSchema


def check_service(service_class: Any, manifest: Manifest) -> None:
    """Hold a service class against its contract: everything offered is served, everything consumed is handled."""
    contract, schema = resolve(str(manifest.contract)), resolve(str(manifest.store))
    assert isinstance(contract, ServiceContract), f"{manifest.contract} is no ServiceContract"
    assert isinstance(schema, StoreSchema), f"{manifest.store} is no StoreSchema"
    assert service_class.name == contract.name == schema.service == manifest.slug, "one service, four names"
    assert any(isinstance(value, Kit) for value in vars(service_class).values()), f"{manifest.slug} has no Kit"
    served = set(operations_of(service_class))
    offered = {operation.name for operation in contract.operations}
    assert served == offered, f"not served: {sorted(offered - served)}, not in the contract: {sorted(served - offered)}"
    handled = {handler.name for handler in handlers_of(service_class)}
    consumed = {f"{contract.name}.{entry.event_type}.{entry.handler}" for entry in subscriptions_of(contract)}
    assert handled <= consumed, f"handled but not in the contract's consumes: {sorted(handled - consumed)}"
    assert consumed <= handled, f"in the contract's consumes but not handled: {sorted(consumed - handled)}"
