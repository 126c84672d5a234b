"""What a caller gave of a request, without what its contract fills in."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts.schema import Request, load, sent


class Part(Request):
    name = fields.String(required=True)
    on = fields.Date(load_default=None)


class WiderPart(Part):
    colour = fields.String(load_default="red")


class Whole(Request):
    title = fields.String()
    limit = fields.Integer(load_default=50)
    main = fields.Nested(Part)
    parts = fields.List(fields.Nested(Part))
    others = fields.Nested(Part, many=True, load_default=None, allow_none=True)


class WiderWhole(Whole):
    main = fields.Nested(WiderPart)
    parts = fields.List(fields.Nested(WiderPart))
    others = fields.Nested(WiderPart, many=True, load_default=None, allow_none=True)
    order = fields.String(load_default="name")


GIVEN = {
    "title": "调训",
    "main": {"name": "甲"},
    "parts": [{"name": "乙", "on": "2020-05-11"}, {"name": "丙"}],
    "others": [{"name": "丁"}],
}


def test_two_releases_make_the_same_of_what_was_sent() -> None:
    for schema in (Whole(), WiderWhole()):
        assert sent(schema, load(schema, GIVEN)) == GIVEN


def test_what_differs_from_a_default_was_sent() -> None:
    schema = WiderWhole()
    more = {"limit": 20, "main": {"name": "甲", "colour": "blue"}, "others": []}
    assert sent(schema, load(schema, GIVEN | more)) == GIVEN | more
    assert sent(schema, load(schema, {"limit": 50, "order": "name"})) == {}
