"""Whether two records are of one person (疑似同一人): asked with a score and reasons, answered by a person."""

from __future__ import annotations

from marshmallow import fields, validate

from services.enrollment.contract.parts import ORGANISERS, Text, WrongState, identifier
from shared.contracts import Event, EventData, Operation, Page, Reply, Request, page_of
from shared.errors import Conflict, Invalid, NotFound, StaleVersion
from shared.security.caller import Role
from shared.wording import Words

STATES = ("open", "same", "different", "lapsed")
_READERS = ORGANISERS | {Role.AUDITOR}


class SeatsOverlap(Conflict):
    """Joined, the person would hold seats that share a day; ``details["nomination_ids"]`` are those admitted."""

    code = "enrollment.seats-overlap"
    title = Words("合并后日期重叠", "Seats would overlap")


class ListPersonMatches(Page):
    """Which questions; by default those nobody has answered."""

    state = fields.String(load_default="open", validate=validate.OneOf(STATES))


class MatchId(Request):
    """Which question."""

    match_id = identifier(required=True)


class DecidePersonMatch(Request):
    """The answer of somebody who has looked.

    ``same`` joins two people (kind ``numbers``): ``keep`` is the person whose identity number is right. Of two names
    under one number (kind ``names``) ``same`` notes the spelling, ``different`` returns the nomination for
    correction unless it has ended.
    """

    match_id = identifier(required=True)
    decision = fields.String(required=True, validate=validate.OneOf(("same", "different")))
    keep = identifier(load_default=None, allow_none=True)
    note = fields.String(load_default="", validate=validate.Length(max=500))


class MatchSide(Reply):
    """One of the two records, by the nomination it was last seen in."""

    person_id = fields.String(required=True)
    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    name = fields.String(required=True)
    sex = fields.String(required=True, allow_none=True)
    born_on = fields.Date(required=True)
    post = fields.String(required=True)
    rank = fields.String(required=True)
    workplace = fields.String(required=True)
    phone_masked = fields.String(required=True)
    state = fields.String(required=True)


class MatchDecision(Reply):
    """Who answered, when, and what was written down."""

    by = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    keep = fields.String(required=True, allow_none=True)
    note = fields.String(required=True)


class PersonMatch(Reply):
    """A question: two numbers that may be one person's, or one number under two names.

    ``score`` of a kind ``names`` says how alike the names are, in per cent; ``lapsed``: one of the people was joined
    with somebody else meanwhile, or the nomination has another name or person now, or has ended.
    """

    match_id = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(("numbers", "names")))
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    score = fields.Integer(required=True)
    reasons = fields.List(fields.Nested(Text), required=True)
    sides = fields.List(fields.Nested(MatchSide), required=True)
    found_at = fields.AwareDateTime(required=True)
    decision = fields.Nested(MatchDecision, required=True, allow_none=True)
    version = fields.Integer(required=True)


class MatchFound(EventData):
    """Somebody should look whether these nominations are of one person."""

    match_id = fields.String(required=True)
    kind = fields.String(required=True)
    nomination_ids = fields.List(fields.String(), required=True)


class PeopleJoined(EventData):
    """Two records turned out to be of one person; these nominations are of ``person_id`` from now on."""

    person_id = fields.String(required=True)
    joined_person_id = fields.String(required=True)
    nomination_ids = fields.List(fields.String(), required=True)


MATCH_FOUND = Event(
    "enrollment.person-match.found.v1", Words("发现疑似同一人", "Two records may be of one person"), MatchFound
)
PEOPLE_JOINED = Event(
    "enrollment.people.joined.v1", Words("已确认为同一人并合并", "Two records were joined"), PeopleJoined
)
LIST_PERSON_MATCHES = Operation(
    name="list_person_matches",
    summary=Words("查询疑似同一人", "List records that may be of one person"),
    kind="query",
    verb="GET",
    path="/person-matches",
    request=ListPersonMatches,
    reply=page_of(PersonMatch),
    roles=_READERS,
    citywide=True,
)
GET_PERSON_MATCH = Operation(
    name="get_person_match",
    summary=Words("查看一项疑似同一人", "Show one such question"),
    kind="query",
    verb="GET",
    path="/person-matches/{match_id}",
    request=MatchId,
    reply=PersonMatch,
    roles=_READERS,
    citywide=True,
    errors=(NotFound,),
    versioned=True,
)
DECIDE_PERSON_MATCH = Operation(
    name="decide_person_match",
    summary=Words("确认是否同一人", "Say whether they are one person"),
    kind="command",
    verb="POST",
    path="/person-matches/{match_id}/decision",
    request=DecidePersonMatch,
    reply=PersonMatch,
    roles=ORGANISERS,
    citywide=True,
    errors=(NotFound, Invalid, WrongState, SeatsOverlap, StaleVersion),
    versioned=True,
)

OPERATIONS = (LIST_PERSON_MATCHES, GET_PERSON_MATCH, DECIDE_PERSON_MATCH)
EVENTS = (MATCH_FOUND, PEOPLE_JOINED)
