"""The marks of one roll: what was asked for, what may stand, and why not."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from services.compliance.commands.refusals import has_withdrawn, not_of_this_term
from services.compliance.domain.attendance import STATUS_WORDS, Mark, Status, mark_of
from services.compliance.domain.standing import Standing
from services.compliance.domain.timetable import Session
from services.compliance.domain.wording import Refusal
from shared.policies import Policies


class RollCall:
    """Decides on each mark of a session by the same rules, whether somebody was named or is among the others."""

    def __init__(self, session: Session, policies: Policies, now: datetime, before: dict[str, Mark]) -> None:
        self._session, self._now, self._before = session, now, before
        self._absent_after = timedelta(minutes=policies.number("attendance.absent_after_minutes"))

    def named(self, given: dict[str, Any], trainee: dict[str, Any] | None, standing: Standing, reason: str) -> Mark:
        """Return the mark of a person who was named. Raises ``Refusal``."""
        nomination_id = given["nomination_id"]
        if trainee is None:
            raise not_of_this_term(nomination_id)
        if trainee["state"] == "withdrawn":
            raise has_withdrawn(nomination_id)
        mark = self._settled(self._asked(given), trainee, standing)
        before = self._before.get(nomination_id)
        if before is not None and before != mark and not reason.strip():
            words = STATUS_WORDS[before.status]
            raise Refusal(
                "reason-needed",
                f"该生本次课已登记为“{words.zh}”，更正请填写原因 reason",
                f"the mark {words.en!r} stands already; a correction needs a reason",
            )
        return mark

    def other(self, status: str, trainee: dict[str, Any], standing: Standing) -> Mark:
        """Return the mark of somebody who was not named: absent who has not checked in, on leave who has leave."""
        if self._session.session_id in standing.covered:
            return Mark(Status.LEAVE)
        there = trainee["checked_in_at"] is not None
        return self._settled(Mark(Status(status) if there else Status.ABSENT), trainee, standing)

    def _asked(self, given: dict[str, Any]) -> Mark:
        came_at, left_at = given["came_at"], given["left_at"]
        if given["status"] is None:
            if max(came_at, left_at or came_at) > self._now:
                raise Refusal("ahead", "到课或离开时间晚于当前时间，请核对", "a time lies ahead of now; check it")
            return mark_of(self._session, came_at, left_at, self._absent_after)
        status = Status(given["status"])
        if given["left_early"] and status is Status.PRESENT:
            return Mark(Status.LEFT_EARLY)
        return Mark(status, given["left_early"] and status is Status.LATE)

    def _settled(self, mark: Mark, trainee: dict[str, Any], standing: Standing) -> Mark:
        if mark.attended:
            if trainee["checked_in_at"] is None:
                raise Refusal(
                    "not-checked-in", "该生尚未报到，请先登记报到", "this person has not checked in; do that first"
                )
            return mark
        if self._session.session_id in standing.covered:
            return Mark(Status.LEAVE)
        if mark.status is Status.LEAVE:
            raise Refusal(
                "no-leave",
                "该生本次课没有已批准的请假，请先办理请假，否则登记为旷课",
                "no granted leave covers this session; file the leave first, else it is absence",
            )
        return mark
