"""A decimal stands in the documents as what crosses the wire: text given, text or number taken."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from apispec import APISpec
from marshmallow import fields, validate

from shared.contracts import Reply, Request
from shared.contracts.documented_schemas import DocumentedSchemas


class Asked(Request):
    amount = fields.Decimal(as_string=True, validate=validate.Range(Decimal("0.01"), Decimal("1000000000.00")))
    hours = fields.Decimal(as_string=True, allow_none=True)


class Told(Reply):
    amount = fields.Decimal(as_string=True, places=2, validate=validate.Range(min=Decimal("0.00")))


@pytest.fixture(scope="module")
def documented() -> dict[str, Any]:
    spec = APISpec("t", "1", "3.1.0", plugins=[DocumentedSchemas()])
    spec.components.schema("Asked", schema=Asked)
    spec.components.schema("Told", schema=Told)
    return spec.to_dict()["components"]["schemas"]


def test_a_taken_decimal_is_text_or_a_number_within_limits_that_are_numbers(documented: dict[str, Any]) -> None:
    properties = documented["Asked"]["properties"]
    amount = properties["amount"]
    assert (amount["type"], amount["minimum"], amount["maximum"]) == (["string", "number"], 0.01, 1_000_000_000)
    assert properties["hours"]["type"] == ["string", "number", "null"]


def test_a_given_decimal_is_text(documented: dict[str, Any]) -> None:
    assert documented["Told"]["properties"]["amount"] == {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
