"""Queries of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client import scheduling_types as types
from gateway.client.wire import UNSET, Download, Unset, Wire, given


class SchedulingQueries:
    """计划与排期 / Plans and scheduling."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def list_plans(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        year: int | Unset = UNSET,
        state: Literal["draft", "approved"] | Unset = UNSET,
    ) -> types.PlanRowPage:
        """列出年度培训计划 / List plans."""
        return self._wire.send(
            types.PlanRowPage, "GET", "/plans", given(cursor=cursor, limit=limit, year=year, state=state)
        )

    def get_plan(self, *, plan_id: str) -> types.Plan:
        """查看年度培训计划 / Show a plan."""
        return self._wire.send(types.Plan, "GET", "/plans/{plan_id}", given(plan_id=plan_id))

    def list_plan_versions(
        self, *, plan_id: str, cursor: str | Unset = UNSET, limit: int | Unset = UNSET
    ) -> types.PlanVersionPage:
        """列出计划的历次版本 / List the versions of a plan."""
        return self._wire.send(
            types.PlanVersionPage,
            "GET",
            "/plans/{plan_id}/versions",
            given(plan_id=plan_id, cursor=cursor, limit=limit),
        )

    def get_plan_version(self, *, plan_id: str, number: int) -> types.PlanVersionFull:
        """查看计划的某一版本 / Show a version of a plan."""
        return self._wire.send(
            types.PlanVersionFull, "GET", "/plans/{plan_id}/versions/{number}", given(plan_id=plan_id, number=number)
        )

    def compare_plan(self, *, plan_id: str, from_version: int, to_version: int | Unset = UNSET) -> types.PlanDiff:
        """比较计划的两个版本 / Compare two versions of a plan."""
        return self._wire.send(
            types.PlanDiff,
            "GET",
            "/plans/{plan_id}/changes",
            given(plan_id=plan_id, from_version=from_version, to_version=to_version),
        )

    def list_terms(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        plan_id: str | Unset = UNSET,
        programme_id: str | Unset = UNSET,
        state: Literal["planned", "placed", "cancelled"] | Unset = UNSET,
        from_day: str | Unset = UNSET,
        to_day: str | Unset = UNSET,
    ) -> types.TermRowPage:
        """列出班次各期 / List terms."""
        return self._wire.send(
            types.TermRowPage,
            "GET",
            "/terms",
            given(
                cursor=cursor,
                limit=limit,
                plan_id=plan_id,
                programme_id=programme_id,
                state=state,
                from_day=from_day,
                to_day=to_day,
            ),
        )

    def get_term(self, *, term_id: str) -> types.TermRow:
        """查看一期 / Show a term."""
        return self._wire.send(types.TermRow, "GET", "/terms/{term_id}", given(term_id=term_id))

    def list_campuses(self, *, cursor: str | Unset = UNSET, limit: int | Unset = UNSET) -> types.CampusPage:
        """列出校区 / List campuses."""
        return self._wire.send(types.CampusPage, "GET", "/campuses", given(cursor=cursor, limit=limit))

    def list_rooms(self, *, cursor: str | Unset = UNSET, limit: int | Unset = UNSET) -> types.RoomPage:
        """列出教室 / List rooms."""
        return self._wire.send(types.RoomPage, "GET", "/rooms", given(cursor=cursor, limit=limit))

    def list_blackouts(self, *, cursor: str | Unset = UNSET, limit: int | Unset = UNSET) -> types.BlackoutPage:
        """列出停办时段 / List blackouts."""
        return self._wire.send(types.BlackoutPage, "GET", "/blackouts", given(cursor=cursor, limit=limit))

    def list_calendar_days(self, *, from_day: str, to_day: str) -> types.CalendarDays:
        """查看工作日历 / Show the working-day calendar."""
        return self._wire.send(types.CalendarDays, "GET", "/calendar/days", given(from_day=from_day, to_day=to_day))

    def get_notice_deadline(
        self, *, opening: str, days: int, day_kind: Literal["calendar", "working"] | Unset = UNSET
    ) -> types.NoticeDeadline:
        """推算提前报告的最后日期 / Work out the last day to report ahead of an opening."""
        return self._wire.send(
            types.NoticeDeadline, "GET", "/calendar/deadline", given(opening=opening, days=days, day_kind=day_kind)
        )

    def get_placement(self, *, placement_id: str) -> types.Placement:
        """查看排期的进展和结果 / Show a placement's progress and result."""
        return self._wire.send(types.Placement, "GET", "/placements/{placement_id}", given(placement_id=placement_id))

    def list_placements(
        self, *, plan_id: str, cursor: str | Unset = UNSET, limit: int | Unset = UNSET
    ) -> types.PlacementRowPage:
        """列出计划的历次排期 / List the placements of a plan."""
        return self._wire.send(
            types.PlacementRowPage,
            "GET",
            "/plans/{plan_id}/placements",
            given(plan_id=plan_id, cursor=cursor, limit=limit),
        )

    def list_lecturers(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        grade: Literal["intermediate", "associate", "full", "academician"] | Unset = UNSET,
        active: bool | Unset = UNSET,
        subject: str | Unset = UNSET,
    ) -> types.LecturerRowPage:
        """列出师资 / List lecturers."""
        return self._wire.send(
            types.LecturerRowPage,
            "GET",
            "/lecturers",
            given(cursor=cursor, limit=limit, grade=grade, active=active, subject=subject),
        )

    def get_lecturer(self, *, lecturer_id: str) -> types.Lecturer:
        """查看教师 / Show a lecturer."""
        return self._wire.send(types.Lecturer, "GET", "/lecturers/{lecturer_id}", given(lecturer_id=lecturer_id))

    def get_lecturer_contact(self, *, lecturer_id: str, purpose: str) -> types.ContactShown:
        """查看教师联系方式（留痕） / Show a lecturer's contact in full; the look is audited."""
        return self._wire.send(
            types.ContactShown,
            "GET",
            "/lecturers/{lecturer_id}/contact",
            given(lecturer_id=lecturer_id, purpose=purpose),
        )

    def get_own_record(self) -> types.OwnRecord:
        """教师查看本人登记信息 / Show a lecturer's own record."""
        return self._wire.send(types.OwnRecord, "GET", "/lecturer/record", given())

    def list_schemes(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        plan_id: str | Unset = UNSET,
        programme_id: str | Unset = UNSET,
        state: Literal["draft", "submitted", "approved"] | Unset = UNSET,
    ) -> types.SchemeRowPage:
        """列出培训方案 / List schemes."""
        return self._wire.send(
            types.SchemeRowPage,
            "GET",
            "/schemes",
            given(cursor=cursor, limit=limit, plan_id=plan_id, programme_id=programme_id, state=state),
        )

    def get_scheme(self, *, scheme_id: str) -> types.SchemeReply:
        """查看培训方案 / Show a scheme."""
        return self._wire.send(types.SchemeReply, "GET", "/schemes/{scheme_id}", given(scheme_id=scheme_id))

    def list_scheme_versions(
        self, *, scheme_id: str, cursor: str | Unset = UNSET, limit: int | Unset = UNSET
    ) -> types.SchemeVersionRowPage:
        """列出培训方案的历次版本 / List a scheme's versions."""
        return self._wire.send(
            types.SchemeVersionRowPage,
            "GET",
            "/schemes/{scheme_id}/versions",
            given(scheme_id=scheme_id, cursor=cursor, limit=limit),
        )

    def get_scheme_version(self, *, scheme_id: str, number: int) -> types.SchemeVersion:
        """查看培训方案的某一版 / Show a version of a scheme."""
        return self._wire.send(
            types.SchemeVersion,
            "GET",
            "/schemes/{scheme_id}/versions/{number}",
            given(scheme_id=scheme_id, number=number),
        )

    def compare_scheme(
        self, *, scheme_id: str, from_number: int, to_number: int | Unset = UNSET
    ) -> types.SchemeComparison:
        """比较培训方案的两个版本 / Compare two versions of a scheme."""
        return self._wire.send(
            types.SchemeComparison,
            "GET",
            "/schemes/{scheme_id}/comparison",
            given(scheme_id=scheme_id, from_number=from_number, to_number=to_number),
        )

    def get_timetable_solve(self, *, solve_id: str) -> types.TimetableSolve:
        """查看排课的进展和目前最好的课表 / Show a solve's progress and its best timetable so far."""
        return self._wire.send(types.TimetableSolve, "GET", "/timetable-solves/{solve_id}", given(solve_id=solve_id))

    def list_timetable_solves(
        self, *, cursor: str | Unset = UNSET, limit: int | Unset = UNSET
    ) -> types.TimetableSolveRowPage:
        """列出历次排课 / List solves of timetables."""
        return self._wire.send(
            types.TimetableSolveRowPage, "GET", "/timetable-solves", given(cursor=cursor, limit=limit)
        )

    def list_lecturer_proposals(
        self, *, term_id: str, course_id: str | Unset = UNSET, limit: int | Unset = UNSET
    ) -> types.Proposals:
        """为一期各门课程推荐教师 / Propose lecturers for the courses of a term."""
        return self._wire.send(
            types.Proposals,
            "GET",
            "/terms/{term_id}/lecturer-proposals",
            given(term_id=term_id, course_id=course_id, limit=limit),
        )

    def list_invitations(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        lecturer_id: str | Unset = UNSET,
        state: Literal["invited", "confirmed", "declined", "lapsed", "withdrawn", "superseded"] | Unset = UNSET,
    ) -> types.InvitationPage:
        """列出授课邀请 / List invitations."""
        return self._wire.send(
            types.InvitationPage,
            "GET",
            "/invitations",
            given(cursor=cursor, limit=limit, term_id=term_id, lecturer_id=lecturer_id, state=state),
        )

    def get_invitation(self, *, invitation_id: str) -> types.Invitation:
        """查看授课邀请 / Show an invitation."""
        return self._wire.send(
            types.Invitation, "GET", "/invitations/{invitation_id}", given(invitation_id=invitation_id)
        )

    def list_own_invitations(self) -> types.OwnInvitations:
        """教师查看本人的授课邀请 / Show a lecturer's own invitations."""
        return self._wire.send(types.OwnInvitations, "GET", "/lecturer/invitations", given())

    def list_substitutes(self, *, invitation_id: str) -> types.Substitutes:
        """可推荐的替代教师 / Colleagues who could be named instead."""
        return self._wire.send(
            types.Substitutes,
            "GET",
            "/lecturer/invitations/{invitation_id}/substitutes",
            given(invitation_id=invitation_id),
        )

    def get_timetable(self, *, term_id: str, number: int | Unset = UNSET) -> types.TimetableReply:
        """查看一期的日程表 / Show a term's timetable."""
        return self._wire.send(
            types.TimetableReply, "GET", "/terms/{term_id}/timetable", given(term_id=term_id, number=number)
        )

    def get_timetable_file(self, *, term_id: str, number: int | Unset = UNSET) -> Download:
        """下载日程表（Excel） / Download a timetable as a workbook."""
        return self._wire.download("GET", "/terms/{term_id}/timetable/file", given(term_id=term_id, number=number))

    def list_timetable_versions(
        self, *, term_id: str, cursor: str | Unset = UNSET, limit: int | Unset = UNSET
    ) -> types.TimetableVersionRowPage:
        """列出日程表的历次版本 / List a timetable's versions."""
        return self._wire.send(
            types.TimetableVersionRowPage,
            "GET",
            "/terms/{term_id}/timetable/versions",
            given(term_id=term_id, cursor=cursor, limit=limit),
        )

    def compare_timetable(
        self, *, term_id: str, from_number: int, to_number: int | Unset = UNSET
    ) -> types.TimetableComparison:
        """比较日程表的两个版本 / Compare two versions of a timetable."""
        return self._wire.send(
            types.TimetableComparison,
            "GET",
            "/terms/{term_id}/timetable/comparison",
            given(term_id=term_id, from_number=from_number, to_number=to_number),
        )

    def list_sessions(
        self,
        *,
        from_day: str,
        to_day: str,
        term_id: str | Unset = UNSET,
        lecturer_id: str | Unset = UNSET,
        room_id: str | Unset = UNSET,
    ) -> types.CalendarSessions:
        """查询已下达的课次 / List issued sessions by day, term, lecturer or room."""
        return self._wire.send(
            types.CalendarSessions,
            "GET",
            "/sessions",
            given(from_day=from_day, to_day=to_day, term_id=term_id, lecturer_id=lecturer_id, room_id=room_id),
        )

    def list_own_sessions(self, *, from_day: str, to_day: str) -> types.CalendarSessions:
        """教师查看本人的课次 / Show what a lecturer teaches."""
        return self._wire.send(
            types.CalendarSessions, "GET", "/lecturer/sessions", given(from_day=from_day, to_day=to_day)
        )

    def export_scheduling_files(self, *, term_id: str) -> types.ExportedFiles:
        """导出一期的归档文件 / Export the files of a term for its archive."""
        return self._wire.send(types.ExportedFiles, "GET", "/terms/{term_id}/files/scheduling", given(term_id=term_id))

    def get_timetable_draft(self, *, term_id: str) -> types.TimetableDraft:
        """查看日程表草稿及规则检查 / Show a draft with what it breaks."""
        return self._wire.send(types.TimetableDraft, "GET", "/terms/{term_id}/timetable/draft", given(term_id=term_id))

    def get_retiming(self, *, retiming_id: str) -> types.Retiming:
        """查看一次统一调整的进展 / Show a retiming and how far it is."""
        return self._wire.send(types.Retiming, "GET", "/retimings/{retiming_id}", given(retiming_id=retiming_id))

    def list_retimings(
        self, *, cursor: str | Unset = UNSET, limit: int | Unset = UNSET, plan_id: str | Unset = UNSET
    ) -> types.RetimingRowPage:
        """列出历次统一调整 / List retimings."""
        return self._wire.send(
            types.RetimingRowPage, "GET", "/retimings", given(cursor=cursor, limit=limit, plan_id=plan_id)
        )

    def list_feeds(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        kind: Literal["term", "lecturer", "room"] | Unset = UNSET,
        target_id: str | Unset = UNSET,
        revoked: bool | Unset = UNSET,
    ) -> types.FeedRowPage:
        """列出日历订阅 / List calendar feeds."""
        return self._wire.send(
            types.FeedRowPage,
            "GET",
            "/feeds",
            given(cursor=cursor, limit=limit, kind=kind, target_id=target_id, revoked=revoked),
        )

    def read_feed(self, *, token: str) -> Download:
        """读取日历订阅 / Read a calendar feed."""
        return self._wire.download("GET", "/feeds/{token}/calendar", given(token=token))

    def list_table_imports(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        kind: Literal["lecturers", "rooms", "courses"] | Unset = UNSET,
    ) -> types.TableImportPage:
        """列出历次表格导入 / List imports of tables."""
        return self._wire.send(
            types.TableImportPage, "GET", "/table-imports", given(cursor=cursor, limit=limit, kind=kind)
        )

    def get_table_import_file(self, *, import_id: str) -> Download:
        """下载带校验说明的表格 / Download the table with the result beside each row."""
        return self._wire.download("GET", "/table-imports/{import_id}/file", given(import_id=import_id))

    def get_table_form(self, *, kind: Literal["lecturers", "rooms", "courses"]) -> Download:
        """下载导入用的空白表 / Download the form of a table to import."""
        return self._wire.download("GET", "/table-forms/{kind}", given(kind=kind))

    def list_surveys(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        plan_id: str | Unset = UNSET,
        state: Literal["draft", "open", "closed"] | Unset = UNSET,
    ) -> types.SurveyRowPage:
        """列出需求调研 / List surveys."""
        return self._wire.send(
            types.SurveyRowPage, "GET", "/surveys", given(cursor=cursor, limit=limit, plan_id=plan_id, state=state)
        )

    def get_survey(self, *, survey_id: str) -> types.Survey:
        """查看需求调研 / Show a survey."""
        return self._wire.send(types.Survey, "GET", "/surveys/{survey_id}", given(survey_id=survey_id))

    def get_survey_answer(self, *, survey_id: str, unit_id: str) -> types.SurveyAnswer:
        """查看一个单位的填报 / Show one unit's answers."""
        return self._wire.send(
            types.SurveyAnswer,
            "GET",
            "/surveys/{survey_id}/answers/{unit_id}",
            given(survey_id=survey_id, unit_id=unit_id),
        )

    def list_survey_answers(
        self, *, survey_id: str, cursor: str | Unset = UNSET, limit: int | Unset = UNSET
    ) -> types.SurveyAnswerPage:
        """列出各单位的填报 / List the units' answers."""
        return self._wire.send(
            types.SurveyAnswerPage,
            "GET",
            "/surveys/{survey_id}/answers",
            given(survey_id=survey_id, cursor=cursor, limit=limit),
        )

    def get_survey_ranking(self, *, survey_id: str) -> types.Ranking:
        """查看培训需求的主题排序 / Show the themes ranked by need."""
        return self._wire.send(types.Ranking, "GET", "/surveys/{survey_id}/ranking", given(survey_id=survey_id))

    def get_scheduling_figures(self, *, plan_id: str) -> types.Figures:
        """计划与师资年度数据 / The year's figures of scheduling."""
        return self._wire.send(types.Figures, "GET", "/figures/{plan_id}/scheduling", given(plan_id=plan_id))
