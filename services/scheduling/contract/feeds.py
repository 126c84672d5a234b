"""Calendar feeds (日历订阅): the sessions of a term, a lecturer or a room at an address nobody can guess."""

from __future__ import annotations

from marshmallow import fields, validate

from services.scheduling.contract.parts import PLANNERS, code, identifier
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import Conflict, NotFound, StaleVersion
from shared.security.caller import Role
from shared.wording import Words

KINDS = ("term", "lecturer", "room")
_KEEPERS = PLANNERS | {Role.AUDITOR}


class FeedRevoked(Conflict):
    """The feed was taken back before."""

    code = "scheduling.feed-revoked"
    title = Words("日历订阅已收回", "Feed taken back")


class IssueFeed(Request):
    """Whose sessions to show, and who gets the address: it can be taken back for them alone."""

    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    target_id = code("期、教师或教室的编号 / identifier of the term, lecturer or room", required=True)
    label = fields.String(load_default="", validate=validate.Length(max=100))


class FeedId(Request):
    """Which feed."""

    feed_id = identifier(required=True)


class ListFeeds(Page):
    """Which feeds to list."""

    kind = fields.String(validate=validate.OneOf(KINDS))
    target_id = code("期、教师或教室的编号 / identifier of the term, lecturer or room")
    revoked = fields.Boolean()


class FeedRow(Reply):
    """A feed. ``personal``: a trainee or lecturer asked for it by their own link."""

    feed_id = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    target_id = fields.String(required=True)
    label = fields.String(required=True)
    personal = fields.Boolean(required=True)
    issued_at = fields.AwareDateTime(required=True)
    issued_by = fields.String(required=True)
    revoked_at = fields.AwareDateTime(required=True, allow_none=True)
    revoked_by = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)


class IssuedFeed(FeedRow):
    """A new feed. Its token stands in this reply and nowhere else; ``path`` is where calendar programs fetch it."""

    token = fields.String(required=True)
    path = fields.String(required=True)


class ReadFeed(Request):
    """The token of a feed: whoever has it may read."""

    token = fields.String(required=True, validate=validate.Length(1, 80))


class CalendarFile(Reply):
    """An iCalendar file (RFC 5545); content in base64."""

    filename = fields.String(required=True)
    media_type = fields.String(required=True)
    content = fields.String(required=True)


ISSUE_FEED = Operation(
    name="issue_feed",
    summary=Words("签发日历订阅地址", "Issue a calendar feed of a term, a lecturer or a room"),
    kind="command",
    verb="POST",
    path="/feeds",
    request=IssueFeed,
    reply=IssuedFeed,
    roles=PLANNERS,
    citywide=True,
    errors=(NotFound,),
    status=201,
)
ISSUE_OWN_FEED = Operation(
    name="issue_own_feed",
    summary=Words("领取本人的日历订阅地址（原地址作废）", "Get one's own calendar feed; the earlier one ends"),
    kind="command",
    verb="POST",
    path="/my/feed",
    request=Request,
    reply=IssuedFeed,
    roles=frozenset({Role.TRAINEE, Role.LECTURER}),
    errors=(NotFound,),
    status=201,
)
LIST_FEEDS = Operation(
    name="list_feeds",
    summary=Words("列出日历订阅", "List calendar feeds"),
    kind="query",
    verb="GET",
    path="/feeds",
    request=ListFeeds,
    reply=page_of(FeedRow),
    roles=_KEEPERS,
    citywide=True,
)
REVOKE_FEED = Operation(
    name="revoke_feed",
    summary=Words("收回日历订阅", "Take a calendar feed back"),
    kind="command",
    verb="POST",
    path="/feeds/{feed_id}/revocation",
    request=FeedId,
    reply=FeedRow,
    roles=PLANNERS,
    citywide=True,
    errors=(NotFound, StaleVersion, FeedRevoked),
    versioned=True,
)
READ_FEED = Operation(
    name="read_feed",
    summary=Words("读取日历订阅", "Read a calendar feed"),
    kind="query",
    verb="GET",
    path="/feeds/{token}/calendar",
    request=ReadFeed,
    reply=CalendarFile,
    roles=frozenset(Role),
    errors=(NotFound,),
    download=True,
    public=True,
)
OPERATIONS = (ISSUE_FEED, ISSUE_OWN_FEED, LIST_FEEDS, REVOKE_FEED, READ_FEED)
