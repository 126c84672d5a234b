"""What may not get into a filter."""

from __future__ import annotations

from typing import Any

import pytest
from marshmallow import fields

from shared.contracts import Request
from shared.contracts.schema import load
from shared.errors import Invalid
from shared.storage import Collection, exactly
from shared.storage.filters import check_pipeline, checked, flattened, refuse_operators

READERS = Collection("readers", sealed=("phone",))


class FindBook(Request):
    code = fields.String()


def test_the_schema_refuses_an_object_where_a_text_belongs() -> None:
    with pytest.raises(Invalid):
        load(FindBook(), {"code": {"$ne": ""}})


@pytest.mark.parametrize("request_", [{"$where": "1"}, {"a": [{"b": {"$gt": 1}}]}, {"a": {"b": {"$ne": None}}}])
def test_a_request_with_an_operator_at_any_depth_is_refused(request_: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        refuse_operators(request_)


def test_a_plain_request_passes() -> None:
    refuse_operators({"fee": "12$", "rows": [{"a": None}, 1, "$text as a value"]})
    refuse_operators(None)


@pytest.mark.parametrize(
    "condition",
    [
        {"$where": "sleep(1000)"},
        {"$expr": {"$eq": ["$a", "$b"]}},
        {"a": {"$function": {}}},
        {"$or": [{"a": 1}, {"$jsonSchema": {}}]},
        {"a": {"$not": {"$where": "1"}}},
    ],
)
def test_operators_that_run_code_or_compare_fields_are_not_let_in(condition: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        checked(READERS, condition)


def test_a_sealed_field_cannot_be_filtered_in_vain() -> None:
    with pytest.raises(ValueError, match="by_blind"):
        checked(READERS, {"$and": [{"phone": "138"}]})


def test_filters_written_in_code_pass() -> None:
    condition = {"a": {"$gte": 1, "$lt": 2}, "$or": [{"b": {"$in": [1]}}, {"c": exactly({"$where": 1})}]}
    assert checked(READERS, condition) == condition


@pytest.mark.parametrize("stage", [{"$out": "terms"}, {"$merge": {}}, {"$facet": {"x": [{"$out": "t"}]}}])
def test_a_pipeline_may_not_write(stage: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        check_pipeline([{"$match": {}}, stage])


A, B, C, D = ({name: 1} for name in "abcd")


@pytest.mark.parametrize(
    ("condition", "flat"),
    [
        ({}, {}),
        ({"$and": [{"_id": {"$in": ["a"]}}, {}]}, {"_id": {"$in": ["a"]}}),
        ({"a": 1, "$and": [{"b": 2}, {"$and": [{"c": 3}]}]}, {"a": 1, "b": 2, "c": 3}),
        ({"$and": [{"a": 1}, {"a": 2}]}, {"a": 1, "$and": [{"a": 2}]}),
        ({"$and": [{"$or": [A, B]}, {"$or": [C, D]}]}, {"$or": [A, B], "$and": [{"$or": [C, D]}]}),
        ({"$or": [{"$and": [A, B]}, C]}, {"$or": [{"$and": [A, B]}, C]}),
        ({"$or": [{"$and": [A, B]}]}, {**A, **B}),
    ],
)
def test_a_filter_is_flattened_without_losing_a_condition(condition: dict[str, Any], flat: dict[str, Any]) -> None:
    assert flattened(condition) == flat
