"""The year's figures of scheduling."""

from __future__ import annotations

from shared.contracts import Operation
from shared.contracts.figures import Figures, GetFigures
from shared.security.caller import Role
from shared.wording import Words

GET_SCHEDULING_FIGURES = Operation(
    name="get_scheduling_figures",
    summary=Words("计划与师资年度数据", "The year's figures of scheduling"),
    kind="query",
    verb="GET",
    path="/figures/{plan_id}/scheduling",
    request=GetFigures,
    reply=Figures,
    roles=frozenset({Role.ORGANISATION_DEPARTMENT, Role.PARTY_SCHOOL, Role.AUDITOR, Role.SERVICE}),
    citywide=True,
    timeout=60.0,
)
OPERATIONS = (GET_SCHEDULING_FIGURES,)
