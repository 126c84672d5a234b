"""Contacts of Notification (函件与送达).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.notification.types.contacts import ContactMasked, ContactMaskedPage, Ladders, ShownLadder
from gateway.client.wire import UNSET, Caller, Unset, given


class ContactsCalls(Caller):
    """函件与送达 / Notification: contacts."""

    def put_unit_contact(
        self,
        *,
        unit_id: str,
        person: str | Unset = UNSET,
        email: str | Unset = UNSET,
        mobile: str | Unset = UNSET,
        phone: str | Unset = UNSET,
        fax: str | Unset = UNSET,
        app: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> ContactMasked:
        """登记单位联系方式 / Set how a unit is reached."""
        return self._wire.send(
            ContactMasked,
            "PUT",
            "/contacts/units/{unit_id}",
            given(unit_id=unit_id, person=person, email=email, mobile=mobile, phone=phone, fax=fax, app=app),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def put_office_contact(
        self,
        *,
        office: Literal["organisation_department", "party_school"],
        person: str | Unset = UNSET,
        email: str | Unset = UNSET,
        mobile: str | Unset = UNSET,
        phone: str | Unset = UNSET,
        fax: str | Unset = UNSET,
        app: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> ContactMasked:
        """登记主办部门联系方式 / Set how an office of the organisers is reached."""
        return self._wire.send(
            ContactMasked,
            "PUT",
            "/contacts/offices/{office}",
            given(office=office, person=person, email=email, mobile=mobile, phone=phone, fax=fax, app=app),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def put_own_contact(
        self,
        *,
        person: str | Unset = UNSET,
        email: str | Unset = UNSET,
        mobile: str | Unset = UNSET,
        phone: str | Unset = UNSET,
        fax: str | Unset = UNSET,
        app: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> ContactMasked:
        """学员登记本人联系方式 / Set how the trainee who asks is reached."""
        return self._wire.send(
            ContactMasked,
            "PUT",
            "/contacts/mine",
            given(person=person, email=email, mobile=mobile, phone=phone, fax=fax, app=app),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def list_contacts(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        kind: Literal["unit", "office", "lecturer", "trainee"] | Unset = UNSET,
    ) -> ContactMaskedPage:
        """查询联系方式（脱敏） / List contacts, masked."""
        return self._wire.send(
            ContactMaskedPage, "GET", "/contacts", given(cursor=cursor, limit=limit, unit_id=unit_id, kind=kind)
        )

    def put_ladder(
        self, *, recipient: str, channels: list[str], idempotency_key: str | None = None, if_match: int | None = None
    ) -> ShownLadder:
        """设置消息渠道顺序 / Set the ladder of channels."""
        return self._wire.send(
            ShownLadder,
            "PUT",
            "/ladders/{recipient}",
            given(recipient=recipient, channels=channels),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def list_ladders(self) -> Ladders:
        """查询消息渠道顺序 / List the ladders of channels."""
        return self._wire.send(Ladders, "GET", "/ladders", given())
