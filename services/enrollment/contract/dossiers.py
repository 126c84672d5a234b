"""The nomination dossier (推荐材料): the nomination, posts held, what else the person attends, hours, standby."""

from __future__ import annotations

from marshmallow import fields, validate

from services.enrollment.contract.nominations import Nomination, NominationId
from services.enrollment.contract.parts import FILERS, READERS, Text, WrongState, identifier
from services.enrollment.contract.standby import StandbyEntry
from shared.contracts import Event, EventData, Operation, Reply, Request
from shared.errors import NotFound, StaleVersion
from shared.wording import Words


class ChangePost(Request):
    """A post or rank somebody holds from a day on; what is held on the first day of the term is the snapshot."""

    nomination_id = identifier(required=True)
    post = fields.String(required=True, validate=validate.Length(1, 200))
    rank = fields.String(required=True, validate=validate.Length(1, 60))
    workplace = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=200))
    since = fields.Date(required=True)
    document = fields.String(
        load_default="",
        validate=validate.Length(max=200),
        metadata={"description": "任职文件 / the document it rests on"},
    )


class PostChanged(EventData):
    """Somebody's post changed; ``in_force``: the snapshot for the term is now another one."""

    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    admitted = fields.Boolean(required=True)
    in_force = fields.Boolean(required=True)


class PostHeld(Reply):
    """A post with its rank, held from a day on."""

    post = fields.String(required=True)
    rank = fields.String(required=True)
    workplace = fields.String(required=True)
    since = fields.Date(required=True)
    document = fields.String(required=True)
    by = fields.String(required=True)
    at = fields.AwareDateTime(required=True)


class OtherEngagement(Reply):
    """Another nomination of the same person, of any year, that still counts."""

    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    programme_title = fields.String(required=True)
    ordinal = fields.Integer(required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    state = fields.String(required=True)


class HoursOnRecord(Reply):
    """Class hours on record against those required for the person's rank, by the limit in ``source``."""

    earned = fields.Integer(required=True)
    required_hours = fields.Integer(required=True)
    gap = fields.Integer(required=True)
    span = fields.Nested(Text, required=True)
    source = fields.String(required=True)


class Dossier(Reply):
    """Everything about one nomination."""

    nomination = fields.Nested(Nomination, required=True)
    posts = fields.List(fields.Nested(PostHeld), required=True)
    others = fields.List(fields.Nested(OtherEngagement), required=True)
    hours = fields.Nested(HoursOnRecord, required=True, allow_none=True)
    standby = fields.Nested(StandbyEntry, required=True, allow_none=True)


POST_CHANGED = Event("enrollment.post.changed.v1", Words("学员职务职级有变动", "Somebody's post changed"), PostChanged)
CHANGE_POST = Operation(
    name="change_post",
    summary=Words("登记职务职级变动", "Record a change of post or rank"),
    kind="command",
    verb="POST",
    path="/nominations/{nomination_id}/posts",
    request=ChangePost,
    reply=Nomination,
    roles=FILERS,
    errors=(NotFound, WrongState, StaleVersion),
    versioned=True,
)
GET_DOSSIER = Operation(
    name="get_dossier",
    summary=Words("查看推荐材料全貌", "Show everything about a nomination"),
    kind="query",
    verb="GET",
    path="/nominations/{nomination_id}/dossier",
    request=NominationId,
    reply=Dossier,
    roles=READERS,
    errors=(NotFound,),
)

OPERATIONS = (CHANGE_POST, GET_DOSSIER)
EVENTS = (POST_CHANGED,)
