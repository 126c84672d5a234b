"""Figures of Notification (函件与送达).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.notification.types.figures import Figures
from gateway.client.wire import Caller, given


class FiguresCalls(Caller):
    """函件与送达 / Notification: figures."""

    def get_notification_figures(self, *, plan_id: str) -> Figures:
        """函件与送达年度数据 / The year's figures of letters and messages."""
        return self._wire.send(Figures, "GET", "/figures/{plan_id}/notification", given(plan_id=plan_id))
