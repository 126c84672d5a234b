"""What compliance decides ends a nomination here: the seat is free again, and its state says why.

It counts from when it was decided, however late the news comes.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.enrollment.commands.leaving import leave
from services.enrollment.domain.nomination import LEFT, Step
from services.enrollment.store import NOMINATIONS
from shared.errors import Unavailable
from shared.storage import Transaction, exactly


def on_expelled(tx: Transaction, news: dict[str, Any], at: datetime) -> None:
    """The organisation department ended somebody's training (退学)."""
    _end(tx, news, Step.EXPEL, "expelled", news["reason_code"], at)


def on_not_reported(tx: Transaction, news: dict[str, Any], at: datetime) -> None:
    """Somebody did not report within the days of grace: the seat goes to standby."""
    _end(tx, news, Step.MISS, "not-reported", "", at)


def _end(tx: Transaction, news: dict[str, Any], how: Step, reason_code: str, note: str, at: datetime) -> None:
    row = tx.rows(NOMINATIONS).one({"_id": exactly(news["nomination_id"])})
    if row is None:
        raise Unavailable(
            "尚无该推荐，稍后重试",
            "there is no such nomination yet; try again",
            nomination_id=news["nomination_id"],
        )
    if row["state"] not in LEFT:  # replaced or withdrawn meanwhile: that stands
        leave(tx, row, how, reason_code, note, at)
