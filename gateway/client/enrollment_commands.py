"""Commands of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client import enrollment_types as types
from gateway.client.wire import UNSET, Unset, Wire, given


class EnrollmentCommands:
    """选调与录取 / Enrollment."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def put_unit(
        self,
        *,
        unit_id: str,
        title: str,
        kind: Literal["city", "district", "department", "organ"] | Unset = UNSET,
        credit_code: str | Unset | None = UNSET,
        contact: types.Contact | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Unit:
        """登记或修改参训单位 / Register or change a unit."""
        return self._wire.send(
            types.Unit,
            "PUT",
            "/units/{unit_id}",
            given(unit_id=unit_id, title=title, kind=kind, credit_code=credit_code, contact=contact),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def allot_quotas(
        self,
        *,
        term_id: str,
        quotas: list[types.Places],
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Quotas:
        """分配名额 / Allot places of a term to units."""
        return self._wire.send(
            types.Quotas,
            "PUT",
            "/terms/{term_id}/quotas",
            given(term_id=term_id, quotas=quotas),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def return_places(
        self,
        *,
        term_id: str,
        unit_id: str,
        places: int,
        cause_code: Literal["no-candidate", "work", "more-candidates", "key-task", "other"],
        note: str | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> types.PlaceTransfer:
        """退回名额 / Give places back."""
        return self._wire.send(
            types.PlaceTransfer,
            "POST",
            "/terms/{term_id}/returned-places",
            given(term_id=term_id, unit_id=unit_id, places=places, cause_code=cause_code, note=note),
            idempotency_key=idempotency_key,
        )

    def borrow_places(
        self,
        *,
        term_id: str,
        unit_id: str,
        lender_id: str,
        places: int,
        cause_code: Literal["no-candidate", "work", "more-candidates", "key-task", "other"],
        note: str | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> types.PlaceTransfer:
        """借用名额（须出借单位或组织部门同意） / Ask another unit for places."""
        return self._wire.send(
            types.PlaceTransfer,
            "POST",
            "/terms/{term_id}/borrowed-places",
            given(
                term_id=term_id, unit_id=unit_id, lender_id=lender_id, places=places, cause_code=cause_code, note=note
            ),
            idempotency_key=idempotency_key,
        )

    def decide_places(
        self,
        *,
        transfer_id: str,
        decision: Literal["consent", "decline", "cancel"],
        note: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.PlaceTransfer:
        """答复名额借用 / Answer a request for places."""
        return self._wire.send(
            types.PlaceTransfer,
            "POST",
            "/place-transfers/{transfer_id}/decision",
            given(transfer_id=transfer_id, decision=decision, note=note),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def schedule_release(
        self, *, term_id: str, release_on: str | None, idempotency_key: str | None = None, if_match: int | None = None
    ) -> types.Quotas:
        """设定名额自动收回日期 / Set the day unused places go back."""
        return self._wire.send(
            types.Quotas,
            "PUT",
            "/terms/{term_id}/release",
            given(term_id=term_id, release_on=release_on),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def file_roster(
        self,
        *,
        unit_id: str,
        file: bytes,
        filename: str | Unset = UNSET,
        plan_id: str | Unset | None = UNSET,
        preview: bool | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> types.Roster:
        """报送学员名单（Excel或CSV） / File a roster (Excel or CSV)."""
        return self._wire.send(
            types.Roster,
            "POST",
            "/rosters",
            given(unit_id=unit_id, file=file, filename=filename, plan_id=plan_id, preview=preview),
            idempotency_key=idempotency_key,
            upload="file",
        )

    def attest_nominations(
        self,
        *,
        nomination_ids: list[str],
        signer: str,
        signer_post: str,
        criteria: list[Literal["job_tied_to_theme", "has_potential", "in_good_health"]] | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> types.BulkReport:
        """单位批量认定三项条件 / Attest the three criteria for several nominations."""
        return self._wire.send(
            types.BulkReport,
            "POST",
            "/nominations/attestations",
            given(nomination_ids=nomination_ids, criteria=criteria, signer=signer, signer_post=signer_post),
            idempotency_key=idempotency_key,
        )

    def review_nominations(
        self,
        *,
        nomination_ids: list[str],
        decision: Literal["accept", "return", "refuse"],
        reason_code: str | Unset | None = UNSET,
        note: str | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> types.BulkReport:
        """逐级批量审核 / Accept, return or refuse several nominations at the step they wait for."""
        return self._wire.send(
            types.BulkReport,
            "POST",
            "/nominations/reviews",
            given(nomination_ids=nomination_ids, decision=decision, reason_code=reason_code, note=note),
            idempotency_key=idempotency_key,
        )

    def correct_nomination(
        self,
        *,
        nomination_id: str,
        name: str | Unset = UNSET,
        id_number: str | Unset = UNSET,
        phone: str | Unset = UNSET,
        post: str | Unset = UNSET,
        rank: str | Unset = UNSET,
        workplace: str | Unset = UNSET,
        political_status: str | Unset = UNSET,
        education: str | Unset = UNSET,
        ethnicity: str | Unset = UNSET,
        diet: str | Unset = UNSET,
        term_id: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Nomination:
        """修改并重新报送 / Correct a nomination and file it again."""
        return self._wire.send(
            types.Nomination,
            "PATCH",
            "/nominations/{nomination_id}",
            given(
                nomination_id=nomination_id,
                name=name,
                id_number=id_number,
                phone=phone,
                post=post,
                rank=rank,
                workplace=workplace,
                political_status=political_status,
                education=education,
                ethnicity=ethnicity,
                diet=diet,
                term_id=term_id,
            ),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def withdraw_nomination(
        self,
        *,
        nomination_id: str,
        reason_code: Literal["work", "health", "moved", "replaced", "filed-by-mistake", "other"],
        note: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Nomination:
        """撤回推荐 / Withdraw a nomination."""
        return self._wire.send(
            types.Nomination,
            "POST",
            "/nominations/{nomination_id}/withdrawal",
            given(nomination_id=nomination_id, reason_code=reason_code, note=note),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def decide_person_match(
        self,
        *,
        match_id: str,
        decision: Literal["same", "different"],
        keep: str | Unset | None = UNSET,
        note: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.PersonMatch:
        """确认是否同一人 / Say whether they are one person."""
        return self._wire.send(
            types.PersonMatch,
            "POST",
            "/person-matches/{match_id}/decision",
            given(match_id=match_id, decision=decision, keep=keep, note=note),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def arrange_term(
        self,
        *,
        term_id: str,
        rooms: list[types.RoomOffered],
        group_size: int | Unset | None = UNSET,
        meeting_places: list[str] | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Arrangement:
        """安排住宿与分组 / Arrange rooms and groups of a term."""
        return self._wire.send(
            types.Arrangement,
            "PUT",
            "/terms/{term_id}/arrangement",
            given(term_id=term_id, rooms=rooms, group_size=group_size, meeting_places=meeting_places),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def move_trainee(
        self,
        *,
        term_id: str,
        nomination_id: str,
        reason: str,
        room: str | Unset = UNSET,
        group: int | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Arrangement:
        """调整个人住宿或分组 / Put somebody into another room or group."""
        return self._wire.send(
            types.Arrangement,
            "POST",
            "/terms/{term_id}/arrangement/moves",
            given(term_id=term_id, nomination_id=nomination_id, room=room, group=group, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def put_conditions(
        self,
        *,
        scope_id: str,
        source: str,
        lowest: str | Unset | None = UNSET,
        highest: str | Unset | None = UNSET,
        posts: list[str] | Unset = UNSET,
        head_cap: int | Unset | None = UNSET,
        nominations_close_on: str | Unset | None = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.ConditionsReply:
        """设定班次的职级、职务和单位人数条件 / Set what a programme or term asks of nominations."""
        return self._wire.send(
            types.ConditionsReply,
            "PUT",
            "/conditions/{scope_id}",
            given(
                scope_id=scope_id,
                lowest=lowest,
                highest=highest,
                posts=posts,
                head_cap=head_cap,
                nominations_close_on=nominations_close_on,
                source=source,
            ),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def change_post(
        self,
        *,
        nomination_id: str,
        post: str,
        rank: str,
        since: str,
        workplace: str | Unset | None = UNSET,
        document: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Nomination:
        """登记职务职级变动 / Record a change of post or rank."""
        return self._wire.send(
            types.Nomination,
            "POST",
            "/nominations/{nomination_id}/posts",
            given(
                nomination_id=nomination_id, post=post, rank=rank, workplace=workplace, since=since, document=document
            ),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def admit_term(
        self,
        *,
        term_id: str,
        nomination_ids: list[str] | Unset | None = UNSET,
        standby_left_out: bool | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> types.Admission:
        """按审核顺序录取 / Admit to a term in review order."""
        return self._wire.send(
            types.Admission,
            "POST",
            "/terms/{term_id}/admissions",
            given(term_id=term_id, nomination_ids=nomination_ids, standby_left_out=standby_left_out),
            idempotency_key=idempotency_key,
        )

    def request_replacement(
        self,
        *,
        nomination_id: str,
        reason_code: Literal["work", "health", "moved", "family", "epidemic", "other"],
        reason: str,
        proof: bytes,
        signer: str,
        signer_post: str,
        filename: str | Unset = UNSET,
        new_nomination_id: str | Unset | None = UNSET,
        name: str | Unset = UNSET,
        id_number: str | Unset = UNSET,
        phone: str | Unset = UNSET,
        post: str | Unset = UNSET,
        rank: str | Unset = UNSET,
        workplace: str | Unset = UNSET,
        political_status: str | Unset = UNSET,
        education: str | Unset = UNSET,
        ethnicity: str | Unset = UNSET,
        diet: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Replacement:
        """申请更换人选（附证明材料） / Ask to send somebody else, with a proof file."""
        return self._wire.send(
            types.Replacement,
            "POST",
            "/nominations/{nomination_id}/replacements",
            given(
                nomination_id=nomination_id,
                reason_code=reason_code,
                reason=reason,
                proof=proof,
                filename=filename,
                signer=signer,
                signer_post=signer_post,
                new_nomination_id=new_nomination_id,
                name=name,
                id_number=id_number,
                phone=phone,
                post=post,
                rank=rank,
                workplace=workplace,
                political_status=political_status,
                education=education,
                ethnicity=ethnicity,
                diet=diet,
            ),
            idempotency_key=idempotency_key,
            if_match=if_match,
            upload="proof",
        )

    def cancel_replacement(
        self, *, replacement_id: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> types.Replacement:
        """撤销更换申请 / Take a request for a replacement back."""
        return self._wire.send(
            types.Replacement,
            "POST",
            "/replacements/{replacement_id}/cancellation",
            given(replacement_id=replacement_id),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def decide_replacement(
        self,
        *,
        replacement_id: str,
        decision: Literal["approve", "refuse"],
        reason_code: str | Unset | None = UNSET,
        note: str | Unset = UNSET,
        approver: str | Unset = UNSET,
        approver_post: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Replacement:
        """审批更换人选 / Decide on a replacement."""
        return self._wire.send(
            types.Replacement,
            "POST",
            "/replacements/{replacement_id}/decision",
            given(
                replacement_id=replacement_id,
                decision=decision,
                reason_code=reason_code,
                note=note,
                approver=approver,
                approver_post=approver_post,
            ),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def join_standby(
        self,
        *,
        term_id: str,
        nomination_ids: list[str],
        line: Literal["unit", "city"] | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> types.BulkReport:
        """列入候补 / Put accepted people on standby."""
        return self._wire.send(
            types.BulkReport,
            "POST",
            "/terms/{term_id}/standby",
            given(term_id=term_id, nomination_ids=nomination_ids, line=line),
            idempotency_key=idempotency_key,
        )

    def reorder_standby(
        self,
        *,
        term_id: str,
        unit_id: str | None,
        nomination_ids: list[str],
        reason: str,
        idempotency_key: str | None = None,
    ) -> types.StandbyLists:
        """调整候补顺序（须写明理由） / Re-order a standby list, with the reason."""
        return self._wire.send(
            types.StandbyLists,
            "PUT",
            "/terms/{term_id}/standby/order",
            given(term_id=term_id, unit_id=unit_id, nomination_ids=nomination_ids, reason=reason),
            idempotency_key=idempotency_key,
        )

    def answer_standby(
        self,
        *,
        nomination_id: str,
        accept: bool,
        note: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.StandbyEntry:
        """答复递补 / Answer a standby offer."""
        return self._wire.send(
            types.StandbyEntry,
            "POST",
            "/standby/{nomination_id}/answer",
            given(nomination_id=nomination_id, accept=accept, note=note),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def leave_standby(
        self, *, nomination_id: str, reason: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> types.StandbyEntry:
        """移出候补 / Take somebody off standby."""
        return self._wire.send(
            types.StandbyEntry,
            "POST",
            "/standby/{nomination_id}/removal",
            given(nomination_id=nomination_id, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def put_fee_scope(
        self,
        *,
        scope_id: str,
        standard: str,
        fee_class: str,
        lecture_standard: str,
        effective_from: str,
        document: str,
        departure_days: int | Unset = UNSET,
        effective_to: str | Unset | None = UNSET,
        campus_id: str | Unset | None = UNSET,
        programme_id: str | Unset | None = UNSET,
        kind: str | Unset | None = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.FeeScope:
        """设定培训费标准的适用范围 / Say which fee standard holds where and when."""
        return self._wire.send(
            types.FeeScope,
            "PUT",
            "/fee-scopes/{scope_id}",
            given(
                scope_id=scope_id,
                standard=standard,
                fee_class=fee_class,
                lecture_standard=lecture_standard,
                departure_days=departure_days,
                effective_from=effective_from,
                effective_to=effective_to,
                campus_id=campus_id,
                programme_id=programme_id,
                kind=kind,
                document=document,
            ),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def remove_fee_scope(self, *, scope_id: str, idempotency_key: str | None = None) -> types.Removed:
        """取消一条适用范围 / Remove a scope; orders assessed by it keep their amounts."""
        return self._wire.send(
            types.Removed, "DELETE", "/fee-scopes/{scope_id}", given(scope_id=scope_id), idempotency_key=idempotency_key
        )

    def assess_fees(
        self, *, term_id: str, unit_id: str | Unset | None = UNSET, idempotency_key: str | None = None
    ) -> types.FeeOrderList:
        """重新核定一期的培训费 / Assess a term's fees again."""
        return self._wire.send(
            types.FeeOrderList,
            "POST",
            "/terms/{term_id}/fee-assessments",
            given(term_id=term_id, unit_id=unit_id),
            idempotency_key=idempotency_key,
        )

    def assign_fee_payer(
        self,
        *,
        term_id: str,
        unit_id: str,
        payer: Literal["unit", "treasury", "individual"],
        nomination_id: str | Unset | None = UNSET,
        legal_basis: types.GivenLegalBasis | Unset | None = UNSET,
        note: str | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> types.FeeOrderList:
        """指定付费方 / Say who pays."""
        return self._wire.send(
            types.FeeOrderList,
            "PUT",
            "/terms/{term_id}/fee-payers",
            given(
                term_id=term_id,
                unit_id=unit_id,
                nomination_id=nomination_id,
                payer=payer,
                legal_basis=legal_basis,
                note=note,
            ),
            idempotency_key=idempotency_key,
        )

    def book_fee_payment(
        self,
        *,
        order_id: str,
        amount: str,
        paid_on: str,
        method: Literal["bank_transfer", "treasury_transfer", "official_card"],
        account_kind: Literal["treasury", "institution", "personal"],
        account_title: str,
        reference: str,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.FeeOrder:
        """登记缴费并开具收据 / Book a payment and issue its receipt."""
        return self._wire.send(
            types.FeeOrder,
            "POST",
            "/fee-orders/{order_id}/payments",
            given(
                order_id=order_id,
                amount=amount,
                paid_on=paid_on,
                method=method,
                account_kind=account_kind,
                account_title=account_title,
                reference=reference,
            ),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def cancel_fee_payment(
        self,
        *,
        order_id: str,
        payment_id: str,
        reason: str,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.FeeOrder:
        """撤销误登的缴费 / Cancel a payment booked by mistake."""
        return self._wire.send(
            types.FeeOrder,
            "POST",
            "/fee-orders/{order_id}/payments/{payment_id}/cancellation",
            given(order_id=order_id, payment_id=payment_id, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def refund_fees(
        self,
        *,
        order_id: str,
        refunded_on: str,
        cause: Literal[
            "replacement", "withdrawal", "expulsion", "not_reported", "retiming", "cancellation", "overpayment"
        ],
        reference: str,
        amount: str | Unset | None = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.FeeOrder:
        """登记退费 / Book a refund."""
        return self._wire.send(
            types.FeeOrder,
            "POST",
            "/fee-orders/{order_id}/refunds",
            given(order_id=order_id, amount=amount, refunded_on=refunded_on, cause=cause, reference=reference),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def agree_lecture_fee(
        self,
        *,
        term_id: str,
        lecturer_id: str,
        rate: str | Unset | None = UNSET,
        uplift: types.GivenUplift | Unset | None = UNSET,
        note: str | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> types.LectureFee:
        """登记约定讲课费和外地教师上浮批准 / Keep what was agreed with a lecturer."""
        return self._wire.send(
            types.LectureFee,
            "PUT",
            "/terms/{term_id}/lecture-fees/{lecturer_id}/agreement",
            given(term_id=term_id, lecturer_id=lecturer_id, rate=rate, uplift=uplift, note=note),
            idempotency_key=idempotency_key,
        )

    def file_term_costs(
        self,
        *,
        term_id: str,
        items: types.GivenCosts,
        staff: int,
        trainees: int | Unset | None = UNSET,
        unplanned: bool | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.TermSettlement:
        """填报一期的实际支出，超标准不予列支 / File what a term really cost."""
        return self._wire.send(
            types.TermSettlement,
            "PUT",
            "/terms/{term_id}/settlement/costs",
            given(term_id=term_id, items=items, staff=staff, trainees=trainees, unplanned=unplanned),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def record_settlement_paper(
        self,
        *,
        term_id: str,
        paper: str,
        reference: str,
        dated_on: str,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.TermSettlement:
        """登记报销材料 / Record a paper of the reimbursement file."""
        return self._wire.send(
            types.TermSettlement,
            "PUT",
            "/terms/{term_id}/settlement/papers/{paper}",
            given(term_id=term_id, paper=paper, reference=reference, dated_on=dated_on),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def settle_term(
        self, *, term_id: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> types.TermSettlement:
        """结算一期的培训费 / Settle a term."""
        return self._wire.send(
            types.TermSettlement,
            "POST",
            "/terms/{term_id}/settlement",
            given(term_id=term_id),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def reopen_settlement(
        self, *, term_id: str, reason: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> types.TermSettlement:
        """重新打开结算 / Open a settled term again."""
        return self._wire.send(
            types.TermSettlement,
            "POST",
            "/terms/{term_id}/settlement/reopening",
            given(term_id=term_id, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def import_hours(
        self, *, source: str, rows: list[types.GivenHours], idempotency_key: str | None = None
    ) -> types.HoursImport:
        """导入以往年度学时 / Import hours of earlier years."""
        return self._wire.send(
            types.HoursImport,
            "POST",
            "/hours-imports",
            given(source=source, rows=rows),
            idempotency_key=idempotency_key,
        )

    def record_promotion(
        self,
        *,
        person_id: str,
        promoted_on: str,
        rank: str,
        document: str,
        post: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.HoursLedger:
        """登记提任 / Record a promotion."""
        return self._wire.send(
            types.HoursLedger,
            "POST",
            "/hours/{person_id}/promotions",
            given(person_id=person_id, promoted_on=promoted_on, rank=rank, post=post, document=document),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
