"""How recipients of messages are reached: their contacts, and the ladder of channels."""

from __future__ import annotations

from collections.abc import Callable

from marshmallow import fields, validate

from services.notification.contract.parts import (
    OFFICES,
    SENDERS,
    STAFF,
    ChannelUnusable,
    unit_path,
)
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import NotFound, StaleVersion
from shared.security.caller import Role
from shared.wording import Words

RECIPIENT_KINDS = ("unit", "office", "lecturer", "trainee")
_PHONE = validate.Regexp(r"[0-9+()\-－ ]{3,40}", error="只含数字、空格、+、- 与括号 / digits, spaces, +, - and ()")


def _if_any(check: validate.Validator) -> Callable[[str], None]:
    def judge(value: str) -> None:
        if value:
            check(value)

    return judge


def _number(zh: str, en: str) -> fields.String:
    said = {"description": f"{zh} / {en}"}
    return fields.String(load_default="", validate=_if_any(_PHONE), metadata=said)


class ContactFields(Request):
    """Addresses of one recipient, kept encrypted; an empty one is none. ``app`` is an Apprise URL."""

    person = fields.String(load_default="", validate=validate.Length(max=40))
    email = fields.String(load_default="", validate=_if_any(validate.Email()))
    mobile = _number("手机（短信）", "mobile, for text messages")
    phone = _number("电话", "telephone")
    fax = _number("传真", "fax")
    app = fields.String(
        load_default="",
        validate=validate.Length(max=300),
        metadata={"description": "企业微信、钉钉等（Apprise 网址）/ WeCom, DingTalk and others"},
    )


class PutUnitContact(ContactFields):
    """How a unit is reached about training; what is left out is empty from now on."""

    unit_id = unit_path(required=True)


class PutOfficeContact(ContactFields):
    """How an office of the organisers is reached."""

    office = fields.String(required=True, validate=validate.OneOf(OFFICES))


class PutOwnContact(ContactFields):
    """How the trainee who asks wants to be reached."""


class ContactMasked(Reply):
    """A recipient's contact; addresses are masked."""

    recipient = fields.String(required=True)
    person = fields.String(required=True)
    email = fields.String(required=True)
    mobile = fields.String(required=True)
    phone = fields.String(required=True)
    fax = fields.String(required=True)
    app = fields.String(required=True)
    version = fields.Integer(required=True)


class ListContacts(Page):
    """Which contacts to list."""

    unit_id = unit_path()
    kind = fields.String(validate=validate.OneOf(RECIPIENT_KINDS))


class PutLadder(Request):
    """Which channels are tried in which order; the telephone always follows."""

    recipient = fields.String(
        required=True,
        validate=validate.Regexp(r"(unit|office|lecturer|trainee)(:[A-Za-z0-9_.-]{1,120})?"),
        metadata={"description": "收件人类别，或某一收件人 / a kind of recipient, or one recipient"},
    )
    channels = fields.List(
        fields.String(validate=validate.Length(1, 64)), required=True, validate=validate.Length(max=8)
    )


class ShownLadder(Reply):
    """The channels of a recipient in order."""

    recipient = fields.String(required=True)
    channels = fields.List(fields.String(), required=True)
    version = fields.Integer(required=True, metadata={"description": "0: 默认值，尚未设置 / the default, never set"})


class Ladders(Reply):
    """The defaults of each kind of recipient and what was set."""

    items = fields.List(fields.Nested(ShownLadder), required=True)


PUT_UNIT_CONTACT = Operation(
    name="put_unit_contact",
    summary=Words("登记单位联系方式", "Set how a unit is reached"),
    kind="command",
    verb="PUT",
    path="/contacts/units/{unit_id}",
    request=PutUnitContact,
    reply=ContactMasked,
    roles=STAFF | {Role.UNIT},
    scope="unit_id",
    errors=(ChannelUnusable, StaleVersion),
    versioned=True,
)
PUT_OFFICE_CONTACT = Operation(
    name="put_office_contact",
    summary=Words("登记主办部门联系方式", "Set how an office of the organisers is reached"),
    kind="command",
    verb="PUT",
    path="/contacts/offices/{office}",
    request=PutOfficeContact,
    reply=ContactMasked,
    roles=STAFF,
    citywide=True,
    errors=(ChannelUnusable, StaleVersion),
    versioned=True,
)
PUT_OWN_CONTACT = Operation(
    name="put_own_contact",
    summary=Words("学员登记本人联系方式", "Set how the trainee who asks is reached"),
    kind="command",
    verb="PUT",
    path="/contacts/mine",
    request=PutOwnContact,
    reply=ContactMasked,
    roles=frozenset({Role.TRAINEE}),
    errors=(ChannelUnusable, NotFound, StaleVersion),
    versioned=True,
)
LIST_CONTACTS = Operation(
    name="list_contacts",
    summary=Words("查询联系方式（脱敏）", "List contacts, masked"),
    kind="query",
    verb="GET",
    path="/contacts",
    request=ListContacts,
    reply=page_of(ContactMasked),
    roles=STAFF | {Role.UNIT, Role.AUDITOR},
    scope="unit_id",
)
PUT_LADDER = Operation(
    name="put_ladder",
    summary=Words("设置消息渠道顺序", "Set the ladder of channels"),
    kind="command",
    verb="PUT",
    path="/ladders/{recipient}",
    request=PutLadder,
    reply=ShownLadder,
    roles=SENDERS,
    citywide=True,
    errors=(ChannelUnusable, StaleVersion),
    versioned=True,
)
LIST_LADDERS = Operation(
    name="list_ladders",
    summary=Words("查询消息渠道顺序", "List the ladders of channels"),
    kind="query",
    verb="GET",
    path="/ladders",
    request=Request,
    reply=Ladders,
    roles=SENDERS | {Role.AUDITOR},
    citywide=True,
)

OPERATIONS = (PUT_UNIT_CONTACT, PUT_OFFICE_CONTACT, PUT_OWN_CONTACT, LIST_CONTACTS, PUT_LADDER, LIST_LADDERS)
