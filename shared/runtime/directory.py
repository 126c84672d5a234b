"""Which service answers an operation: looked up in the contracts of the installed services."""

from __future__ import annotations

from collections.abc import Iterable

from shared.contracts import Operation, ServiceContract
from shared.plugins import PluginFailed, Registry, guarded, note_failure, resolve


class Directory:
    """The contracts of every service that can be asked."""

    def __init__(self, contracts: Iterable[ServiceContract] = ()) -> None:
        self.contracts: tuple[ServiceContract, ...] = tuple(contracts)

    def service_of(self, operation: Operation) -> str:
        """Return the name of the service that answers. Raises ``LookupError`` for an operation of no contract."""
        for contract in self.contracts:
            if any(known is operation for known in contract.operations):
                return contract.name
        for contract in self.contracts:
            if operation in contract.operations:
                return contract.name
        raise LookupError(f"no installed service answers {operation.name!r}: is its contract complete?")

    def named(self, service: str) -> ServiceContract:
        """Return the contract of a service. Raises ``LookupError``."""
        for contract in self.contracts:
            if contract.name == service:
                return contract
        raise LookupError(f"no service {service!r} is installed")


def installed_contracts(registry: Registry) -> Directory:
    """Return the contracts of all usable plugins of kind ``services``; no service body is imported.

    A service whose contract cannot be imported fails alone; the others can be asked.
    """
    contracts = []
    for plugin in registry.of_kind("services"):
        if plugin.manifest is None or plugin.manifest.contract is None:
            continue
        try:
            contracts.append(guarded(plugin.key, resolve, plugin.manifest.contract))
        except PluginFailed as fault:
            note_failure(plugin, fault)
    return Directory(contracts)
