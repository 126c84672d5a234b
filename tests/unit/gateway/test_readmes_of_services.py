"""The README of a service names all it offers: one that lags behind the contract misleads whoever calls it."""

from __future__ import annotations

from pathlib import Path

import pytest

import services
from shared.contracts import ServiceContract
from tests.unit.gateway.every_operation import CONTRACTS

ROOM = Path(next(iter(services.__path__)))


@pytest.mark.parametrize("contract", CONTRACTS[:-1], ids=lambda contract: contract.name)
def test_every_operation_is_named(contract: ServiceContract) -> None:
    said = (ROOM / contract.name / "README.md").read_text("utf-8")
    assert [operation.name for operation in contract.operations if operation.name not in said] == []
