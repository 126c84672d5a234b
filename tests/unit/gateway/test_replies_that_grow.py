"""Services are upgraded one by one: an older one ignores what a newer one adds to a reply or an event, at any depth."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from marshmallow import EXCLUDE, RAISE, Schema, ValidationError, fields

from gateway.contracts import own_contracts
from shared.contracts import EventData, Reply, Request

CONTRACTS = own_contracts()
TOLD = [
    *(pytest.param(each.reply_schema, id=f"{c.name}.{each.name}") for c in CONTRACTS for each in c.operations),
    *(pytest.param(each.schema, id=each.type) for c in CONTRACTS for each in c.events),
]


class Room(Request):
    """A part that is asked and told alike."""

    title = fields.String(required=True)


class Floor(Request):
    rooms = fields.List(fields.Nested(Room))


class House(Reply):
    floors = fields.List(fields.Nested(Floor))
    best = fields.Nested(Room)


class HouseBuilt(EventData):
    best = fields.Nested(Room)


class Asked(Request):
    floors = fields.List(fields.Nested(Floor))


def parts_of(schema: Schema) -> Iterator[Schema]:
    for field in schema.load_fields.values():
        inner = field.inner if isinstance(field, fields.List) else field
        if isinstance(inner, fields.Nested):
            yield inner.schema
            yield from parts_of(inner.schema)


@pytest.mark.parametrize("schema", TOLD)
def test_no_part_of_what_is_told_minds_a_new_field(schema: Schema) -> None:
    assert [type(part).__name__ for part in (schema, *parts_of(schema)) if part.unknown != EXCLUDE] == []


def test_a_reader_keeps_what_it_knows() -> None:
    room = {"title": "a", "windows": 2}
    told = House().load({"floors": [{"rooms": [room], "lift": True}], "best": room, "age": 7})
    assert told == {"floors": [{"rooms": [{"title": "a"}]}], "best": {"title": "a"}}
    assert HouseBuilt().load({"best": room}) == {"best": {"title": "a"}}


def test_the_same_parts_of_a_request_still_refuse_what_they_do_not_know() -> None:
    House()
    assert Asked().unknown == RAISE
    with pytest.raises(ValidationError) as refused:
        Asked().load({"floors": [{"rooms": [{"title": "a", "windows": 2}]}]})
    assert refused.value.messages == {"floors": {0: {"rooms": {0: {"windows": ["Unknown field."]}}}}}
