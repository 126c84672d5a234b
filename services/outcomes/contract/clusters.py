"""Clusters of questions: put together, corrected by a person, matched to the sessions of the term."""

from __future__ import annotations

from marshmallow import fields, validate

from services.outcomes.contract.parts import OVERSEERS, SCHOOL, Classified, WrongState, identifier, prose
from services.outcomes.contract.question_sets import KINDS
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import Invalid, NotFound, Unavailable
from shared.wording import Words

STATES = ("unmatched", "waiting", "handed_over", "answered", "used", "not_covered")


class ListClusters(Page):
    """Which clusters to list."""

    term_id = identifier(required=True)
    state = fields.String(validate=validate.OneOf(STATES))
    session_id = identifier()


class ClusterId(Request):
    """Which cluster."""

    cluster_id = identifier(required=True)


class MergeClusters(ClusterId):
    """Clusters that ask the same as this one; they become part of it."""

    cluster_ids = fields.List(identifier(), required=True, validate=validate.Length(1, 100))


class SplitCluster(ClusterId):
    """Questions that ask something else; they become a cluster of their own."""

    question_ids = fields.List(identifier(), required=True, validate=validate.Length(1, 500))


class ChangeCluster(ClusterId):
    """Another wording for the lecturer, another session, or (``session_id`` null) none."""

    wording = prose(1000, 2)
    session_id = identifier(allow_none=True)


class TermOfQuestions(Request):
    """Which term."""

    term_id = identifier(required=True)


class ClusterRow(Reply):
    """A cluster; ``likeness`` to its session in percent, ``shared`` the words both have."""

    cluster_id = fields.String(required=True)
    term_id = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    wording = fields.String(required=True)
    questions = fields.Integer(required=True)
    units = fields.Integer(required=True)
    by_person = fields.Boolean(required=True)
    session_id = fields.String(required=True, allow_none=True)
    session_title = fields.String(required=True, allow_none=True)
    session_by = fields.String(required=True, allow_none=True, validate=validate.OneOf(("match", "person", None)))
    likeness = fields.Integer(required=True)
    shared = fields.List(fields.String(), required=True)
    lecturer_id = fields.String(required=True, allow_none=True)
    handover_id = fields.String(required=True, allow_none=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    answer = fields.String(required=True, allow_none=True)
    answered_at = fields.AwareDateTime(required=True, allow_none=True)
    version = fields.Integer(required=True)


class Member(Reply):
    """One question of a cluster and the unit that asked; never a person."""

    question_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    text = fields.String(required=True)


class Cluster(ClusterRow):
    """A cluster with its questions."""

    members = fields.List(fields.Nested(Member), required=True)


class SessionCoverage(Reply):
    """What became of the questions of one session."""

    session_id = fields.String(required=True)
    session_title = fields.String(required=True)
    lecturer_id = fields.String(required=True, allow_none=True)
    questions = fields.Integer(required=True)
    handed_over = fields.Integer(required=True)
    answered = fields.Integer(required=True)
    used = fields.Integer(required=True)
    not_covered = fields.Integer(required=True)


class Coverage(Reply):
    """What became of a term's questions and cases, counted by question.

    ``pending`` wait for names to be masked, ``withheld`` bore a security marking, ``waiting`` have a session and are
    not handed over (the term is not released, or the session has no lecturer). ``handed_over`` are those the lecturer
    has not spoken of yet.
    """

    term_id = fields.String(required=True)
    released = fields.Boolean(required=True)
    filed = fields.Integer(required=True)
    pending = fields.Integer(required=True)
    withheld = fields.Integer(required=True)
    clusters = fields.Integer(required=True)
    unmatched = fields.Integer(required=True)
    waiting = fields.Integer(required=True)
    handed_over = fields.Integer(required=True)
    answered = fields.Integer(required=True)
    used = fields.Integer(required=True)
    not_covered = fields.Integer(required=True)
    receipts_overdue = fields.Integer(required=True, metadata={"description": "逾期未回执的转交 / hand-overs"})
    sessions = fields.List(fields.Nested(SessionCoverage), required=True)


CLUSTER_QUESTIONS = Operation(
    name="cluster_questions",
    summary=Words("整理一期的问题：隐去姓名、归并、对应课次", "Mask, cluster and match a term's questions"),
    kind="command",
    verb="POST",
    path="/terms/{term_id}/question-clusters",
    request=TermOfQuestions,
    reply=Coverage,
    roles=SCHOOL,
    errors=(NotFound, Unavailable),
    timeout=60.0,
)
LIST_CLUSTERS = Operation(
    name="list_question_clusters",
    summary=Words("查询归并后的问题", "List clusters of questions"),
    kind="query",
    verb="GET",
    path="/question-clusters",
    request=ListClusters,
    reply=page_of(ClusterRow),
    roles=OVERSEERS,
)
GET_CLUSTER = Operation(
    name="get_question_cluster",
    summary=Words("查看一类问题", "Show a cluster of questions"),
    kind="query",
    verb="GET",
    path="/question-clusters/{cluster_id}",
    request=ClusterId,
    reply=Cluster,
    roles=OVERSEERS,
    errors=(NotFound,),
    versioned=True,
)
MERGE_CLUSTERS = Operation(
    name="merge_question_clusters",
    summary=Words("合并几类问题", "Merge clusters of questions"),
    kind="command",
    verb="POST",
    path="/question-clusters/{cluster_id}/merge",
    request=MergeClusters,
    reply=Cluster,
    roles=SCHOOL,
    errors=(NotFound, WrongState, Invalid),
    timeout=60.0,
)
SPLIT_CLUSTER = Operation(
    name="split_question_cluster",
    summary=Words("拆分一类问题", "Split a cluster of questions"),
    kind="command",
    verb="POST",
    path="/question-clusters/{cluster_id}/split",
    request=SplitCluster,
    reply=Cluster,
    roles=SCHOOL,
    errors=(NotFound, WrongState, Invalid),
    timeout=60.0,
)
CHANGE_CLUSTER = Operation(
    name="change_question_cluster",
    summary=Words("改写措辞或指定课次", "Reword a cluster, or put it to another session"),
    kind="command",
    verb="PATCH",
    path="/question-clusters/{cluster_id}",
    request=ChangeCluster,
    reply=Cluster,
    roles=SCHOOL,
    errors=(NotFound, WrongState, Classified),
    timeout=60.0,
)
GET_COVERAGE = Operation(
    name="get_question_coverage",
    summary=Words("问题解答覆盖情况", "How far a term's questions are covered"),
    kind="query",
    verb="GET",
    path="/terms/{term_id}/question-coverage",
    request=TermOfQuestions,
    reply=Coverage,
    roles=OVERSEERS,
    errors=(NotFound,),
)

OPERATIONS = (
    CLUSTER_QUESTIONS,
    LIST_CLUSTERS,
    GET_CLUSTER,
    MERGE_CLUSTERS,
    SPLIT_CLUSTER,
    CHANGE_CLUSTER,
    GET_COVERAGE,
)
