"""Fields, roles and faults that several operations share."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.contracts import Reply
from shared.errors import Conflict, Invalid, Unavailable
from shared.security.caller import Role
from shared.wording import Words

READERS = frozenset({Role.ORGANISATION_DEPARTMENT, Role.PARTY_SCHOOL, Role.UNIT, Role.AUDITOR, Role.SERVICE})
ISSUERS = frozenset({Role.ORGANISATION_DEPARTMENT, Role.SERVICE})
SENDERS = frozenset({Role.ORGANISATION_DEPARTMENT, Role.OPERATOR})
STAFF = frozenset({Role.ORGANISATION_DEPARTMENT, Role.PARTY_SCHOOL})

LETTER_KINDS = ("transfer", "admission")
LETTER_STATES = ("registered", "printed", "issued", "unprintable", "void")
ISSUER_KINDS = (*LETTER_KINDS, "certificate")
DELIVERY_STATES = ("queued", "sending", "delivered", "failed", "cancelled")
OFFICES = ("organisation_department", "party_school")
UNIT_ID = {"description": "参训单位编号，点分路径 / dotted path of a unit, such as jiangcheng.donghu.health"}


def identifier(**kwargs: object) -> fields.String:
    """Return the field of an identifier made by the platform."""
    return fields.String(validate=validate.Length(1, 80), **kwargs)  # type: ignore[arg-type]


def unit_path(**kwargs: object) -> fields.String:
    """Return the field of a unit's dotted path."""
    return fields.String(validate=validate.Length(1, 120), metadata=UNIT_ID, **kwargs)  # type: ignore[arg-type]


def letter_kind(**kwargs: object) -> fields.String:
    """Return the field of a letter's kind."""
    return fields.String(validate=validate.OneOf(LETTER_KINDS), **kwargs)  # type: ignore[arg-type]


class Text(Reply):
    """One message in two languages."""

    zh = fields.String(required=True)
    en = fields.String(required=True)


class Problem(Reply):
    """Why one row of a bulk action was left as it is."""

    code = fields.String(required=True)
    message = fields.Nested(Text, required=True)


class LetterClosed(Conflict):
    """The letter is void or superseded already."""

    code = "notification.letter-closed"
    title = Words("函件已失效", "Letter no longer holds")


class LetterNotPrinted(Conflict):
    """The letter is registered, but there is no PDF of it."""

    code = "notification.letter-not-printed"
    title = Words("函件尚未生成", "Letter not printed")


class LetterNotWaiting(Conflict):
    """The letter does not wait to be signed off."""

    code = "notification.letter-not-waiting"
    title = Words("函件不在待签发状态", "Letter does not wait to be signed off")


class AlreadyAcknowledged(Conflict):
    """The letter was acknowledged before."""

    code = "notification.already-acknowledged"
    title = Words("已收到回执", "Already acknowledged")


class CertificateClosed(Conflict):
    """The certificate was revoked."""

    code = "notification.certificate-closed"
    title = Words("结业证书已撤销", "Certificate revoked")


class CertificateNotPrinted(Conflict):
    """The certificate has its serial, but there is no PDF of it."""

    code = "notification.certificate-not-printed"
    title = Words("结业证书尚未生成", "Certificate not printed")


class NotCompleted(Conflict):
    """Nobody confirmed that this person completed the term."""

    code = "notification.not-completed"
    title = Words("未确认结业", "Completion not confirmed")


class TaskClosed(Conflict):
    """The phone task is done or cancelled."""

    code = "notification.task-closed"
    title = Words("电话任务已结束", "Phone task closed")


class DispatchClosed(Conflict):
    """The dispatch has ended, or the channel named took no part in it."""

    code = "notification.dispatch-closed"
    title = Words("发送已结束", "Dispatch closed")


class DispatchNotPrintable(Unavailable):
    """The message cannot be set as a page to fax; the message names the characters that no font at hand shows."""

    code = "notification.dispatch-not-printable"
    title = Words("传真页无法排版", "Page to fax cannot be set")


class WordingInvalid(Invalid):
    """A wording uses placeholders that it may not, or lacks one that it must have."""

    code = "notification.wording-invalid"
    title = Words("模板占位符有误", "Wrong placeholders")


class TemplateClosed(Conflict):
    """The version is no draft any more."""

    code = "notification.template-closed"
    title = Words("该版本不是草稿", "Not a draft")


class DeliveryClosed(Conflict):
    """The delivery is over, being sent now, or of a letter that no longer holds: it cannot be tried again."""

    code = "notification.delivery-closed"
    title = Words("送达已结束", "Delivery closed")


class TermNotKnown(Unavailable):
    """The term has not been announced to this service yet; trying again helps."""

    code = "notification.term-not-known"
    title = Words("尚未收到该期安排", "Term not known yet")


class ChannelUnusable(Invalid):
    """The channel is not installed, does not serve this kind of recipient, or lacks an address."""

    code = "notification.channel-unusable"
    title = Words("送达渠道不可用", "Channel cannot be used")


class BadSeries(Invalid):
    """Not a 机关代字."""

    code = "notification.bad-series"
    title = Words("机关代字有误", "Wrong series")
