"""Each route belongs to one operation: of two under the same address the gateway would only ever call the first."""

from __future__ import annotations

from collections import Counter

import pytest

from shared.contracts import ServiceContract
from shared.contracts.openapi import describe_operation, rest_of_request
from shared.contracts.operation import PATH_FIELD
from tests.unit.gateway.every_operation import CONTRACTS, Called, asking


def test_no_two_operations_share_an_address() -> None:
    addresses = Counter(
        f"{operation.verb} {PATH_FIELD.sub('{}', operation.path)}"
        for contract in CONTRACTS
        for operation in contract.operations
    )
    assert [address for address, times in addresses.items() if times > 1] == []


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.name)
def test_a_request_without_a_body_is_an_empty_one_as_the_document_says(contract: ServiceContract) -> None:
    called, wrong = Called(), []
    web = asking(called)
    for operation in contract.operations:
        if operation.verb in ("GET", "DELETE") or operation.upload:
            continue
        called.operations.clear()
        path = "/api/v1" + PATH_FIELD.sub("nobody-in-particular", operation.path)
        caller = {} if operation.public else {"Authorization": f"Bearer {min(operation.roles)}"}
        answer = web.open(path, method=operation.verb, headers=caller)
        missing = sorted(name for name, field in rest_of_request(operation).fields.items() if field.required)
        if missing:
            fits = answer.status_code == 422 and set(missing) <= set(answer.json["details"]["fields"])
        else:  # a rule of the whole request may still want one of its fields
            fits = called.operations == [operation.name] or answer.status_code == 422
        body = describe_operation(contract.name, operation).get("requestBody", {"required": False})
        if not fits or body["required"] != bool(missing) or answer.status_code in (400, 415):
            wrong.append((operation.name, answer.status_code, missing))
    assert wrong == []
