"""The year's figures, the limits in force, and the files of a term for its archive."""

from __future__ import annotations

from marshmallow import fields

from services.outcomes.contract.parts import OVERSEERS, READERS
from shared.contracts import Operation, Reply, Request
from shared.contracts.exports import files_export
from shared.contracts.figures import Figures, GetFigures
from shared.security.caller import Role
from shared.wording import Words


class ListLimits(Request):
    """The limits over time."""


class Limit(Reply):
    """One limit; ``basis`` is ``source``, ``design`` or ``unverified``."""

    key = fields.String(required=True)
    value = fields.Raw(required=True)
    effective_from = fields.Date(required=True)
    effective_to = fields.Date(required=True, allow_none=True)
    source = fields.String(required=True)
    basis = fields.String(required=True)


class Limits(Reply):
    """Every limit of the service over time, in force today or not."""

    items = fields.List(fields.Nested(Limit), required=True)


GET_OUTCOMES_FIGURES = Operation(
    name="get_outcomes_figures",
    summary=Words("成果运用年度数据", "The year's figures of outcomes"),
    kind="query",
    verb="GET",
    path="/figures/{plan_id}/outcomes",
    request=GetFigures,
    reply=Figures,
    roles=OVERSEERS,
    citywide=True,
    timeout=60.0,
)
LIST_OUTCOMES_LIMITS = Operation(
    name="list_outcomes_limits",
    summary=Words("成果运用各项限额与依据", "The limits of outcomes with their sources"),
    kind="query",
    verb="GET",
    path="/limits/outcomes",
    request=ListLimits,
    reply=Limits,
    roles=READERS | {Role.OPERATOR},
)
EXPORT_OUTCOMES_FILES = files_export("outcomes")

OPERATIONS = (GET_OUTCOMES_FIGURES, LIST_OUTCOMES_LIMITS, EXPORT_OUTCOMES_FILES)
