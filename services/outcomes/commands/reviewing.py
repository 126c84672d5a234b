"""What a reviewer does with a review: return it, or decline it."""

from __future__ import annotations

from typing import Any

from services.outcomes import contract
from services.outcomes.commands.markings import refuse_marking
from services.outcomes.commands.reviews import Chooses, conclude
from services.outcomes.domain.personal_data import without_personal_numbers
from services.outcomes.domain.review import ScoresIncomplete
from services.outcomes.limits import policy_table, rubric_of
from services.outcomes.queries.reviews import own_review, shown_whole
from services.outcomes.store.reviews import REVIEWS
from shared.errors import Invalid
from shared.storage import Transaction

_STATE_ZH = {"open": "待评审", "returned": "已提交", "declined": "已谢绝", "cancelled": "已取消"}


def return_review(tx: Transaction, request: dict[str, Any], assigner: Chooses) -> dict[str, Any]:
    """Return scores and an opinion; with the last review the report is graded, or a further reviewer asked."""
    row = _open(tx, request["review_id"])
    refuse_marking(request["comment"], "评审意见", "the comment")
    scores = {each["criterion"]: each["score"] for each in request["scores"]}
    try:
        if len(scores) != len(request["scores"]):
            raise ScoresIncomplete([], sorted(each["criterion"] for each in request["scores"]))
        total = rubric_of(policy_table().on(tx.today)).total(scores)
    except ScoresIncomplete as wrong:
        raise Invalid(
            f"每项评分标准须且只须评一次；缺少：{'、'.join(wrong.missing) or '无'}，"
            f"多余或重复：{'、'.join(wrong.unknown) or '无'}",
            f"score each criterion once; missing: {', '.join(wrong.missing) or '-'},"
            f" unknown or doubled: {', '.join(wrong.unknown) or '-'}",
            missing=wrong.missing,
            unknown=wrong.unknown,
        ) from None
    comment = without_personal_numbers(request["comment"])
    returned = {"state": "returned", "scores": scores, "comment": comment, "total": total, "returned_at": tx.now}
    saved = tx.rows(REVIEWS).save({**row, **returned})
    conclude(tx, row["report_id"], assigner)
    return shown_whole(tx, saved)


def decline_review(tx: Transaction, request: dict[str, Any], assigner: Chooses) -> dict[str, Any]:
    """Decline a review, such as when the author is recognised; somebody else is asked."""
    row = _open(tx, request["review_id"])
    saved = tx.rows(REVIEWS).save({**row, "state": "declined", "comment": request["reason"]})
    conclude(tx, row["report_id"], assigner)
    return shown_whole(tx, saved)


def _open(tx: Transaction, review_id: str) -> dict[str, Any]:
    row = own_review(tx, review_id)
    if row["state"] != "open":
        raise contract.WrongState(
            f"该评审{_STATE_ZH[row['state']]}，不能再办理",
            f"the review is {row['state']}; nothing more can be done with it",
            review_id=review_id,
            state=row["state"],
        )
    return row
