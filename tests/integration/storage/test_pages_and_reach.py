"""Pages with opaque cursors, and rows narrowed to the caller's units."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.errors import Invalid, NotFound
from shared.identifiers import new_id
from shared.security.caller import Caller
from shared.storage import Store, Transaction
from tests.fixtures.store import MakeStore
from tests.integration.storage.library import BOOKS, CLERK, READERS, SCHEMA, add_book, unit_caller

KEPT = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture
def store(make_store: MakeStore) -> Store:
    return make_store(SCHEMA)


def _fill(store: Store, books: list[dict[str, Any]]) -> str:
    shelf = new_id("shelf")

    def body(tx: Transaction) -> dict[str, Any]:
        rows = [{"_id": new_id("book"), "code": new_id("c"), "copies": 1, "shelf": shelf, **book} for book in books]
        tx.rows(BOOKS).insert_many(rows)
        return {}

    store.transact(CLERK, body, operation="fill")
    return shelf


def _walk(store: Store, shelf: str, limit: int, sort: Any) -> list[dict[str, Any]]:
    rows, cursor, found = store.view(CLERK).rows(BOOKS), None, []
    while True:
        items, cursor = rows.page({"shelf": shelf}, cursor, limit, sort)
        found += items
        if cursor is None:
            return found
        assert len(items) == limit
        assert len(cursor) <= 400


@KEPT
@given(
    titles=st.lists(st.none() | st.sampled_from(["甲", "乙", "a", "b", ""]), max_size=9),
    limit=st.integers(1, 4),
    downwards=st.booleans(),
)
def test_pages_hold_every_row_once_and_in_order(
    store: Store, titles: list[str | None], limit: int, downwards: bool
) -> None:
    shelf = _fill(store, [{"title": title} if title is not None else {} for title in titles])
    found = _walk(store, shelf, limit, "-title" if downwards else "title")
    order = [(("title" in book), book.get("title", ""), book["_id"]) for book in found]
    assert order == sorted(order, reverse=downwards)
    assert len(order) == len(set(order)) == len(titles)


def test_rows_that_come_while_paging_do_not_shift_the_pages(store: Store) -> None:
    shelf = _fill(store, [{"title": title} for title in "bdf"])
    rows = store.view(CLERK).rows(BOOKS)
    first, cursor = rows.page({"shelf": shelf}, None, 2, "title")
    store.transact(CLERK, lambda tx: add_book(tx, shelf=shelf, title="a"), operation="add_book")
    second, end = rows.page({"shelf": shelf}, cursor, 2, "title")
    assert [book["title"] for book in first + second] == ["b", "d", "f"]
    assert end is None


def test_several_sort_keys_are_followed(store: Store) -> None:
    shelf = _fill(store, [{"title": title, "copies": copies} for title in "ab" for copies in (3, 1, 2)])
    found = _walk(store, shelf, 2, [("title", -1), ("copies", 1)])
    assert [(book["title"], book["copies"]) for book in found] == [(t, c) for t in "ba" for c in (1, 2, 3)]


@pytest.mark.parametrize("cursor", ["", "1", "1AAAA", "2abc", "不是", "1" + "A" * 300])
def test_a_made_up_cursor_is_refused(store: Store, cursor: str) -> None:
    if cursor == "":
        assert store.view(CLERK).rows(BOOKS).page({}, cursor, 5) == ([], None)
        return
    with pytest.raises(Invalid) as refusal:
        store.view(CLERK).rows(BOOKS).page({}, cursor, 5)
    assert refusal.value.details == {"field": "cursor"}


def test_a_cursor_that_was_altered_or_belongs_elsewhere_is_refused(store: Store) -> None:
    _fill(store, [{"title": title} for title in "abc"])
    rows = store.view(CLERK).rows(BOOKS)
    _, cursor = rows.page({}, None, 1, "title")
    assert cursor is not None
    altered = cursor[:20] + ("A" if cursor[20] != "A" else "B") + cursor[21:]
    for wrong, sort in ((altered, "title"), (cursor, "-title"), (cursor, "_id"), (cursor + "A", "title")):
        with pytest.raises(Invalid):
            rows.page({}, wrong, 1, sort)
    with pytest.raises(Invalid):
        store.view(CLERK).rows(READERS).page({}, cursor, 1, "title")


def test_a_list_cannot_be_sorted_by_a_sealed_field(store: Store) -> None:
    with pytest.raises(ValueError, match="sealed"):
        store.view(CLERK).rows(READERS).page({}, None, 5, "phone")


# Roots and units whose names begin alike, hold what a pattern would take for its own, or lie beside "." in byte order.
_part = st.sampled_from(["a", "b", "bc", "b*", "b-", "b/", ".*", "^a", "a$", "(a)", "[ab]", "东湖", "\\d", " "])
_unit = st.lists(_part, min_size=1, max_size=4).map(".".join)


@KEPT
@given(units=st.lists(_unit, max_size=12, unique=True), roots=st.lists(_unit | st.just(""), max_size=3))
def test_the_filter_finds_exactly_what_the_caller_reaches(store: Store, units: list[str], roots: list[str]) -> None:
    shelf = _fill(store, [{"unit_id": unit} for unit in units])
    caller = Caller("user:u", unit_caller().caller.roles, tuple(roots))
    rows = store.view(unit_caller(*roots)).rows(BOOKS)
    found = {book["unit_id"] for book in rows.find({"shelf": shelf, **rows.reach()})}
    assert found == {unit for unit in units if caller.reaches(unit)}


def test_reach_joins_other_filters_and_names_other_fields(store: Store) -> None:
    shelf = _fill(store, [{"unit_id": "a.b", "owner": "x"}, {"unit_id": "a.bc", "owner": "a.b.c"}])
    rows = store.view(unit_caller("a.b")).rows(BOOKS)
    either = {"$or": [{"owner": "x"}, {"owner": "a.b.c"}], **rows.reach()}
    assert [book["unit_id"] for book in rows.find({"shelf": shelf, **either})] == ["a.b"]
    assert [book["unit_id"] for book in rows.find({"shelf": shelf, **rows.reach("owner")})] == ["a.bc"]


def test_what_lies_out_of_reach_is_not_found_rather_than_forbidden(store: Store) -> None:
    inside = store.transact(CLERK, lambda tx: add_book(tx, unit_id="a.b.c"), operation="add")["book_id"]
    outside = store.transact(CLERK, lambda tx: add_book(tx, unit_id="a.bc"), operation="add")["book_id"]
    nobodys = store.transact(CLERK, lambda tx: add_book(tx, unit_id=None), operation="add")["book_id"]
    rows = store.view(unit_caller("a.b")).rows(BOOKS)
    assert rows.get_within_reach(inside)["unit_id"] == "a.b.c"
    for hidden in (outside, nobodys):
        with pytest.raises(NotFound):
            rows.get_within_reach(hidden)
    assert store.view(CLERK).rows(BOOKS).get_within_reach(nobodys)["_id"] == nobodys


def test_aggregations_and_projections_read(store: Store) -> None:
    shelf = _fill(store, [{"title": "a", "copies": 2}, {"title": "a", "copies": 3}])
    rows = store.view(CLERK).rows(BOOKS)
    total = [{"$match": {"shelf": shelf}}, {"$group": {"_id": "$title", "copies": {"$sum": "$copies"}}}]
    assert rows.aggregate(total) == [{"_id": "a", "copies": 5}]
    assert set(rows.find({"shelf": shelf}, fields=["title"])[0]) == {"_id", "title"}
