"""What the fee operations share: roles, amounts, reasons with their source, faults."""

from __future__ import annotations

from marshmallow import fields, validate

from services.enrollment.contract.parts import Text
from services.enrollment.domain.fee_standard import BASES
from shared.contracts import Reply
from shared.errors import Conflict
from shared.security.caller import Role
from shared.wording import Words

FEE_OFFICERS = frozenset({Role.ORGANISATION_DEPARTMENT, Role.PARTY_SCHOOL})
FEE_READERS = frozenset({Role.ORGANISATION_DEPARTMENT, Role.PARTY_SCHOOL, Role.UNIT, Role.AUDITOR})
FEE_OVERSEERS = frozenset({Role.ORGANISATION_DEPARTMENT, Role.PARTY_SCHOOL, Role.AUDITOR})
_YUAN = {"description": "元，最多两位小数 / yuan, at most two decimals"}


def amount(**kwargs: object) -> fields.Decimal:
    """Return the field of an amount that is shown: yuan as text with two decimals."""
    return fields.Decimal(places=2, as_string=True, metadata=_YUAN, **kwargs)  # type: ignore[arg-type]


def given_amount(**kwargs: object) -> fields.Decimal:
    """Return the field of an amount a caller gives; it is not rounded: more than two decimals are refused later."""
    return fields.Decimal(as_string=True, metadata=_YUAN, **kwargs)  # type: ignore[arg-type]


class Cited(Reply):
    """Where a figure comes from; ``basis`` ``unverified`` has to be shown beside it."""

    document = fields.String(required=True)
    source = fields.String(required=True)
    basis = fields.String(required=True, validate=validate.OneOf(BASES))


class FeeFinding(Reply):
    """What a standard says about real costs."""

    code = fields.String(required=True)
    ruling = fields.String(required=True, validate=validate.OneOf(("pass", "warn", "refuse")))
    reason = fields.Nested(Text, required=True)
    citation = fields.Nested(Cited, required=True)


class FeeRefused(Conflict):
    """The fee standard, or the book of the order, does not allow it; ``details["reason"]`` is its code."""

    code = "enrollment.fee-refused"
    title = Words("不符合培训费规定", "Against the fee rules")


class PayerNotAllowed(Conflict):
    """Trainees are not charged themselves unless a legal basis is named."""

    code = "enrollment.payer-not-allowed"
    title = Words("不得向个人收取培训费", "Payer not allowed")


class PersonalAccount(Conflict):
    """Fees go into accounts of the treasury or of an institution, never into a person's."""

    code = "enrollment.personal-account"
    title = Words("不得使用个人账户", "Personal account")


class AboveStandard(Conflict):
    """Costs are above the fee standard; ``details["findings"]`` says which."""

    code = "enrollment.above-standard"
    title = Words("超出培训费标准", "Above the standard")


class PapersMissing(Conflict):
    """The reimbursement file is not complete; ``details["papers"]`` are the codes of what is missing."""

    code = "enrollment.papers-missing"
    title = Words("报销材料不齐", "Papers missing")
