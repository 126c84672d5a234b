"""Commands of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client import scheduling_types as types
from gateway.client.wire import UNSET, Unset, Wire, given


class SchedulingCommands:
    """计划与排期 / Plans and scheduling."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def read_notice(
        self, *, file: bytes, filename: str | Unset = UNSET, idempotency_key: str | None = None
    ) -> types.NoticeReading:
        """读取培训通知，得到计划草案（不保存） / Read a notice into a draft plan, saving nothing."""
        return self._wire.send(
            types.NoticeReading,
            "POST",
            "/notice-readings",
            given(file=file, filename=filename),
            idempotency_key=idempotency_key,
            upload="file",
        )

    def create_plan(
        self,
        *,
        programmes: list[types.Programme],
        year: int | Unset | None = UNSET,
        title: str | Unset | None = UNSET,
        replacement_notice_days: int | Unset | None = UNSET,
        replacement_day_kind: Literal["calendar", "working"] | Unset | None = UNSET,
        contacts: list[types.Contact] | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Plan:
        """建立年度培训计划草案 / Create a draft plan."""
        return self._wire.send(
            types.Plan,
            "POST",
            "/plans",
            given(
                year=year,
                title=title,
                replacement_notice_days=replacement_notice_days,
                replacement_day_kind=replacement_day_kind,
                contacts=contacts,
                programmes=programmes,
            ),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def roll_plan(
        self, *, plan_id: str, year: int | Unset | None = UNSET, idempotency_key: str | None = None
    ) -> types.Plan:
        """将计划滚动到下一年度（生成草案） / Roll a plan forward into the draft of a later year."""
        return self._wire.send(
            types.Plan,
            "POST",
            "/plans/{plan_id}/successor",
            given(plan_id=plan_id, year=year),
            idempotency_key=idempotency_key,
        )

    def amend_plan(
        self,
        *,
        plan_id: str,
        year: int | Unset | None = UNSET,
        title: str | Unset | None = UNSET,
        replacement_notice_days: int | Unset | None = UNSET,
        replacement_day_kind: Literal["calendar", "working"] | Unset | None = UNSET,
        contacts: list[types.Contact] | Unset = UNSET,
        programmes: list[types.Programme] | Unset = UNSET,
        remove_programmes: list[int] | Unset = UNSET,
        reason: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Plan:
        """调整年度培训计划 / Amend a plan."""
        return self._wire.send(
            types.Plan,
            "PATCH",
            "/plans/{plan_id}",
            given(
                plan_id=plan_id,
                year=year,
                title=title,
                replacement_notice_days=replacement_notice_days,
                replacement_day_kind=replacement_day_kind,
                contacts=contacts,
                programmes=programmes,
                remove_programmes=remove_programmes,
                reason=reason,
            ),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def approve_plan(
        self, *, plan_id: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> types.Plan:
        """批准并发布年度培训计划 / Approve and publish a plan."""
        return self._wire.send(
            types.Plan,
            "POST",
            "/plans/{plan_id}/approval",
            given(plan_id=plan_id),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def move_term(
        self,
        *,
        term_id: str,
        starts_on: str | Unset = UNSET,
        room_id: str | Unset = UNSET,
        pinned: bool | Unset = UNSET,
        reason: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.TermRow:
        """手工调整一期的日期或教室 / Move a term by hand."""
        return self._wire.send(
            types.TermRow,
            "PATCH",
            "/terms/{term_id}",
            given(term_id=term_id, starts_on=starts_on, room_id=room_id, pinned=pinned, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def cancel_term(
        self,
        *,
        term_id: str,
        reason: str,
        release_admitted: bool | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.TermRow:
        """取消一期 / Cancel a term."""
        return self._wire.send(
            types.TermRow,
            "POST",
            "/terms/{term_id}/cancellation",
            given(term_id=term_id, reason=reason, release_admitted=release_admitted),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def put_campus(
        self,
        *,
        campus_id: str,
        title: str,
        district: str,
        beds: int,
        address: str | Unset | None = UNSET,
        reports_from: str | Unset | None = UNSET,
        reports_until: str | Unset | None = UNSET,
        opens_at: str | Unset | None = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Campus:
        """登记校区和床位 / Register a campus and its beds."""
        return self._wire.send(
            types.Campus,
            "PUT",
            "/campuses/{campus_id}",
            given(
                campus_id=campus_id,
                title=title,
                district=district,
                beds=beds,
                address=address,
                reports_from=reports_from,
                reports_until=reports_until,
                opens_at=opens_at,
            ),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def put_room(
        self,
        *,
        room_id: str,
        campus_id: str,
        title: str,
        capacity: int,
        kind: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Room:
        """登记教室 / Register a room."""
        return self._wire.send(
            types.Room,
            "PUT",
            "/rooms/{room_id}",
            given(room_id=room_id, campus_id=campus_id, title=title, capacity=capacity, kind=kind),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def put_blackout(
        self,
        *,
        blackout_id: str,
        title: str,
        starts_on: str,
        ends_on: str,
        districts: list[str] | Unset = UNSET,
        campus_ids: list[str] | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Blackout:
        """设定停办时段 / Set a blackout."""
        return self._wire.send(
            types.Blackout,
            "PUT",
            "/blackouts/{blackout_id}",
            given(
                blackout_id=blackout_id,
                title=title,
                starts_on=starts_on,
                ends_on=ends_on,
                districts=districts,
                campus_ids=campus_ids,
            ),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def lift_blackout(self, *, blackout_id: str, idempotency_key: str | None = None) -> types.Blackout:
        """撤销停办时段 / Lift a blackout."""
        return self._wire.send(
            types.Blackout,
            "DELETE",
            "/blackouts/{blackout_id}",
            given(blackout_id=blackout_id),
            idempotency_key=idempotency_key,
        )

    def put_calendar_day(
        self, *, day: str, working: bool, reason: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> types.CalendarOverride:
        """设定某日是否上班 / Say whether a day is worked."""
        return self._wire.send(
            types.CalendarOverride,
            "PUT",
            "/calendar/days/{day}",
            given(day=day, working=working, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def clear_calendar_day(self, *, day: str, idempotency_key: str | None = None) -> types.CalendarOverride:
        """恢复某日的法定安排 / Go back to the published table for a day."""
        return self._wire.send(
            types.CalendarOverride, "DELETE", "/calendar/days/{day}", given(day=day), idempotency_key=idempotency_key
        )

    def place_terms(
        self,
        *,
        plan_id: str,
        scheduler: str | Unset = UNSET,
        seconds: float | Unset = UNSET,
        wait_seconds: float | Unset = UNSET,
        again: bool | Unset = UNSET,
        policy: types.PolicyFields | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> types.Placement:
        """排期：将计划各期排入日历 / Place the terms of a plan on the calendar."""
        return self._wire.send(
            types.Placement,
            "POST",
            "/plans/{plan_id}/placement",
            given(
                plan_id=plan_id,
                scheduler=scheduler,
                seconds=seconds,
                wait_seconds=wait_seconds,
                again=again,
                policy=policy,
            ),
            idempotency_key=idempotency_key,
        )

    def preview_placement(
        self,
        *,
        plan_id: str,
        changes: list[types.PlacementChange] | Unset = UNSET,
        seconds: float | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> types.PlacementPreview:
        """推演排期：试改会牵动什么（不保存） / Show what changes would set moving, saving nothing."""
        return self._wire.send(
            types.PlacementPreview,
            "POST",
            "/plans/{plan_id}/placement-previews",
            given(plan_id=plan_id, changes=changes, seconds=seconds),
            idempotency_key=idempotency_key,
        )

    def put_lecturer(
        self,
        *,
        lecturer_id: str,
        name: str,
        grade: Literal["intermediate", "associate", "full", "academician"],
        organisation: str,
        post: str | Unset | None = UNSET,
        expertise: list[str] | Unset = UNSET,
        out_of_town: bool | Unset = UNSET,
        active: bool | Unset = UNSET,
        contact: types.LecturerContact | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.LecturerRow:
        """登记教师 / Register a lecturer."""
        return self._wire.send(
            types.LecturerRow,
            "PUT",
            "/lecturers/{lecturer_id}",
            given(
                lecturer_id=lecturer_id,
                name=name,
                grade=grade,
                organisation=organisation,
                post=post,
                expertise=expertise,
                out_of_town=out_of_town,
                active=active,
                contact=contact,
            ),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def put_unavailability(
        self,
        *,
        lecturer_id: str,
        unavailable: list[types.Unavailability],
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.LecturerRow:
        """登记教师不能授课的时间 / Set when a lecturer cannot teach."""
        return self._wire.send(
            types.LecturerRow,
            "PUT",
            "/lecturers/{lecturer_id}/unavailability",
            given(lecturer_id=lecturer_id, unavailable=unavailable),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def report_unavailability(
        self, *, unavailable: list[types.Unavailability], idempotency_key: str | None = None
    ) -> types.OwnRecord:
        """教师填报不能授课的时间 / Report when one cannot teach."""
        return self._wire.send(
            types.OwnRecord,
            "PUT",
            "/lecturer/unavailability",
            given(unavailable=unavailable),
            idempotency_key=idempotency_key,
        )

    def write_scheme(
        self,
        *,
        programme_id: str,
        modules: list[types.ModuleFields],
        aims: str | Unset = UNSET,
        budget: list[types.BudgetFields] | Unset = UNSET,
        reason: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.SchemeReply:
        """编写培训方案 / Write a programme's training scheme."""
        return self._wire.send(
            types.SchemeReply,
            "PUT",
            "/programmes/{programme_id}/scheme",
            given(programme_id=programme_id, aims=aims, modules=modules, budget=budget, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def submit_scheme(
        self, *, scheme_id: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> types.SchemeReply:
        """提交培训方案审批 / Submit a scheme for approval."""
        return self._wire.send(
            types.SchemeReply,
            "POST",
            "/schemes/{scheme_id}/submission",
            given(scheme_id=scheme_id),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def approve_scheme(
        self, *, scheme_id: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> types.SchemeReply:
        """批准培训方案 / Approve a scheme."""
        return self._wire.send(
            types.SchemeReply,
            "POST",
            "/schemes/{scheme_id}/approval",
            given(scheme_id=scheme_id),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def return_scheme(
        self, *, scheme_id: str, reason: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> types.SchemeReply:
        """退回培训方案 / Return a scheme for correction."""
        return self._wire.send(
            types.SchemeReply,
            "POST",
            "/schemes/{scheme_id}/return",
            given(scheme_id=scheme_id, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def solve_timetable(
        self,
        *,
        problem: types.TimetableProblem,
        scheduler: str | Unset = UNSET,
        seconds: float | Unset = UNSET,
        proposals: int | Unset | None = UNSET,
        seed: int | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> types.TimetableSolve:
        """排课：开始求解一份课表 / Start solving a timetable."""
        return self._wire.send(
            types.TimetableSolve,
            "POST",
            "/timetable-solves",
            given(problem=problem, scheduler=scheduler, seconds=seconds, proposals=proposals, seed=seed),
            idempotency_key=idempotency_key,
        )

    def stop_timetable_solve(self, *, solve_id: str, idempotency_key: str | None = None) -> types.TimetableSolve:
        """停止排课，保留目前最好的课表 / Stop a solve and keep its best timetable."""
        return self._wire.send(
            types.TimetableSolve,
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
    ) -> types.TimetablePreview:
        """预览手工调整的后果（不保存） / Show what a change by hand would do, saving nothing."""
        return self._wire.send(
            types.TimetablePreview,
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

    def invite_lecturer(
        self,
        *,
        term_id: str,
        course_id: str,
        lecturer_id: str,
        due_on: str | Unset = UNSET,
        instead_of: str | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> types.Invitation:
        """邀请教师授课 / Invite a lecturer to a course."""
        return self._wire.send(
            types.Invitation,
            "POST",
            "/terms/{term_id}/invitations",
            given(term_id=term_id, course_id=course_id, lecturer_id=lecturer_id, due_on=due_on, instead_of=instead_of),
            idempotency_key=idempotency_key,
        )

    def withdraw_invitation(
        self, *, invitation_id: str, reason: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> types.Invitation:
        """撤回授课邀请 / Withdraw an invitation."""
        return self._wire.send(
            types.Invitation,
            "POST",
            "/invitations/{invitation_id}/withdrawal",
            given(invitation_id=invitation_id, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def answer_invitation(
        self,
        *,
        invitation_id: str,
        answer: Literal["confirm", "decline"],
        reason: str | Unset | None = UNSET,
        substitute_id: str | Unset | None = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Invitation:
        """教师确认或谢绝授课 / Confirm or decline to teach."""
        return self._wire.send(
            types.Invitation,
            "POST",
            "/lecturer/invitations/{invitation_id}/answer",
            given(invitation_id=invitation_id, answer=answer, reason=reason, substitute_id=substitute_id),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def open_timetable_draft(
        self,
        *,
        term_id: str,
        source: Literal["scheme", "issued", "empty"] | Unset = UNSET,
        replace: bool | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.TimetableDraft:
        """起草日程表 / Begin a timetable's draft."""
        return self._wire.send(
            types.TimetableDraft,
            "POST",
            "/terms/{term_id}/timetable/draft",
            given(term_id=term_id, source=source, replace=replace),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def drop_timetable_draft(self, *, term_id: str, idempotency_key: str | None = None) -> types.Dropped:
        """放弃日程表草稿 / Drop a draft."""
        return self._wire.send(
            types.Dropped,
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
    ) -> types.TimetableDraft:
        """在草稿中增加课次 / Add a session to a draft."""
        return self._wire.send(
            types.TimetableDraft,
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
    ) -> types.TimetableDraft:
        """调整草稿中的课次 / Change a session of a draft."""
        return self._wire.send(
            types.TimetableDraft,
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

    def remove_session(
        self, *, term_id: str, session_id: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> types.TimetableDraft:
        """从草稿中删除课次 / Remove a session from a draft."""
        return self._wire.send(
            types.TimetableDraft,
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
    ) -> types.TimetableDraft:
        """对调草稿中的两个课次 / Let two sessions of a draft change places."""
        return self._wire.send(
            types.TimetableDraft,
            "POST",
            "/terms/{term_id}/timetable/draft/sessions/{session_id}/swap",
            given(term_id=term_id, session_id=session_id, other_id=other_id),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def join_sessions(
        self, *, sessions: list[types.JoinedSession], idempotency_key: str | None = None
    ) -> types.TimetableDraft:
        """将几期的课次合为一次合班课 / Make sessions of several terms one joint lecture."""
        return self._wire.send(
            types.TimetableDraft, "POST", "/joint-lectures", given(sessions=sessions), idempotency_key=idempotency_key
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
    ) -> types.Arrangement:
        """自动排课：为几期生成日程表草稿 / Let a scheduler make the drafts of some terms."""
        return self._wire.send(
            types.Arrangement,
            "POST",
            "/timetable-arrangements",
            given(term_ids=term_ids, scheduler=scheduler, seconds=seconds, seed=seed, keep=keep),
            idempotency_key=idempotency_key,
        )

    def issue_timetables(
        self, *, term_ids: list[str], reason: str | Unset | None = UNSET, idempotency_key: str | None = None
    ) -> types.IssuedTimetables:
        """下达日程表 / Issue timetables."""
        return self._wire.send(
            types.IssuedTimetables,
            "POST",
            "/timetable-issues",
            given(term_ids=term_ids, reason=reason),
            idempotency_key=idempotency_key,
        )

    def preview_retiming(
        self,
        *,
        plan_id: str,
        reason_code: Literal["epidemic", "weather", "venue", "duty", "other"],
        reason: str,
        term_ids: list[str] | Unset = UNSET,
        blackout: types.NewBlackout | Unset | None = UNSET,
        not_before: str | Unset | None = UNSET,
        not_after: str | Unset | None = UNSET,
        outcomes: list[types.TermOutcome] | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> types.RetimingPreview:
        """预览班次统一调整的全部影响（不保存） / Show everything a retiming would do, saving nothing."""
        return self._wire.send(
            types.RetimingPreview,
            "POST",
            "/retiming-previews",
            given(
                plan_id=plan_id,
                term_ids=term_ids,
                blackout=blackout,
                not_before=not_before,
                not_after=not_after,
                outcomes=outcomes,
                reason_code=reason_code,
                reason=reason,
            ),
            idempotency_key=idempotency_key,
        )

    def retime_terms(
        self,
        *,
        plan_id: str,
        reason_code: Literal["epidemic", "weather", "venue", "duty", "other"],
        reason: str,
        digest: str,
        term_ids: list[str] | Unset = UNSET,
        blackout: types.NewBlackout | Unset | None = UNSET,
        not_before: str | Unset | None = UNSET,
        not_after: str | Unset | None = UNSET,
        outcomes: list[types.TermOutcome] | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> types.Retiming:
        """统一调整班次时间（延期、取消或转为线上） / Postpone, cancel or move terms online together."""
        return self._wire.send(
            types.Retiming,
            "POST",
            "/retimings",
            given(
                plan_id=plan_id,
                term_ids=term_ids,
                blackout=blackout,
                not_before=not_before,
                not_after=not_after,
                outcomes=outcomes,
                reason_code=reason_code,
                reason=reason,
                digest=digest,
            ),
            idempotency_key=idempotency_key,
        )

    def issue_feed(
        self,
        *,
        kind: Literal["term", "lecturer", "room"],
        target_id: str,
        label: str | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> types.IssuedFeed:
        """签发日历订阅地址 / Issue a calendar feed of a term, a lecturer or a room."""
        return self._wire.send(
            types.IssuedFeed,
            "POST",
            "/feeds",
            given(kind=kind, target_id=target_id, label=label),
            idempotency_key=idempotency_key,
        )

    def issue_own_feed(self, *, idempotency_key: str | None = None) -> types.IssuedFeed:
        """领取本人的日历订阅地址（原地址作废） / Get one's own calendar feed; the earlier one ends."""
        return self._wire.send(types.IssuedFeed, "POST", "/my/feed", given(), idempotency_key=idempotency_key)

    def revoke_feed(
        self, *, feed_id: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> types.FeedRow:
        """收回日历订阅 / Take a calendar feed back."""
        return self._wire.send(
            types.FeedRow,
            "POST",
            "/feeds/{feed_id}/revocation",
            given(feed_id=feed_id),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def import_table(
        self,
        *,
        kind: Literal["lecturers", "rooms", "courses"],
        file: bytes,
        filename: str | Unset = UNSET,
        plan_id: str | Unset | None = UNSET,
        preview: bool | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> types.TableImport:
        """从Excel导入师资、教室或课程 / Import lecturers, rooms or courses from a workbook."""
        return self._wire.send(
            types.TableImport,
            "POST",
            "/table-imports",
            given(kind=kind, file=file, filename=filename, plan_id=plan_id, preview=preview),
            idempotency_key=idempotency_key,
            upload="file",
        )

    def draft_survey(
        self,
        *,
        plan_id: str,
        title: str,
        questions: list[types.QuestionFields],
        introduction: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Survey:
        """起草需求调研 / Draft a needs survey."""
        return self._wire.send(
            types.Survey,
            "POST",
            "/surveys",
            given(plan_id=plan_id, title=title, introduction=introduction, questions=questions),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def change_survey(
        self,
        *,
        survey_id: str,
        title: str | Unset = UNSET,
        introduction: str | Unset = UNSET,
        questions: list[types.QuestionFields] | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Survey:
        """修改未发布的需求调研 / Change a survey that is not open yet."""
        return self._wire.send(
            types.Survey,
            "PATCH",
            "/surveys/{survey_id}",
            given(survey_id=survey_id, title=title, introduction=introduction, questions=questions),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def open_survey(
        self,
        *,
        survey_id: str,
        unit_ids: list[str],
        due_on: str,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Survey:
        """发布需求调研 / Open a survey for units."""
        return self._wire.send(
            types.Survey,
            "POST",
            "/surveys/{survey_id}/opening",
            given(survey_id=survey_id, unit_ids=unit_ids, due_on=due_on),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def answer_survey(
        self,
        *,
        survey_id: str,
        unit_id: str,
        answers: list[types.AnswerFields],
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.SurveyAnswer:
        """单位填报培训需求 / Answer a survey for one's unit."""
        return self._wire.send(
            types.SurveyAnswer,
            "PUT",
            "/surveys/{survey_id}/answers/{unit_id}",
            given(survey_id=survey_id, unit_id=unit_id, answers=answers),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def close_survey(
        self, *, survey_id: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> types.Survey:
        """结束需求调研 / Close a survey."""
        return self._wire.send(
            types.Survey,
            "POST",
            "/surveys/{survey_id}/closing",
            given(survey_id=survey_id),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
