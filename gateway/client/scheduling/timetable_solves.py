"""Timetable solves of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.scheduling.types.timetable_problem import TimetableProblem
from gateway.client.scheduling.types.timetable_solves import TimetablePreview, TimetableSolve, TimetableSolveRowPage
from gateway.client.wire import UNSET, Caller, Unset, given


class TimetableSolvesCalls(Caller):
    """计划与排期 / Plans and scheduling: timetable solves."""

    def solve_timetable(
        self,
        *,
        problem: TimetableProblem,
        scheduler: str | Unset = UNSET,
        seconds: float | Unset = UNSET,
        proposals: int | Unset | None = UNSET,
        seed: int | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> TimetableSolve:
        """排课：开始求解一份课表 / Start solving a timetable."""
        return self._wire.send(
            TimetableSolve,
            "POST",
            "/timetable-solves",
            given(problem=problem, scheduler=scheduler, seconds=seconds, proposals=proposals, seed=seed),
            idempotency_key=idempotency_key,
        )

    def get_timetable_solve(self, *, solve_id: str) -> TimetableSolve:
        """查看排课的进展和目前最好的课表 / Show a solve's progress and its best timetable so far."""
        return self._wire.send(TimetableSolve, "GET", "/timetable-solves/{solve_id}", given(solve_id=solve_id))

    def list_timetable_solves(
        self, *, cursor: str | Unset = UNSET, limit: int | Unset = UNSET
    ) -> TimetableSolveRowPage:
        """列出历次排课 / List solves of timetables."""
        return self._wire.send(TimetableSolveRowPage, "GET", "/timetable-solves", given(cursor=cursor, limit=limit))

    def stop_timetable_solve(self, *, solve_id: str, idempotency_key: str | None = None) -> TimetableSolve:
        """停止排课，保留目前最好的课表 / Stop a solve and keep its best timetable."""
        return self._wire.send(
            TimetableSolve,
            "POST",
            "/timetable-solves/{solve_id}/stop",
            given(solve_id=solve_id),
            idempotency_key=idempotency_key,
        )

    def preview_timetable_change(
        self,
        *,
        solve_id: str,
        action: Literal["move", "swap", "lock", "unlock"],
        course_id: str,
        number: int,
        slot: int | Unset | None = UNSET,
        room_id: str | Unset | None = UNSET,
        other_course_id: str | Unset | None = UNSET,
        other_number: int | Unset | None = UNSET,
        idempotency_key: str | None = None,
    ) -> TimetablePreview:
        """预览手工调整的后果（不保存） / Show what a change by hand would do, saving nothing."""
        return self._wire.send(
            TimetablePreview,
            "POST",
            "/timetable-solves/{solve_id}/preview",
            given(
                solve_id=solve_id,
                action=action,
                course_id=course_id,
                number=number,
                slot=slot,
                room_id=room_id,
                other_course_id=other_course_id,
                other_number=other_number,
            ),
            idempotency_key=idempotency_key,
        )
