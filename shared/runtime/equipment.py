"""What a service is given by whoever starts it: the runner, the embedded stack or a test."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

from shared.clock import Clock
from shared.config import Settings
from shared.context import Context
from shared.contracts import Operation
from shared.plugins import Registry
from shared.runtime.directory import Directory
from shared.runtime.offload import Offload
from shared.storage import Store

CONFIG_KEY = "DIAOXUN_EQUIPMENT"


class Asking(Protocol):
    """How an operation of another service is called."""

    def call(self, service: str, operation: Operation, request: dict[str, Any], context: Context) -> dict[str, Any]:
        """Return the reply as plain JSON. Raises ``Fault``."""


@dataclass(frozen=True)
class Equipment:
    """The ports of one service."""

    store: Store
    clock: Clock
    settings: Settings
    plugins: Registry
    asking: Asking
    directory: Directory
    offload: Offload = field(default_factory=Offload)
