"""Fields, roles and faults that several operations share."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.contracts import Reply, Request
from shared.errors import Conflict, Invalid, Malformed, TooLarge
from shared.security.caller import Role
from shared.wording import Words

ORGANISERS = frozenset({Role.ORGANISATION_DEPARTMENT})
FILERS = frozenset({Role.ORGANISATION_DEPARTMENT, Role.UNIT})
READERS = frozenset({Role.ORGANISATION_DEPARTMENT, Role.PARTY_SCHOOL, Role.UNIT, Role.AUDITOR, Role.SERVICE})

UNIT_ID = {"description": "参训单位编号，点分路径 / dotted path of a unit, such as jiangcheng.donghu.health"}


def identifier(**kwargs: object) -> fields.String:
    """Return the field of an identifier made by the platform."""
    return fields.String(validate=validate.Length(1, 80), **kwargs)  # type: ignore[arg-type]


def unit_path(**kwargs: object) -> fields.String:
    """Return the field of a unit's dotted path."""
    return fields.String(validate=validate.Length(1, 120), metadata=UNIT_ID, **kwargs)  # type: ignore[arg-type]


class NoFields(Request):
    """Nothing to say."""


class Text(Reply):
    """One message in two languages."""

    zh = fields.String(required=True)
    en = fields.String(required=True)


class NotARoster(Malformed):
    """The file cannot be taken as a roster; ``details["reason"]`` says which check failed."""

    code = "enrollment.not-a-roster"
    status = 422
    title = Words("无法识别为学员名单", "Not a roster")


class RosterTooLarge(TooLarge):
    """The file, or what unpacks from it, or its rows are above the limit."""

    code = "enrollment.roster-too-large"
    title = Words("名单过大", "Roster too large")


class RosterAlreadyFiled(Conflict):
    """The unit filed exactly this file before; ``details["import_id"]`` is that import."""

    code = "enrollment.roster-already-filed"
    title = Words("名单已报送过", "Roster already filed")


class RosterNotReady(Conflict):
    """The import has not written its annotated copy yet."""

    code = "enrollment.roster-not-ready"
    title = Words("名单尚在处理", "Roster not ready")


class QuotaExhausted(Conflict):
    """Places would exceed the capacity, or a unit's places are used up."""

    code = "enrollment.quota-exhausted"
    title = Words("名额不足", "Quota exhausted")


class PlacesNotFree(Conflict):
    """The giver of places has fewer free ones than are to change hands."""

    code = "enrollment.places-not-free"
    title = Words("可调剂名额不足", "Not enough free places")


class TransferDecided(Conflict):
    """The request for places was answered or cancelled before; ``details["state"]`` says how."""

    code = "enrollment.transfer-decided"
    title = Words("名额借用已办结", "Already answered")


class TermUnderWay(Conflict):
    """The term has begun, or is over: too late for this step."""

    code = "enrollment.term-under-way"
    title = Words("班次已开班", "The term has begun")


class ReplacementPending(Conflict):
    """Somebody asked before to replace this trainee; ``details["replacement_id"]`` is that request."""

    code = "enrollment.replacement-pending"
    title = Words("已有更换申请", "A replacement is pending")


class ReplacementDecided(Conflict):
    """The replacement was decided or taken back before; ``details["state"]`` says how."""

    code = "enrollment.replacement-decided"
    title = Words("更换申请已办结", "Already decided")


class OfferLapsed(Conflict):
    """The day to answer a standby offer has passed, or no offer stands."""

    code = "enrollment.offer-lapsed"
    title = Words("递补已失效", "No offer stands")


class RoomUnsuitable(Conflict):
    """The room is full, unknown, named twice, or shared with the other sex."""

    code = "enrollment.room-unsuitable"
    title = Words("房间不合适", "Room not suitable")


class ApproverNeeded(Conflict):
    """A late request is let through by a named person of the organisation department only."""

    code = "enrollment.approver-needed"
    title = Words("须写明批准人", "An approver has to be named")


class ProofRefused(Malformed):
    """The proof file cannot be taken; ``details["reason"]`` says which check failed."""

    code = "enrollment.proof-refused"
    status = 422
    title = Words("证明材料不符合要求", "Proof file refused")


class TermCancelled(Conflict):
    """The term was cancelled; nothing more can be filed for it or admitted to it."""

    code = "enrollment.term-cancelled"
    title = Words("班次已取消", "Term cancelled")


class WrongState(Conflict):
    """The nomination's state does not allow the step."""

    code = "enrollment.wrong-state"
    title = Words("当前状态不允许此操作", "Not in this state")


class Ineligible(Conflict):
    """An eligibility rule refuses the nomination; ``details["rules"]`` names it."""

    code = "enrollment.ineligible"
    title = Words("不符合选调条件", "Not eligible")


class BadIdentity(Invalid):
    """An identity number, credit code or unit path that does not hold; never repeats a citizen's number."""

    code = "enrollment.bad-identity"
    title = Words("证件号码或编号有误", "Number does not hold")
