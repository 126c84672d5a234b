"""Dormitory, groups and meals of a term (住宿、分组、用餐)."""

from __future__ import annotations

from marshmallow import fields, validate

from services.enrollment.contract.parts import READERS, RoomUnsuitable, TermCancelled, identifier
from shared.contracts import Operation, Reply, Request
from shared.errors import NotFound, StaleVersion
from shared.security.caller import Role
from shared.wording import Words

HOSTS = frozenset({Role.PARTY_SCHOOL, Role.ORGANISATION_DEPARTMENT})
_NUMBER = validate.Length(1, 20)
_SEXES = validate.OneOf(("male", "female", None))


class RoomOffered(Request):
    """A room with its beds; ``kept_for`` keeps it for one sex."""

    number = fields.String(required=True, validate=_NUMBER)
    beds = fields.Integer(required=True, strict=True, validate=validate.Range(1, 20))
    kept_for = fields.String(load_default=None, allow_none=True, validate=_SEXES)


class ArrangeTerm(Request):
    """The rooms of a term and how large groups are; whoever has a place keeps it while it holds."""

    term_id = identifier(required=True)
    rooms = fields.List(fields.Nested(RoomOffered), required=True, validate=validate.Length(max=1000))
    group_size = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(2, 100))
    meeting_places = fields.List(
        fields.String(validate=validate.Length(1, 40)),
        load_default=list,
        validate=validate.Length(max=100),
        metadata={"description": "各组讨论地点，依次对应 / where each group meets, in order"},
    )


class MoveTrainee(Request):
    """Somebody put into another room or group by hand, and why; what is left out stays."""

    term_id = identifier(required=True)
    nomination_id = identifier(required=True)
    room = fields.String(validate=_NUMBER)
    group = fields.Integer(strict=True, validate=validate.Range(1, 1000))
    reason = fields.String(required=True, validate=validate.Length(2, 300))


class TermId(Request):
    """Which term."""

    term_id = identifier(required=True)


class Placed(Reply):
    """Somebody's room and group; ``room`` is null when no bed suits."""

    nomination_id = fields.String(required=True)
    name = fields.String(required=True)
    sex = fields.String(required=True)
    unit_id = fields.String(required=True)
    room = fields.String(required=True, allow_none=True)
    group = fields.Integer(required=True, allow_none=True)
    convener = fields.Boolean(required=True)


class MealCount(Reply):
    """How many eat by a rule of diet; empty: no rule."""

    diet = fields.String(required=True)
    people = fields.Integer(required=True)


class Arrangement(Reply):
    """Rooms, groups and meals of a term."""

    term_id = fields.String(required=True)
    rooms = fields.List(fields.Nested(RoomOffered), required=True)
    group_size = fields.Integer(required=True)
    meeting_places = fields.List(fields.String(), required=True)
    people = fields.List(fields.Nested(Placed), required=True)
    without_bed = fields.Integer(required=True)
    meals = fields.List(fields.Nested(MealCount), required=True)
    version = fields.Integer(required=True)


ARRANGE_TERM = Operation(
    name="arrange_term",
    summary=Words("安排住宿与分组", "Arrange rooms and groups of a term"),
    kind="command",
    verb="PUT",
    path="/terms/{term_id}/arrangement",
    request=ArrangeTerm,
    reply=Arrangement,
    roles=HOSTS,
    citywide=True,
    errors=(NotFound, TermCancelled, RoomUnsuitable, StaleVersion),
    versioned=True,
)
MOVE_TRAINEE = Operation(
    name="move_trainee",
    summary=Words("调整个人住宿或分组", "Put somebody into another room or group"),
    kind="command",
    verb="POST",
    path="/terms/{term_id}/arrangement/moves",
    request=MoveTrainee,
    reply=Arrangement,
    roles=HOSTS,
    citywide=True,
    errors=(NotFound, RoomUnsuitable, StaleVersion),
    versioned=True,
)
GET_ARRANGEMENT = Operation(
    name="get_arrangement",
    summary=Words("查看住宿、分组与用餐", "Show rooms, groups and meals of a term"),
    kind="query",
    verb="GET",
    path="/terms/{term_id}/arrangement",
    request=TermId,
    reply=Arrangement,
    roles=READERS,
    errors=(NotFound,),
    versioned=True,
)

OPERATIONS = (ARRANGE_TERM, MOVE_TRAINEE, GET_ARRANGEMENT)
