"""Timetable drafts of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.scheduling.types.timetable_drafts import (
    Arrangement,
    Dropped,
    IssuedTimetables,
    JoinedSession,
    SessionPlaces,
    TimetableDraft,
)
from gateway.client.wire import UNSET, Caller, Unset, given


class TimetableDraftsCalls(Caller):
    """计划与排期 / Plans and scheduling: timetable drafts."""

    def open_timetable_draft(
        self,
        *,
        term_id: str,
        source: Literal["scheme", "issued", "empty"] | Unset = UNSET,
        replace: bool | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> TimetableDraft:
        """起草日程表 / Begin a timetable's draft."""
        return self._wire.send(
            TimetableDraft,
            "POST",
            "/terms/{term_id}/timetable/draft",
            given(term_id=term_id, source=source, replace=replace),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def get_timetable_draft(self, *, term_id: str) -> TimetableDraft:
        """查看日程表草稿及规则检查 / Show a draft with what it breaks."""
        return self._wire.send(TimetableDraft, "GET", "/terms/{term_id}/timetable/draft", given(term_id=term_id))

    def drop_timetable_draft(self, *, term_id: str, idempotency_key: str | None = None) -> Dropped:
        """放弃日程表草稿 / Drop a draft."""
        return self._wire.send(
            Dropped,
            "DELETE",
            "/terms/{term_id}/timetable/draft",
            given(term_id=term_id),
            idempotency_key=idempotency_key,
        )

    def add_session(
        self,
        *,
        term_id: str,
        title: str,
        on: str,
        half: Literal["morning", "afternoon", "evening"],
        hours: int,
        module: str | Unset = UNSET,
        form: Literal["lecture", "discussion", "field", "self_study"] | Unset = UNSET,
        starts_at: str | Unset = UNSET,
        ends_at: str | Unset = UNSET,
        lecturer_id: str | Unset | None = UNSET,
        room_id: str | Unset | None = UNSET,
        host: str | Unset | None = UNSET,
        course_id: str | Unset | None = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> TimetableDraft:
        """在草稿中增加课次 / Add a session to a draft."""
        return self._wire.send(
            TimetableDraft,
            "POST",
            "/terms/{term_id}/timetable/draft/sessions",
            given(
                term_id=term_id,
                title=title,
                module=module,
                form=form,
                on=on,
                half=half,
                starts_at=starts_at,
                ends_at=ends_at,
                hours=hours,
                lecturer_id=lecturer_id,
                room_id=room_id,
                host=host,
                course_id=course_id,
            ),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def change_session(
        self,
        *,
        term_id: str,
        session_id: str,
        title: str | Unset = UNSET,
        module: str | Unset = UNSET,
        form: Literal["lecture", "discussion", "field", "self_study"] | Unset = UNSET,
        on: str | Unset = UNSET,
        half: Literal["morning", "afternoon", "evening"] | Unset = UNSET,
        starts_at: str | Unset = UNSET,
        ends_at: str | Unset = UNSET,
        hours: int | Unset = UNSET,
        lecturer_id: str | Unset | None = UNSET,
        room_id: str | Unset | None = UNSET,
        host: str | Unset | None = UNSET,
        apart: bool | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> TimetableDraft:
        """调整草稿中的课次 / Change a session of a draft."""
        return self._wire.send(
            TimetableDraft,
            "PATCH",
            "/terms/{term_id}/timetable/draft/sessions/{session_id}",
            given(
                term_id=term_id,
                session_id=session_id,
                title=title,
                module=module,
                form=form,
                on=on,
                half=half,
                starts_at=starts_at,
                ends_at=ends_at,
                hours=hours,
                lecturer_id=lecturer_id,
                room_id=room_id,
                host=host,
                apart=apart,
            ),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def list_session_places(self, *, term_id: str, session_id: str) -> SessionPlaces:
        """查看课次可调整到哪些半天及后果 / Show where a session of a draft could go and what that breaks."""
        return self._wire.send(
            SessionPlaces,
            "GET",
            "/terms/{term_id}/timetable/draft/sessions/{session_id}/places",
            given(term_id=term_id, session_id=session_id),
        )

    def remove_session(
        self, *, term_id: str, session_id: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> TimetableDraft:
        """从草稿中删除课次 / Remove a session from a draft."""
        return self._wire.send(
            TimetableDraft,
            "DELETE",
            "/terms/{term_id}/timetable/draft/sessions/{session_id}",
            given(term_id=term_id, session_id=session_id),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def swap_sessions(
        self,
        *,
        term_id: str,
        session_id: str,
        other_id: str,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> TimetableDraft:
        """对调草稿中的两个课次 / Let two sessions of a draft change places."""
        return self._wire.send(
            TimetableDraft,
            "POST",
            "/terms/{term_id}/timetable/draft/sessions/{session_id}/swap",
            given(term_id=term_id, session_id=session_id, other_id=other_id),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def join_sessions(self, *, sessions: list[JoinedSession], idempotency_key: str | None = None) -> TimetableDraft:
        """将几期的课次合为一次合班课 / Make sessions of several terms one joint lecture."""
        return self._wire.send(
            TimetableDraft, "POST", "/joint-lectures", given(sessions=sessions), idempotency_key=idempotency_key
        )

    def arrange_timetables(
        self,
        *,
        term_ids: list[str],
        scheduler: str | Unset = UNSET,
        seconds: float | Unset = UNSET,
        seed: int | Unset = UNSET,
        keep: list[str] | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> Arrangement:
        """自动排课：为几期生成日程表草稿 / Let a scheduler make the drafts of some terms."""
        return self._wire.send(
            Arrangement,
            "POST",
            "/timetable-arrangements",
            given(term_ids=term_ids, scheduler=scheduler, seconds=seconds, seed=seed, keep=keep),
            idempotency_key=idempotency_key,
        )

    def issue_timetables(
        self, *, term_ids: list[str], reason: str | Unset | None = UNSET, idempotency_key: str | None = None
    ) -> IssuedTimetables:
        """下达日程表 / Issue timetables."""
        return self._wire.send(
            IssuedTimetables,
            "POST",
            "/timetable-issues",
            given(term_ids=term_ids, reason=reason),
            idempotency_key=idempotency_key,
        )
