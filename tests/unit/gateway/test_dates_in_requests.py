"""Every date of every request is held to years that can be reckoned with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from marshmallow import Schema, ValidationError, fields

from gateway.contracts import own_contracts
from shared.contracts import Request

CONTRACTS = own_contracts()


class Asked(Request):
    on = fields.Date()
    at = fields.AwareDateTime()


def dates_of(schema: Schema, within: str) -> Iterator[tuple[str, fields.Field[Any]]]:
    for name, field in schema.load_fields.items():
        inner = field.inner if isinstance(field, fields.List) else field
        if isinstance(inner, fields.Nested):
            yield from dates_of(inner.schema, f"{within}.{name}")
        elif isinstance(inner, fields.Date | fields.DateTime):
            yield f"{within}.{name}", inner


DATES = [
    pytest.param(field, id=path)
    for contract in CONTRACTS
    for operation in contract.operations
    for path, field in dates_of(operation.request(), f"{contract.name}.{operation.name}")
]


def test_there_are_many_dates() -> None:
    assert len(DATES) > 50


@pytest.mark.parametrize("field", DATES)
@pytest.mark.parametrize("year", ["0001", "1899", "2200", "9999"])
def test_a_year_out_of_reach_is_refused(field: fields.Field[Any], year: str) -> None:
    day = f"{year}-06-01"
    text = day if isinstance(field, fields.Date) else f"{day}T00:00:00+00:00"
    with pytest.raises(ValidationError, match="1900"):
        field.deserialize(text)


@pytest.mark.parametrize("year", ["1900", "2020", "2199"])
def test_other_years_are_taken(year: str) -> None:
    asked = Asked().load({"on": f"{year}-12-31", "at": f"{year}-01-01T00:00:00+08:00"})
    assert (asked["on"].year, asked["at"].year) == (int(year), int(year))
