"""Topics of research reports: proposed, approved, chosen."""

from __future__ import annotations

from marshmallow import fields, validate

from services.outcomes.contract.parts import READERS, SCHOOL, Classified, WrongState, identifier, prose
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import Conflict, NotFound
from shared.security.caller import Role
from shared.wording import Words

STATES = ("proposed", "approved", "declined")
_PROPOSERS = frozenset({Role.PARTY_SCHOOL, Role.ORGANISATION_DEPARTMENT, Role.TRAINEE})


class TopicTaken(Conflict):
    """As many trainees as may have chosen the topic."""

    code = "outcomes.topic-taken"
    title = Words("选题名额已满", "Topic taken")


class ProposeTopic(Request):
    """A topic for a term; a trainee proposes for their own term. ``places``: how many may choose it, null: any."""

    term_id = identifier()
    title = prose(100, 2, required=True)
    description = fields.String(load_default="", validate=validate.Length(max=1000))
    places = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(1, 500))


class TopicId(Request):
    """Which topic."""

    topic_id = identifier(required=True)


class DecideTopic(TopicId):
    """Whether it may be chosen; declining needs the reason."""

    approved = fields.Boolean(required=True)
    reason = fields.String(load_default="", validate=validate.Length(max=500))


class ListTopics(Page):
    """Which topics; a trainee gets those of their own term."""

    term_id = identifier()
    state = fields.String(validate=validate.OneOf(STATES))


class Topic(Reply):
    """A topic; ``own`` whether the caller, a trainee, proposed it."""

    topic_id = fields.String(required=True)
    term_id = fields.String(required=True)
    title = fields.String(required=True)
    description = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    proposed_by = fields.String(required=True, validate=validate.OneOf(("organisers", "trainee")))
    own = fields.Boolean(required=True)
    reason = fields.String(required=True)
    places = fields.Integer(required=True, allow_none=True)
    chosen = fields.Integer(required=True)
    version = fields.Integer(required=True)


PROPOSE_TOPIC = Operation(
    name="propose_topic",
    summary=Words("提出研究报告选题", "Propose a topic for reports"),
    kind="command",
    verb="POST",
    path="/report-topics",
    request=ProposeTopic,
    reply=Topic,
    roles=_PROPOSERS,
    errors=(NotFound, Classified),
    versioned=True,
    status=201,
)
DECIDE_TOPIC = Operation(
    name="decide_topic",
    summary=Words("审定选题", "Approve or decline a topic"),
    kind="command",
    verb="POST",
    path="/report-topics/{topic_id}/decision",
    request=DecideTopic,
    reply=Topic,
    roles=SCHOOL,
    errors=(NotFound, WrongState),
    versioned=True,
)
LIST_TOPICS = Operation(
    name="list_topics",
    summary=Words("查询选题", "List topics"),
    kind="query",
    verb="GET",
    path="/report-topics",
    request=ListTopics,
    reply=page_of(Topic),
    roles=READERS | {Role.TRAINEE},
)

OPERATIONS = (PROPOSE_TOPIC, DECIDE_TOPIC, LIST_TOPICS)
