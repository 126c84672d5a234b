"""What compliance decides ends a nomination here: the seat is free again, and its state says why.

It counts from when it was decided, however late the news comes.
That somebody did not report ends nothing by itself: the organisation department may keep them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.enrollment.commands.leaving import leave
from services.enrollment.commands.nominating import step
from services.enrollment.domain.nomination import LEFT, MISSED, State, Step
from services.enrollment.store import NOMINATIONS
from shared.errors import Unavailable
from shared.storage import Transaction, exactly


def on_withdrawn(tx: Transaction, news: dict[str, Any], at: datetime) -> None:
    """The organisation department ended somebody's training (退学), or the admission of who did not report."""
    row = _nomination(tx, news)
    if row["state"] in LEFT:  # replaced or withdrawn meanwhile: that stands
        return
    if news["reason_code"] == "not_reported":
        leave(tx, row, Step.MISS, "not-reported", "", at)
    else:
        leave(tx, row, Step.EXPEL, "expelled", news["reason_code"], at)


def on_not_reported(tx: Transaction, news: dict[str, Any]) -> None:
    """Somebody did not report within the days of grace: the seat stays theirs until the department has decided."""
    row = _nomination(tx, news)
    if row["state"] == State.ADMITTED:
        tx.rows(NOMINATIONS).save({**row, "history": [*row["history"], step(tx, MISSED)]})


def _nomination(tx: Transaction, news: dict[str, Any]) -> dict[str, Any]:
    row = tx.rows(NOMINATIONS).one({"_id": exactly(news["nomination_id"])})
    if row is None:
        raise Unavailable(
            "尚无该推荐，稍后重试",
            "there is no such nomination yet; try again",
            nomination_id=news["nomination_id"],
        )
    return row
