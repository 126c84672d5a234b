"""Every operation of the OpenAPI document against the whole stack: no 5xx, and only answers the document declares."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from shared.contracts.operation import PATH_FIELD
from tests.e2e.gateway.invented_requests import MODES, OPERATIONS, Sender, sender_in, the_same_every_time
from tests.e2e.gateway.small_city import issue_keys, running_city
from tests.unit.gateway.hostile import HOSTILE

EXAMPLES = 15  # an operation, half of them valid by the document; the same ones on every run
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
# The HTTP server itself answers a request line or a header that is too long, before any operation.
OF_THE_SERVER = (414, 431)


@pytest.fixture(scope="module")
def sender(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sender]:
    with running_city(tmp_path_factory.mktemp("stack")) as city:
        roles = {name: ([name], "", None) for name in ("party_school", "security_admin")}
        city.keys |= issue_keys(city.url, city.admin_password, roles)
        yield sender_in(city)


def test_every_operation_can_be_tried() -> None:
    assert len(OPERATIONS) > 370


@pytest.mark.parametrize("label", OPERATIONS)
def test_no_request_breaks_an_operation_and_its_answers_are_declared(sender: Sender, label: str) -> None:
    strategies = [OPERATIONS[label].as_strategy(generation_mode=mode) for mode in MODES]

    @the_same_every_time(EXAMPLES)
    @given(st.one_of(strategies), st.booleans())
    def try_one(case: Case, known: bool) -> None:
        answer = sender.send(case, known=known)
        if answer.status_code not in OF_THE_SERVER:
            case.validate_response(answer, checks=CHECKS)

    try_one()


WITH_PATHS = [label for label in OPERATIONS if "{" in label]


@pytest.mark.parametrize("label", WITH_PATHS)
def test_no_identifier_in_a_path_is_more_than_an_identifier(sender: Sender, label: str) -> None:
    fields = PATH_FIELD.findall(label)

    @the_same_every_time(1)
    @given(OPERATIONS[label].as_strategy(generation_mode=GenerationMode.POSITIVE))
    def try_one(case: Case) -> None:
        for field in fields:
            for value in HOSTILE:
                status = sender.send_as_written(case, field, value)
                assert 400 <= status < 500, (field, value[:40], status)

    try_one()


def test_most_operations_have_a_path_with_identifiers() -> None:
    assert len(WITH_PATHS) > 200
