"""The contracts a gateway serves."""

from __future__ import annotations

from importlib.metadata import entry_points

from shared.contracts import ServiceContract
from shared.plugins import resolve

GROUP = "diaoxun.services"
_OWN_DISTRIBUTION = "diaoxun"


def own_contracts() -> list[ServiceContract]:
    """Return the contracts of the services that come with the platform, by name: what the committed files describe.

    A running gateway serves those of every installed service (``shared.runtime.directory.installed_contracts``).
    """
    found: list[ServiceContract] = []
    for entry in sorted(entry_points(group=GROUP), key=lambda each: each.name):
        if entry.dist is not None and entry.dist.name == _OWN_DISTRIBUTION:
            contract = resolve(entry.load().contract)
            if not isinstance(contract, ServiceContract):
                raise TypeError(f"{entry.value} names no service contract")
            found.append(contract)
    return found
