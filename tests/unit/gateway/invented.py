"""A small invented service: a library that lends books. Enough to try every kind of operation on."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.contracts import Event, EventData, Operation, Page, Reply, Request, ServiceContract, page_of
from shared.errors import Conflict, NotFound
from shared.security.caller import Role
from shared.wording import Words

STAFF = frozenset({Role.ORGANISATION_DEPARTMENT, Role.PARTY_SCHOOL, Role.UNIT})


class Book(Reply):
    """A book."""

    book_id = fields.String(required=True)
    title = fields.String(required=True)
    copies = fields.Integer(required=True)
    version = fields.Integer(required=True)


class BookPath(Request):
    """Which book."""

    book_id = fields.String(required=True)


class BookChange(BookPath):
    """What changes."""

    title = fields.String(validate=validate.Length(1, 40))
    copies = fields.Integer(strict=True, validate=validate.Range(0, 99))
    unit_id = fields.String()


class BookQuery(Page):
    """Which books."""

    unit_id = fields.String()
    tag = fields.List(fields.String())
    lent = fields.Boolean()


class Scan(Request):
    """A scanned list of books."""

    unit_id = fields.String(required=True)
    filename = fields.String()
    scan = fields.String(required=True)


class Scanned(Reply):
    """What came of a scan."""

    bytes = fields.Integer(required=True)


class File(Reply):
    """A file."""

    filename = fields.String(required=True)
    media_type = fields.String(required=True)
    content = fields.String(required=True)


class BookLent(EventData):
    """A book went out."""

    book_id = fields.String(required=True)
    unit_id = fields.String(required=True)


GET_BOOK = Operation(
    "get_book", Words("查看图书", "See a book"), "query", "GET", "/books/{book_id}", BookPath, Book, STAFF,
    errors=(NotFound,), versioned=True,
)  # fmt: skip
LIST_BOOKS = Operation(
    "list_books", Words("列出图书", "List books"), "query", "GET", "/books", BookQuery, page_of(Book), STAFF,
    scope="unit_id",
)  # fmt: skip
CHANGE_BOOK = Operation(
    "change_book", Words("修改图书", "Change a book"), "command", "PATCH", "/books/{book_id}", BookChange, Book, STAFF,
    scope="unit_id", errors=(NotFound, Conflict), versioned=True, timeout=30.0,
)  # fmt: skip
REMOVE_BOOK = Operation(
    "remove_book", Words("删除图书", "Remove a book"), "command", "DELETE", "/books/{book_id}", BookPath, Reply,
    frozenset({Role.ORGANISATION_DEPARTMENT}),
)  # fmt: skip
SCAN_BOOKS = Operation(
    "scan_books", Words("扫描入库", "Scan books in"), "command", "POST", "/scans", Scan, Scanned, STAFF,
    scope="unit_id", status=202, upload="scan",
)  # fmt: skip
PRINT_BOOK = Operation(
    "print_book", Words("打印图书卡", "Print a book's card"), "query", "GET", "/books/{book_id}/card", BookPath, File,
    STAFF, download=True,
)  # fmt: skip
FIND_CARD = Operation(
    "find_card", Words("核验借书证", "Verify a card"), "query", "GET", "/cards/{book_id}", BookPath, Scanned,
    frozenset(Role), public=True,
)  # fmt: skip
BOOK_LENT = Event("library.book.lent.v1", Words("图书已借出", "A book was lent"), BookLent)

CONTRACT = ServiceContract(
    "library",
    Words("图书馆", "Library"),
    operations=(GET_BOOK, LIST_BOOKS, CHANGE_BOOK, REMOVE_BOOK, SCAN_BOOKS, PRINT_BOOK, FIND_CARD),
    events=(BOOK_LENT,),
)
