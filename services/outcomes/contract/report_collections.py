"""Best-of collections: graded reports bound into one document."""

from __future__ import annotations

from marshmallow import fields, validate

from services.outcomes.contract.parts import ORGANISERS, READERS, SCHOOL, File, WrongState, identifier, prose
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import Invalid, NotFound, Unavailable
from shared.security.caller import Role
from shared.wording import Words


class CompileCollection(Request):
    """Reports of a term or of a plan's year; by default all that are excellent, the best first.

    ``credited``: names of authors and their units stand under the titles; they are asked of enrollment at download.
    """

    title = prose(100, 2, required=True)
    term_id = identifier()
    plan_id = identifier()
    report_ids = fields.List(identifier(), validate=validate.Length(1, 200))
    credited = fields.Boolean(load_default=True)


class CollectionId(Request):
    """Which collection."""

    collection_id = identifier(required=True)


class ListCollections(Page):
    """Which collections."""

    term_id = identifier()
    plan_id = identifier()


class Collection(Reply):
    """A collection of reports."""

    collection_id = fields.String(required=True)
    title = fields.String(required=True)
    term_id = fields.String(required=True, allow_none=True)
    plan_id = fields.String(required=True, allow_none=True)
    report_ids = fields.List(fields.String(), required=True)
    credited = fields.Boolean(required=True)
    compiled_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


COMPILE_COLLECTION = Operation(
    name="compile_report_collection",
    summary=Words("选编优秀研究报告", "Compile a collection of reports"),
    kind="command",
    verb="POST",
    path="/report-collections",
    request=CompileCollection,
    reply=Collection,
    roles=SCHOOL,
    errors=(NotFound, Invalid, WrongState),
    versioned=True,
    status=201,
)
LIST_COLLECTIONS = Operation(
    name="list_report_collections",
    summary=Words("查询优秀研究报告选编", "List collections of reports"),
    kind="query",
    verb="GET",
    path="/report-collections",
    request=ListCollections,
    reply=page_of(Collection),
    roles=READERS,
)
GET_COLLECTION_FILE = Operation(
    name="get_report_collection_file",
    summary=Words("下载优秀研究报告选编（Word）", "Download a collection as one Word document"),
    kind="query",
    verb="GET",
    path="/report-collections/{collection_id}/file",
    request=CollectionId,
    reply=File,
    roles=ORGANISERS | {Role.UNIT},
    errors=(NotFound, Unavailable),
    timeout=60.0,
    download=True,
)

OPERATIONS = (COMPILE_COLLECTION, LIST_COLLECTIONS, GET_COLLECTION_FILE)
