"""Admission: seats given in review order, and who was admitted."""

from __future__ import annotations

from marshmallow import fields

from services.enrollment.contract.nominations import Problem
from services.enrollment.contract.parts import ORGANISERS, READERS, TermCancelled, identifier, unit_path
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import NotFound
from shared.security.caller import Role
from shared.wording import Words


class AdmitTerm(Request):
    """Which term; with ``nomination_ids`` only those, else everybody accepted, in review order.

    ``standby_left_out`` puts those for whom there is no seat on their unit's standby list, in the same order.
    """

    term_id = identifier(required=True)
    nomination_ids = fields.List(identifier(), allow_none=True, load_default=None)
    standby_left_out = fields.Boolean(load_default=False)


class LeftOut(Reply):
    """Somebody accepted who got no seat now, and why."""

    nomination_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    problem = fields.Nested(Problem, required=True)


class Admission(Reply):
    """What an admission did."""

    term_id = fields.String(required=True)
    admitted = fields.List(fields.String(), required=True)
    left_out = fields.List(fields.Nested(LeftOut), required=True)
    capacity = fields.Integer(required=True)
    seats_left = fields.Integer(required=True)


class ListTrainees(Page):
    """Trainees of a term, of one unit and those below it when it is given; ``below`` false leaves those out."""

    term_id = identifier(required=True)
    unit_id = unit_path()
    below = fields.Boolean(load_default=True)


class Trainee(Reply):
    """One admitted person as a letter or a list names them; the phone is masked, the identity number absent."""

    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    unit_title = fields.String(required=True)
    name = fields.String(required=True)
    sex = fields.String(required=True, allow_none=True)
    workplace = fields.String(required=True)
    post = fields.String(required=True)
    rank = fields.String(required=True)
    political_status = fields.String(required=True)
    phone_masked = fields.String(required=True)
    admitted_at = fields.AwareDateTime(required=True)


class ListFills(Request):
    """Which terms' fill."""

    plan_id = identifier()


class Fill(Reply):
    """How full a term is: ``nominated`` are all still in the running, ``accepted`` those waiting for a seat."""

    term_id = fields.String(required=True)
    plan_id = fields.String(required=True)
    programme_ordinal = fields.Integer(required=True)
    programme_title = fields.String(required=True)
    ordinal = fields.Integer(required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    cancelled = fields.Boolean(required=True)
    capacity = fields.Integer(required=True)
    nominated = fields.Integer(required=True)
    refused = fields.Integer(required=True)
    accepted = fields.Integer(required=True)
    admitted = fields.Integer(required=True)


class Fills(Reply):
    """The fill of every term."""

    items = fields.List(fields.Nested(Fill), required=True)


ADMIT_TERM = Operation(
    name="admit_term",
    summary=Words("按审核顺序录取", "Admit to a term in review order"),
    kind="command",
    verb="POST",
    path="/terms/{term_id}/admissions",
    request=AdmitTerm,
    reply=Admission,
    roles=ORGANISERS,
    errors=(NotFound, TermCancelled),
    timeout=60.0,
)
LIST_TRAINEES = Operation(
    name="list_trainees",
    summary=Words("查询已录取学员", "List admitted trainees"),
    kind="query",
    verb="GET",
    path="/terms/{term_id}/trainees",
    request=ListTrainees,
    reply=page_of(Trainee),
    roles=READERS,
    scope="unit_id",
)
TERM_FILL = Operation(
    name="term_fill",
    summary=Words("各期报名与录取情况", "How full each term is"),
    kind="query",
    verb="GET",
    path="/fills",
    request=ListFills,
    reply=Fills,
    roles=READERS | {Role.OPERATOR},
)

OPERATIONS = (ADMIT_TERM, LIST_TRAINEES, TERM_FILL)
