"""Every operation of every contract, tried by every role: whoever the contract does not name is turned away."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from shared.contracts import Operation, ServiceContract
from shared.contracts.operation import PATH_FIELD
from shared.security.caller import Role
from tests.unit.gateway.every_operation import CONTRACTS, Called, asking

_ANYBODY = "nobody-in-particular"


@pytest.fixture(scope="module")
def called() -> Called:
    return Called()


@pytest.fixture(scope="module")
def web(called: Called) -> FlaskClient:
    return asking(called)


def try_it(web: FlaskClient, operation: Operation, who: str) -> TestResponse:
    path = "/api/v1" + PATH_FIELD.sub(_ANYBODY, operation.path)
    headers = {"Authorization": f"Bearer {who}"} if who else {}
    if operation.verb in ("GET", "DELETE"):
        return web.open(path, method=operation.verb, headers=headers)
    if operation.upload:
        return web.open(path, method=operation.verb, headers=headers, data={}, content_type="multipart/form-data")
    return web.open(path, method=operation.verb, headers=headers, data=json.dumps({}), content_type="application/json")


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.name)
def test_only_the_roles_of_the_contract_get_through(
    web: FlaskClient, called: Called, contract: ServiceContract
) -> None:
    wrong = []
    for operation in contract.operations:
        for role in Role:
            called.operations.clear()
            status = try_it(web, operation, role.value).status_code
            if operation.public or role in operation.roles:
                fits = status not in (401, 403, 500)
            else:
                fits = status == 403 and called.operations == []
            if not fits:
                wrong.append((operation.name, role.value, status))
    assert wrong == []


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.name)
def test_nobody_gets_in_without_saying_who_they_are(
    web: FlaskClient, called: Called, contract: ServiceContract
) -> None:
    called.operations.clear()
    closed = [operation for operation in contract.operations if not operation.public]
    assert {try_it(web, operation, "").status_code for operation in closed} <= {401}
    assert called.operations == []


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.name)
def test_what_concerns_the_whole_city_is_closed_to_whoever_reaches_a_part(
    web: FlaskClient, called: Called, contract: ServiceContract
) -> None:
    called.operations.clear()
    for operation in contract.operations:
        for role in operation.roles if operation.citywide else ():
            assert try_it(web, operation, f"{role.value}@city.donghu").status_code == 403, operation.name
    assert called.operations == []


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.name)
def test_a_unit_named_in_the_path_must_be_within_reach(
    web: FlaskClient, called: Called, contract: ServiceContract
) -> None:
    called.operations.clear()
    for operation in contract.operations:
        if operation.scope and f"{{{operation.scope}}}" in operation.path and Role.UNIT in operation.roles:
            answer = try_it(web, operation, "unit@city.donghu")
            assert answer.status_code in (403, 422), operation.name
    assert called.operations == []


def test_every_operation_was_tried() -> None:
    assert sum(len(contract.operations) for contract in CONTRACTS) > 300
