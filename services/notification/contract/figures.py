"""The year's figures of letters and messages."""

from __future__ import annotations

from services.notification.contract.parts import READERS
from shared.contracts import Operation
from shared.contracts.figures import Figures, GetFigures
from shared.security.caller import Role
from shared.wording import Words

GET_NOTIFICATION_FIGURES = Operation(
    name="get_notification_figures",
    summary=Words("函件与送达年度数据", "The year's figures of letters and messages"),
    kind="query",
    verb="GET",
    path="/figures/{plan_id}/notification",
    request=GetFigures,
    reply=Figures,
    roles=READERS - {Role.UNIT},
    citywide=True,
    timeout=60.0,
)
OPERATIONS = (GET_NOTIFICATION_FIGURES,)
