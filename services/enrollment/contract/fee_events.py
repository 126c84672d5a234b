"""Events of training fees (培训费); amounts are decimal texts in yuan."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts import Event, EventData
from shared.wording import Words

_OUTSTANDING = {"description": "尚未缴纳的数额；旧版本不写 / what is not paid yet; a release before wrote none"}


class FeesAssessed(EventData):
    """What a unit owes for its people in a term was assessed, or assessed anew.

    It is said again where a payment, or the cancellation of one, changes what is ``outstanding`` and leaves some.
    """

    order_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    payer = fields.String(required=True)
    trainees = fields.Integer(required=True)
    amount = fields.Decimal(places=2, required=True, as_string=True)
    outstanding = fields.Decimal(places=2, as_string=True, load_default=None, allow_none=True, metadata=_OUTSTANDING)
    due_on = fields.Date(required=True, allow_none=True)
    retiming_id = fields.String(
        load_default=None,
        allow_none=True,
        metadata={"description": "因统一调整重新核定，由该次调整一并告知 / by a retiming, which tells everybody once"},
    )


class FeesPaid(EventData):
    """A payment was booked and its receipt issued to the payer."""

    order_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    payment_id = fields.String(required=True)
    receipt_number = fields.String(required=True)
    amount = fields.Decimal(places=2, required=True, as_string=True)
    outstanding = fields.Decimal(places=2, as_string=True, load_default=None, allow_none=True, metadata=_OUTSTANDING)


class FeesSettled(EventData):
    """Nothing is outstanding any more: it was paid, or is not charged any longer."""

    order_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)


class FeesRefunded(EventData):
    """An amount goes back to the payer."""

    order_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    refund_id = fields.String(required=True)
    amount = fields.Decimal(places=2, required=True, as_string=True)
    cause = fields.String(required=True)


FEES_ASSESSED = Event("enrollment.fees.assessed.v1", Words("培训费已核定", "Fees were assessed"), FeesAssessed)
FEES_PAID = Event("enrollment.fees.paid.v1", Words("培训费已缴纳", "Fees were paid"), FeesPaid)
FEES_SETTLED = Event("enrollment.fees.settled.v1", Words("培训费已缴清", "Fees were settled"), FeesSettled)
FEES_REFUNDED = Event("enrollment.fees.refunded.v1", Words("培训费已退还", "Fees were refunded"), FeesRefunded)

EVENTS = (
    FEES_ASSESSED,
    FEES_PAID,
    FEES_SETTLED,
    FEES_REFUNDED,
)
