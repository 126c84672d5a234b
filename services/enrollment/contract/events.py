"""Events of enrollment; none of them holds personal data."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.contracts import Event, EventData
from shared.wording import Words


class RosterReceived(EventData):
    """A roster file is stored and waits for its import."""

    import_id = fields.String(required=True)
    unit_id = fields.String(required=True)


class RosterImported(EventData):
    """An import came to its end; ``state`` is ``done`` or ``failed``."""

    import_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    state = fields.String(required=True)
    rows = fields.Integer(required=True)
    nominations = fields.Integer(required=True)
    errors = fields.Integer(required=True)


class FiledNomination(EventData):
    """One nomination and what the rules said of it."""

    nomination_id = fields.String(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf(("eligible", "warned", "refused")))


class NominationsFiled(EventData):
    """People of a unit were nominated for a term, or one of them anew; a long roster sends several of these."""

    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    nominations = fields.List(fields.Nested(FiledNomination), required=True)


class FiledQuestion(EventData):
    """A question or a case from a roster; number-like personal data is taken out."""

    term_id = fields.String(required=True)
    text = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(("question", "case")))


class QuestionsFiled(EventData):
    """Questions and cases that came with a roster; a long roster sends several of these."""

    import_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    questions = fields.List(fields.Nested(FiledQuestion), required=True)


class QuotaAllotted(EventData):
    """A unit's places in a term were set."""

    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    places = fields.Integer(required=True)


class NominationsReviewed(EventData):
    """A step of the review ladder decided on nominations of a unit for a term, on all of them alike.

    ``awaits`` is the step that decides next; null once accepted by the last, or returned or refused by any.
    """

    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    nomination_ids = fields.List(fields.String(), required=True)
    decision = fields.String(required=True)
    reason_code = fields.String(required=True, allow_none=True)
    step = fields.String(required=True)
    awaits = fields.String(required=True, allow_none=True)


class TraineeAdmitted(EventData):
    """Somebody has a seat."""

    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)


class RosterAdmitted(EventData):
    """One admission's people of one unit in one term."""

    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    nomination_ids = fields.List(fields.String(), required=True)
    count = fields.Integer(required=True)


class NominationWithdrawn(EventData):
    """Somebody no longer goes; ``was_admitted`` says whether a seat became free."""

    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    reason_code = fields.String(required=True)
    was_admitted = fields.Boolean(required=True)


ROSTER_RECEIVED = Event("enrollment.roster.received.v1", Words("名单已收到", "A roster was received"), RosterReceived)
ROSTER_IMPORTED = Event("enrollment.roster.imported.v1", Words("名单已导入", "A roster was imported"), RosterImported)
NOMINATIONS_FILED = Event(
    "enrollment.nominations.filed.v1", Words("已推荐人选", "People were nominated"), NominationsFiled
)
NOMINATIONS_REVIEWED = Event(
    "enrollment.nominations.reviewed.v1", Words("推荐已审核", "Nominations were reviewed"), NominationsReviewed
)
NOMINATION_WITHDRAWN = Event(
    "enrollment.nomination.withdrawn.v1", Words("推荐已撤回", "A nomination was withdrawn"), NominationWithdrawn
)
QUESTIONS_FILED = Event(
    "enrollment.questions.filed.v1", Words("问题和案例已随名单报送", "Questions came with a roster"), QuestionsFiled
)
QUOTA_ALLOTTED = Event("enrollment.quota.allotted.v1", Words("名额已分配", "Places were allotted"), QuotaAllotted)
TRAINEE_ADMITTED = Event(
    "enrollment.trainee.admitted.v1", Words("学员已录取", "A trainee was admitted"), TraineeAdmitted
)
ROSTER_ADMITTED = Event(
    "enrollment.roster.admitted.v1", Words("单位学员名单已录取", "A unit's people were admitted"), RosterAdmitted
)

EVENTS = (
    ROSTER_RECEIVED,
    ROSTER_IMPORTED,
    NOMINATIONS_FILED,
    NOMINATIONS_REVIEWED,
    NOMINATION_WITHDRAWN,
    QUESTIONS_FILED,
    QUOTA_ALLOTTED,
    TRAINEE_ADMITTED,
    ROSTER_ADMITTED,
)
