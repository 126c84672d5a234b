"""Deliveries, who is reached by which channel, and who issues."""

from __future__ import annotations

from marshmallow import fields, validate

from services.notification.contract.parts import (
    DELIVERY_STATES,
    ISSUER_KINDS,
    READERS,
    SENDERS,
    BadSeries,
    ChannelUnusable,
    DeliveryClosed,
    Text,
    identifier,
    letter_kind,
    unit_path,
)
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import NotFound, StaleVersion
from shared.security.caller import Role
from shared.wording import Words

_RECIPIENT = {"description": "unit、trainee，或 unit:<单位编号> / a recipient kind, or one unit"}


class LetterDelivery(Reply):
    """One letter on its way by one channel."""

    delivery_id = fields.String(required=True)
    letter_id = fields.String(required=True)
    kind = letter_kind(required=True)
    number = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    recipient_kind = fields.String(required=True, validate=validate.OneOf(("unit", "trainee")))
    recipient = fields.String(required=True)
    channel = fields.String(required=True)
    address = fields.String(required=True, allow_none=True)
    state = fields.String(required=True, validate=validate.OneOf(DELIVERY_STATES))
    attempts = fields.Integer(required=True)
    retry_at = fields.AwareDateTime(required=True, allow_none=True)
    reason = fields.Nested(Text, required=True, allow_none=True)
    receipt = fields.String(required=True, allow_none=True)
    delivered_at = fields.AwareDateTime(required=True, allow_none=True)
    version = fields.Integer(required=True)


class ListDeliveries(Page):
    """Which deliveries to list."""

    letter_id = identifier()
    term_id = identifier()
    unit_id = unit_path()
    channel = fields.String(validate=validate.Length(1, 64))
    state = fields.String(validate=validate.OneOf(DELIVERY_STATES))


class DeliveryId(Request):
    """Which delivery."""

    delivery_id = identifier(required=True)


class ChannelChoice(Request):
    """One channel and where it leads; ``secret`` signs webhooks and is never shown again."""

    channel = fields.String(required=True, validate=validate.Length(1, 64))
    address = fields.String(allow_none=True, load_default=None, validate=validate.Length(1, 500))
    secret = fields.String(allow_none=True, load_default=None, validate=validate.Length(1, 200))


class PutPreference(Request):
    """The channels of a kind of recipient, or of one unit; all of them are used."""

    recipient = fields.String(
        required=True,
        validate=validate.Regexp(r"unit|trainee|unit:[a-z0-9][a-z0-9.-]{0,118}"),
        metadata=_RECIPIENT,
    )
    channels = fields.List(fields.Nested(ChannelChoice), required=True, validate=validate.Length(1, 8))


class ShownChoice(Reply):
    """One channel of a recipient."""

    channel = fields.String(required=True)
    address = fields.String(required=True, allow_none=True)
    signed = fields.Boolean(required=True)


class Preference(Reply):
    """The channels of a recipient."""

    recipient = fields.String(required=True, metadata=_RECIPIENT)
    channels = fields.List(fields.Nested(ShownChoice), required=True)
    version = fields.Integer(required=True, metadata={"description": "0: 默认值，尚未设置 / the default, never set"})


class Nothing(Request):
    """No parameters."""


class Preferences(Reply):
    """The channels of all recipients that differ, and the defaults."""

    items = fields.List(fields.Nested(Preference), required=True)


class ContactData(Request):
    """Whom recipients may ring."""

    person = fields.String(load_default="", validate=validate.Length(max=40))
    phone = fields.String(load_default="", validate=validate.Length(max=40))
    fax = fields.String(load_default="", validate=validate.Length(max=40))


class PutIssuer(Request):
    """Who issues one kind of letter, from the next letter on."""

    kind = fields.String(required=True, validate=validate.OneOf(ISSUER_KINDS))
    name = fields.String(required=True, validate=validate.Length(2, 40), metadata={"description": "发文机关标志"})
    signature = fields.String(required=True, validate=validate.Length(2, 40), metadata={"description": "发文机关署名"})
    series = fields.String(required=True, validate=validate.Length(2, 8), metadata={"description": "机关代字"})
    document = fields.String(
        load_default="", validate=validate.Length(max=64), metadata={"description": "公文样式插件"}
    )
    sign_off = fields.Boolean(
        load_default=False,
        metadata={"description": "发出前须经组织部门签发 / the organisation department signs before it goes out"},
    )
    contact = fields.Nested(ContactData, load_default=lambda: {"person": "", "phone": "", "fax": ""})


class ContactShown(Reply):
    """Whom recipients may ring."""

    person = fields.String(required=True)
    phone = fields.String(required=True)
    fax = fields.String(required=True)


class Issuer(Reply):
    """Who issues one kind of letter."""

    kind = fields.String(required=True, validate=validate.OneOf(ISSUER_KINDS))
    name = fields.String(required=True)
    signature = fields.String(required=True)
    series = fields.String(required=True)
    document = fields.String(required=True)
    sign_off = fields.Boolean(required=True)
    contact = fields.Nested(ContactShown, required=True)
    version = fields.Integer(required=True, metadata={"description": "0: 默认值，尚未设置 / the default, never set"})


class Issuers(Reply):
    """Who issues each kind of letter."""

    items = fields.List(fields.Nested(Issuer), required=True)


LIST_DELIVERIES = Operation(
    name="list_deliveries",
    summary=Words("查询送达台账", "List deliveries"),
    kind="query",
    verb="GET",
    path="/deliveries",
    request=ListDeliveries,
    reply=page_of(LetterDelivery),
    roles=READERS | {Role.OPERATOR},
    scope="unit_id",
)
RETRY_DELIVERY = Operation(
    name="retry_delivery",
    summary=Words("重新送达", "Try a delivery again"),
    kind="command",
    verb="POST",
    path="/deliveries/{delivery_id}/retry",
    request=DeliveryId,
    reply=LetterDelivery,
    roles=SENDERS,
    errors=(NotFound, DeliveryClosed, StaleVersion),
    versioned=True,
)
PUT_CHANNEL_PREFERENCE = Operation(
    name="put_channel_preference",
    summary=Words("设置送达渠道", "Set the channels of a recipient"),
    kind="command",
    verb="PUT",
    path="/channel-preferences/{recipient}",
    request=PutPreference,
    reply=Preference,
    roles=SENDERS,
    citywide=True,
    errors=(ChannelUnusable, StaleVersion),
    versioned=True,
)
LIST_CHANNEL_PREFERENCES = Operation(
    name="list_channel_preferences",
    summary=Words("查询送达渠道设置", "List the channels of recipients"),
    kind="query",
    verb="GET",
    path="/channel-preferences",
    request=Nothing,
    reply=Preferences,
    roles=SENDERS | {Role.AUDITOR},
    citywide=True,
)
PUT_ISSUER = Operation(
    name="put_issuer",
    summary=Words("设置发文机关", "Set who issues a kind of letter"),
    kind="command",
    verb="PUT",
    path="/issuers/{kind}",
    request=PutIssuer,
    reply=Issuer,
    roles=frozenset({Role.ORGANISATION_DEPARTMENT}),
    citywide=True,
    errors=(BadSeries, StaleVersion),
    versioned=True,
)
LIST_ISSUERS = Operation(
    name="list_issuers",
    summary=Words("查询发文机关", "List who issues letters"),
    kind="query",
    verb="GET",
    path="/issuers",
    request=Nothing,
    reply=Issuers,
    roles=READERS | {Role.OPERATOR},
)

OPERATIONS = (
    LIST_DELIVERIES,
    RETRY_DELIVERY,
    PUT_CHANNEL_PREFERENCE,
    LIST_CHANNEL_PREFERENCES,
    PUT_ISSUER,
    LIST_ISSUERS,
)
