"""What scheduling hears of enrollment: who has a seat in which term, by identifiers only."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts import Event, EventData
from shared.wording import Words


class RosterAdmitted(EventData):
    """People of one unit that have a seat in a term."""

    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    nomination_ids = fields.List(fields.String(), required=True)


class NominationWithdrawn(EventData):
    """Somebody no longer goes."""

    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    was_admitted = fields.Boolean(required=True)


ROSTER_ADMITTED = Event(
    "enrollment.roster.admitted.v1", Words("单位学员名单已录取", "A unit's people were admitted"), RosterAdmitted
)
NOMINATION_WITHDRAWN = Event(
    "enrollment.nomination.withdrawn.v1", Words("推荐已撤回", "A nomination was withdrawn"), NominationWithdrawn
)
