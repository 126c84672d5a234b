"""Each route belongs to one operation: of two under the same address the gateway would only ever call the first."""

from __future__ import annotations

from collections import Counter

from shared.contracts.operation import PATH_FIELD
from tests.unit.gateway.every_operation import CONTRACTS


def test_no_two_operations_share_an_address() -> None:
    addresses = Counter(
        f"{operation.verb} {PATH_FIELD.sub('{}', operation.path)}"
        for contract in CONTRACTS
        for operation in contract.operations
    )
    assert [address for address, times in addresses.items() if times > 1] == []
