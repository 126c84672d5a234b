"""Queries of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client import enrollment_types as types
from gateway.client.wire import UNSET, Download, Unset, Wire, given


class EnrollmentQueries:
    """选调与录取 / Enrollment."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def list_units(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        under: str | Unset = UNSET,
        kind: Literal["city", "district", "department", "organ"] | Unset = UNSET,
    ) -> types.UnitPage:
        """查询参训单位 / List units."""
        return self._wire.send(
            types.UnitPage, "GET", "/units", given(cursor=cursor, limit=limit, under=under, kind=kind)
        )

    def get_unit(self, *, unit_id: str) -> types.Unit:
        """查看参训单位 / Show a unit."""
        return self._wire.send(types.Unit, "GET", "/units/{unit_id}", given(unit_id=unit_id))

    def list_quotas(self, *, term_id: str) -> types.Quotas:
        """查询名额及使用情况 / Show the places of a term and their use."""
        return self._wire.send(types.Quotas, "GET", "/terms/{term_id}/quotas", given(term_id=term_id))

    def list_place_transfers(
        self,
        *,
        term_id: str,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        state: Literal["asked", "done", "declined", "cancelled"] | Unset = UNSET,
        kind: Literal["returned", "borrowed", "released", "reopened", "standby"] | Unset = UNSET,
    ) -> types.PlaceTransferPage:
        """查询名额调剂记录 / List transfers of places."""
        return self._wire.send(
            types.PlaceTransferPage,
            "GET",
            "/terms/{term_id}/place-transfers",
            given(term_id=term_id, cursor=cursor, limit=limit, state=state, kind=kind),
        )

    def list_rosters(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        state: Literal["received", "importing", "done", "failed"] | Unset = UNSET,
    ) -> types.RosterPage:
        """查询已报送的名单 / List filed rosters."""
        return self._wire.send(
            types.RosterPage, "GET", "/rosters", given(cursor=cursor, limit=limit, unit_id=unit_id, state=state)
        )

    def get_roster(self, *, import_id: str) -> types.Roster:
        """查看名单导入进度与问题行 / Show an import: state, counts, rows in error."""
        return self._wire.send(types.Roster, "GET", "/rosters/{import_id}", given(import_id=import_id))

    def list_roster_rows(
        self,
        *,
        import_id: str,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        result: Literal["filed", "warned", "refused", "error", "previewed"] | Unset = UNSET,
    ) -> types.RosterRowPage:
        """逐行查看名单中有问题或有提醒的行 / List the rows of a roster there is something to say about."""
        return self._wire.send(
            types.RosterRowPage,
            "GET",
            "/rosters/{import_id}/rows",
            given(import_id=import_id, cursor=cursor, limit=limit, result=result),
        )

    def get_roster_file(self, *, import_id: str) -> Download:
        """下载带校验说明的名单 / Download the roster with the result beside each row."""
        return self._wire.download("GET", "/rosters/{import_id}/file", given(import_id=import_id))

    def list_nominations(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        import_id: str | Unset = UNSET,
        state: Literal[
            "filed",
            "attested",
            "accepted",
            "returned",
            "refused",
            "admitted",
            "withdrawn",
            "replaced",
            "expelled",
            "not_reported",
        ]
        | Unset = UNSET,
        outcome: Literal["eligible", "warned", "refused"] | Unset = UNSET,
        awaits: str | Unset = UNSET,
    ) -> types.NominationSummaryPage:
        """查询推荐人选 / List nominations."""
        return self._wire.send(
            types.NominationSummaryPage,
            "GET",
            "/nominations",
            given(
                cursor=cursor,
                limit=limit,
                term_id=term_id,
                unit_id=unit_id,
                import_id=import_id,
                state=state,
                outcome=outcome,
                awaits=awaits,
            ),
        )

    def get_nomination(self, *, nomination_id: str) -> types.Nomination:
        """查看一份推荐 / Show one nomination."""
        return self._wire.send(
            types.Nomination, "GET", "/nominations/{nomination_id}", given(nomination_id=nomination_id)
        )

    def get_review_ladder(self) -> types.ReviewLadder:
        """查看审核环节 / Show the steps of review."""
        return self._wire.send(types.ReviewLadder, "GET", "/review-ladder", given())

    def unseal_id_number(self, *, nomination_id: str, purpose: str) -> types.IdNumber:
        """查看身份证号（留痕） / Show an identity number in full; the view is audited."""
        return self._wire.send(
            types.IdNumber,
            "GET",
            "/nominations/{nomination_id}/id-number",
            given(nomination_id=nomination_id, purpose=purpose),
        )

    def list_person_matches(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        state: Literal["open", "same", "different", "lapsed"] | Unset = UNSET,
    ) -> types.PersonMatchPage:
        """查询疑似同一人 / List records that may be of one person."""
        return self._wire.send(
            types.PersonMatchPage, "GET", "/person-matches", given(cursor=cursor, limit=limit, state=state)
        )

    def get_person_match(self, *, match_id: str) -> types.PersonMatch:
        """查看一项疑似同一人 / Show one such question."""
        return self._wire.send(types.PersonMatch, "GET", "/person-matches/{match_id}", given(match_id=match_id))

    def get_arrangement(self, *, term_id: str) -> types.Arrangement:
        """查看住宿、分组与用餐 / Show rooms, groups and meals of a term."""
        return self._wire.send(types.Arrangement, "GET", "/terms/{term_id}/arrangement", given(term_id=term_id))

    def get_enrollment_figures(self, *, plan_id: str) -> types.Figures:
        """选调与录取年度数据 / The year's figures of enrollment."""
        return self._wire.send(types.Figures, "GET", "/figures/{plan_id}/enrollment", given(plan_id=plan_id))

    def export_enrollment_files(self, *, term_id: str) -> types.ExportedFiles:
        """导出一期的归档文件 / Export the files of a term for its archive."""
        return self._wire.send(types.ExportedFiles, "GET", "/terms/{term_id}/files/enrollment", given(term_id=term_id))

    def get_trainee_list(self, *, term_id: str, view: Literal["formal", "grouping", "contact"]) -> Download:
        """下载学员花名册、分组名单或通讯录 / Download a list of a term's trainees."""
        return self._wire.download("GET", "/terms/{term_id}/lists/{view}", given(term_id=term_id, view=view))

    def get_my_enrollment(self) -> types.MyEnrollment:
        """查看本人录取信息 / Show one's own enrollment."""
        return self._wire.send(types.MyEnrollment, "GET", "/my/enrollment", given())

    def get_conditions(self, *, scope_id: str) -> types.ConditionsReply:
        """查看班次的选调条件 / Show what a programme or term asks of nominations."""
        return self._wire.send(types.ConditionsReply, "GET", "/conditions/{scope_id}", given(scope_id=scope_id))

    def list_rank_levels(self) -> types.RankLevels:
        """查询职务层次与职级对照 / List the levels of ranks."""
        return self._wire.send(types.RankLevels, "GET", "/rank-levels", given())

    def get_dossier(self, *, nomination_id: str) -> types.Dossier:
        """查看推荐材料全貌 / Show everything about a nomination."""
        return self._wire.send(
            types.Dossier, "GET", "/nominations/{nomination_id}/dossier", given(nomination_id=nomination_id)
        )

    def list_trainees(
        self,
        *,
        term_id: str,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        below: bool | Unset = UNSET,
    ) -> types.TraineePage:
        """查询已录取学员 / List admitted trainees."""
        return self._wire.send(
            types.TraineePage,
            "GET",
            "/terms/{term_id}/trainees",
            given(term_id=term_id, cursor=cursor, limit=limit, unit_id=unit_id, below=below),
        )

    def term_fill(self, *, plan_id: str | Unset = UNSET) -> types.Fills:
        """各期报名与录取情况 / How full each term is."""
        return self._wire.send(types.Fills, "GET", "/fills", given(plan_id=plan_id))

    def list_replacements(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        state: Literal["requested", "approving", "approved", "refused", "cancelled"] | Unset = UNSET,
        late: bool | Unset = UNSET,
    ) -> types.ReplacementPage:
        """查询更换人选 / List replacements."""
        return self._wire.send(
            types.ReplacementPage,
            "GET",
            "/replacements",
            given(cursor=cursor, limit=limit, term_id=term_id, unit_id=unit_id, state=state, late=late),
        )

    def get_replacement(self, *, replacement_id: str) -> types.Replacement:
        """查看更换人选 / Show a replacement."""
        return self._wire.send(
            types.Replacement, "GET", "/replacements/{replacement_id}", given(replacement_id=replacement_id)
        )

    def get_replacement_proof(self, *, replacement_id: str) -> Download:
        """下载更换证明材料（留痕） / Download the proof file; the view is audited."""
        return self._wire.download("GET", "/replacements/{replacement_id}/proof", given(replacement_id=replacement_id))

    def get_replacement_deadline(self, *, term_id: str) -> types.ReplacementDeadline:
        """查询更换人选截止日期 / Show until when replacements are in time."""
        return self._wire.send(
            types.ReplacementDeadline, "GET", "/terms/{term_id}/replacement-deadline", given(term_id=term_id)
        )

    def list_standby(
        self,
        *,
        term_id: str,
        unit_id: str | Unset = UNSET,
        line: Literal["unit", "city"] | Unset = UNSET,
        ended: bool | Unset = UNSET,
    ) -> types.StandbyLists:
        """查询候补名单 / List who waits for a seat."""
        return self._wire.send(
            types.StandbyLists,
            "GET",
            "/terms/{term_id}/standby",
            given(term_id=term_id, unit_id=unit_id, line=line, ended=ended),
        )

    def list_fee_standards(self, *, on: str | Unset | None = UNSET) -> types.FeeStandardList:
        """查询培训费标准 / List fee standards with their figures and sources."""
        return self._wire.send(types.FeeStandardList, "GET", "/fee-standards", given(on=on))

    def quote_fee(
        self,
        *,
        standard: str,
        fee_class: str,
        on: str,
        training_days: int,
        arrival_days: int | Unset = UNSET,
        departure_days: int | Unset = UNSET,
    ) -> types.FeeQuote:
        """试算培训费 / Reckon what a stay costs."""
        return self._wire.send(
            types.FeeQuote,
            "GET",
            "/fee-quote",
            given(
                standard=standard,
                fee_class=fee_class,
                on=on,
                training_days=training_days,
                arrival_days=arrival_days,
                departure_days=departure_days,
            ),
        )

    def list_fee_scopes(self) -> types.FeeScopeList:
        """查询培训费标准的适用范围 / List which fee standards hold where."""
        return self._wire.send(types.FeeScopeList, "GET", "/fee-scopes", given())

    def list_fee_orders(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        state: Literal["open", "part_paid", "settled", "overpaid", "void"] | Unset = UNSET,
        overdue: bool | Unset = UNSET,
    ) -> types.FeeOrderSummaryPage:
        """查询培训费缴费单 / List fee orders."""
        return self._wire.send(
            types.FeeOrderSummaryPage,
            "GET",
            "/fee-orders",
            given(cursor=cursor, limit=limit, term_id=term_id, unit_id=unit_id, state=state, overdue=overdue),
        )

    def get_fee_order(self, *, order_id: str) -> types.FeeOrder:
        """查看培训费缴费单 / Show a fee order."""
        return self._wire.send(types.FeeOrder, "GET", "/fee-orders/{order_id}", given(order_id=order_id))

    def list_fee_assessments(self, *, order_id: str) -> types.FeeAssessments:
        """查看缴费单的历次核定 / Show how a fee order was assessed over time."""
        return self._wire.send(
            types.FeeAssessments, "GET", "/fee-orders/{order_id}/assessments", given(order_id=order_id)
        )

    def get_fee_list(self, *, term_id: str, unit_id: str | Unset | None = UNSET) -> Download:
        """下载一期的培训费清单 / Download the fee list of a term."""
        return self._wire.download("GET", "/terms/{term_id}/fee-list", given(term_id=term_id, unit_id=unit_id))

    def list_fee_receipts(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        term_id: str | Unset = UNSET,
        order_id: str | Unset = UNSET,
        issuer: Literal["organisation_department", "party_school"] | Unset = UNSET,
        year: int | Unset = UNSET,
    ) -> types.FeeReceiptPage:
        """查询培训费收据 / List fee receipts."""
        return self._wire.send(
            types.FeeReceiptPage,
            "GET",
            "/fee-receipts",
            given(
                cursor=cursor,
                limit=limit,
                unit_id=unit_id,
                term_id=term_id,
                order_id=order_id,
                issuer=issuer,
                year=year,
            ),
        )

    def get_fee_receipt(self, *, receipt_id: str) -> types.FeeReceipt:
        """查看培训费收据 / Show a fee receipt."""
        return self._wire.send(types.FeeReceipt, "GET", "/fee-receipts/{receipt_id}", given(receipt_id=receipt_id))

    def list_overlaps(
        self, *, cursor: str | Unset = UNSET, limit: int | Unset = UNSET, term_id: str | Unset = UNSET
    ) -> types.OverlapPage:
        """查询调整时间后日期重叠的人员 / List people engaged twice on a day after a term was moved."""
        return self._wire.send(
            types.OverlapPage, "GET", "/overlaps", given(cursor=cursor, limit=limit, term_id=term_id)
        )

    def list_lecture_fees(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        lecturer_id: str | Unset = UNSET,
    ) -> types.LectureFeeSummaryPage:
        """查询讲课费 / List lecture fees."""
        return self._wire.send(
            types.LectureFeeSummaryPage,
            "GET",
            "/lecture-fees",
            given(cursor=cursor, limit=limit, term_id=term_id, lecturer_id=lecturer_id),
        )

    def get_lecture_fee(self, *, term_id: str, lecturer_id: str) -> types.LectureFee:
        """查看一位教师一期的讲课费 / Show what a lecturer is paid for a term."""
        return self._wire.send(
            types.LectureFee,
            "GET",
            "/terms/{term_id}/lecture-fees/{lecturer_id}",
            given(term_id=term_id, lecturer_id=lecturer_id),
        )

    def list_my_lecture_fees(self) -> types.LectureFees:
        """教师查看本人讲课费 / A lecturer's own lecture fees."""
        return self._wire.send(types.LectureFees, "GET", "/my/lecture-fees", given())

    def get_term_settlement(self, *, term_id: str) -> types.TermSettlement:
        """查看一期的结算 / Show how far a term's settlement is."""
        return self._wire.send(types.TermSettlement, "GET", "/terms/{term_id}/settlement", given(term_id=term_id))

    def list_hours(
        self, *, cursor: str | Unset = UNSET, limit: int | Unset = UNSET, unit_id: str | Unset = UNSET
    ) -> types.HoursSummaryPage:
        """查询学时档案 / List hours ledgers."""
        return self._wire.send(
            types.HoursSummaryPage, "GET", "/hours", given(cursor=cursor, limit=limit, unit_id=unit_id)
        )

    def get_hours(self, *, person_id: str) -> types.HoursLedger:
        """查看个人学时档案 / Show a person's hours ledger."""
        return self._wire.send(types.HoursLedger, "GET", "/hours/{person_id}", given(person_id=person_id))

    def get_hours_of_nomination(self, *, nomination_id: str) -> types.HoursLedger:
        """按推荐查看学时档案 / Show the hours ledger of somebody nominated."""
        return self._wire.send(
            types.HoursLedger, "GET", "/nominations/{nomination_id}/hours", given(nomination_id=nomination_id)
        )

    def get_my_hours(self) -> types.HoursLedger:
        """学员查看本人学时 / A trainee's own hours."""
        return self._wire.send(types.HoursLedger, "GET", "/my/hours", given())

    def sum_hours(self, *, unit_id: str | Unset | None = UNSET) -> types.UnitHoursList:
        """各单位学时完成情况 / How each unit stands with its people's hours."""
        return self._wire.send(types.UnitHoursList, "GET", "/hours-by-unit", given(unit_id=unit_id))

    def get_hours_file(self, *, unit_id: str | Unset | None = UNSET) -> Download:
        """下载学时档案 / Download the hours ledger of a unit."""
        return self._wire.download("GET", "/hours-file", given(unit_id=unit_id))
