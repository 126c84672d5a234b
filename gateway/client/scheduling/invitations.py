"""Invitations of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.scheduling.types.invitations import (
    Invitation,
    InvitationPage,
    OwnInvitations,
    Proposals,
    Substitutes,
)
from gateway.client.wire import UNSET, Caller, Unset, given


class InvitationsCalls(Caller):
    """计划与排期 / Plans and scheduling: invitations."""

    def list_lecturer_proposals(
        self, *, term_id: str, course_id: str | Unset = UNSET, limit: int | Unset = UNSET
    ) -> Proposals:
        """为一期各门课程推荐教师 / Propose lecturers for the courses of a term."""
        return self._wire.send(
            Proposals,
            "GET",
            "/terms/{term_id}/lecturer-proposals",
            given(term_id=term_id, course_id=course_id, limit=limit),
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
    ) -> Invitation:
        """邀请教师授课 / Invite a lecturer to a course."""
        return self._wire.send(
            Invitation,
            "POST",
            "/terms/{term_id}/invitations",
            given(term_id=term_id, course_id=course_id, lecturer_id=lecturer_id, due_on=due_on, instead_of=instead_of),
            idempotency_key=idempotency_key,
        )

    def list_invitations(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        lecturer_id: str | Unset = UNSET,
        state: Literal["invited", "confirmed", "declined", "lapsed", "withdrawn", "superseded"] | Unset = UNSET,
        unfilled: bool | Unset = UNSET,
    ) -> InvitationPage:
        """列出授课邀请 / List invitations."""
        return self._wire.send(
            InvitationPage,
            "GET",
            "/invitations",
            given(cursor=cursor, limit=limit, term_id=term_id, lecturer_id=lecturer_id, state=state, unfilled=unfilled),
        )

    def get_invitation(self, *, invitation_id: str) -> Invitation:
        """查看授课邀请 / Show an invitation."""
        return self._wire.send(Invitation, "GET", "/invitations/{invitation_id}", given(invitation_id=invitation_id))

    def withdraw_invitation(
        self, *, invitation_id: str, reason: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> Invitation:
        """撤回授课邀请 / Withdraw an invitation."""
        return self._wire.send(
            Invitation,
            "POST",
            "/invitations/{invitation_id}/withdrawal",
            given(invitation_id=invitation_id, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def list_own_invitations(self) -> OwnInvitations:
        """教师查看本人的授课邀请 / Show a lecturer's own invitations."""
        return self._wire.send(OwnInvitations, "GET", "/lecturer/invitations", given())

    def answer_invitation(
        self,
        *,
        invitation_id: str,
        answer: Literal["confirm", "decline"],
        reason: str | Unset | None = UNSET,
        substitute_id: str | Unset | None = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Invitation:
        """教师确认或谢绝授课 / Confirm or decline to teach."""
        return self._wire.send(
            Invitation,
            "POST",
            "/lecturer/invitations/{invitation_id}/answer",
            given(invitation_id=invitation_id, answer=answer, reason=reason, substitute_id=substitute_id),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def list_substitutes(self, *, invitation_id: str) -> Substitutes:
        """可推荐的替代教师 / Colleagues who could be named instead."""
        return self._wire.send(
            Substitutes, "GET", "/lecturer/invitations/{invitation_id}/substitutes", given(invitation_id=invitation_id)
        )
