"""Whatever stands where a path wants an identifier, the operation meant is asked or none: never another one."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from shared.contracts.operation import PATH_FIELD
from tests.unit.gateway.every_operation import CONTRACTS, Called, asking
from tests.unit.gateway.hostile import HOSTILE

WITH_FIELDS = [
    pytest.param(operation, id=operation.name)
    for contract in CONTRACTS[:-1]
    for operation in contract.operations
    if operation.path_fields
]


@pytest.fixture(scope="module")
def called() -> Called:
    return Called()


@pytest.fixture(scope="module")
def web(called: Called) -> FlaskClient:
    return asking(called)


@pytest.mark.parametrize("operation", WITH_FIELDS)
def test_no_value_in_a_path_leads_to_another_operation(web: FlaskClient, called: Called, operation) -> None:
    role = sorted(operation.roles)[0]
    for field in sorted(operation.path_fields):
        for value in HOSTILE:
            called.operations.clear()
            path = PATH_FIELD.sub("known", operation.path.replace(f"{{{field}}}", value))
            answer = web.open(
                f"/api/v1{path}", method=operation.verb, headers={"Authorization": f"Bearer {role.value}"}, json={}
            )
            assert 400 <= answer.status_code < 500, (path[:200], answer.status_code)
            assert set(called.operations) <= {operation.name}, path[:200]


def test_most_operations_name_what_they_are_about_in_their_path() -> None:
    assert len(WITH_FIELDS) > 200
