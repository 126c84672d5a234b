"""An invented service, used as a service author would write one: a library that lends books to units."""

from __future__ import annotations

from marshmallow import fields

from shared.context import Context
from shared.contracts import Event, EventData
from shared.errors import Conflict
from shared.identifiers import new_id
from shared.security.caller import Caller, Role, service_caller
from shared.storage import Collection, Index, StoreSchema, Transaction
from shared.wording import Words


class BookLent(EventData):
    book_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    due_on = fields.Date(required=True)
    lines = fields.List(fields.Nested(EventData.from_dict({"note": fields.String(required=True)})))


BOOK_LENT = Event("library.book.lent.v1", Words("图书借出", "A book was lent"), BookLent)

BOOKS = Collection(
    "books",
    indexes=(Index((("code", 1),), unique=True), Index((("unit_id", 1), ("title", 1)))),
    validator={
        "required": ["code", "copies"],
        "properties": {"code": {"bsonType": "string"}, "copies": {"bsonType": "int", "minimum": 0}},
    },
)
READERS = Collection(
    "readers",
    indexes=(Index((("id_number_blind", 1),), unique=True, where={"id_number_blind": {"$type": "string"}}),),
    validator={"properties": {"id_number": {"bsonType": "string"}}},
    sealed=("id_number", "phone"),
    blind=("id_number", "phone"),
)
SCHEMA = StoreSchema("library", (BOOKS, READERS))

CLERK = Context(service_caller("library"))


def with_key(command_id: str) -> Context:
    return Context(service_caller("library"), command_id=command_id)


def unit_caller(*units: str) -> Context:
    return Context(Caller("user:unit", frozenset({Role.UNIT}), units))


def add_book(tx: Transaction, copies: int = 1, **fields: object) -> dict[str, object]:
    id = new_id("book")
    book = {"_id": id, "code": id, "copies": copies, "title": "调训", "unit_id": "jiangcheng", **fields}
    tx.rows(BOOKS).insert(book)
    return {"book_id": book["_id"]}


def lend(tx: Transaction, book_id: str) -> dict[str, object]:
    books = tx.rows(BOOKS)
    book = books.get(book_id)
    if book["copies"] == 0:
        raise Conflict("已全部借出", "all copies are lent")
    book["copies"] -= 1
    books.save(book)
    tx.emit(BOOK_LENT, {"book_id": book_id, "unit_id": book["unit_id"], "due_on": tx.today}, subject=book_id)
    return {"copies": book["copies"], "version": book["version"]}
