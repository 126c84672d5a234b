"""A replacement (更换人选): its states, its reasons, and whether it comes in time."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from services.enrollment.domain.wording import Refusal, Sentence


class State(StrEnum):
    """Where a replacement stands; ``APPROVING``: decided, and being carried out."""

    REQUESTED = "requested"
    APPROVING = "approving"
    APPROVED = "approved"
    REFUSED = "refused"
    CANCELLED = "cancelled"


OPEN = frozenset({State.REQUESTED, State.APPROVING})

REASONS = {
    "work": Sentence("工作原因不能脱产", "work does not allow it"),
    "health": Sentence("身体原因", "health"),
    "moved": Sentence("工作调动", "moved to another unit"),
    "family": Sentence("家庭重大变故", "a grave family matter"),
    "epidemic": Sentence("疫情防控需要", "epidemic control"),
    "other": Sentence("其他（见说明）", "other, see the reason"),
}
REFUSAL_REASONS = {
    "late": Sentence("逾期申请，理由不充分", "after the deadline without good reason"),
    "proof": Sentence("证明材料不足", "the proof does not suffice"),
    "reason": Sentence("更换理由不成立", "the reason does not hold"),
    "person": Sentence("新人选不符合调训要求", "the new person is not suitable"),
    "rules": Sentence("新人选未通过资格审查", "a rule refuses the new person"),
    "other": Sentence("其他（见说明）", "other, see the note"),
}

STATE_WORDS = {
    State.REQUESTED: Sentence("待审批", "waiting for a decision"),
    State.APPROVING: Sentence("已同意、正在办理", "approved and being carried out"),
    State.APPROVED: Sentence("已更换", "carried out"),
    State.REFUSED: Sentence("未获同意", "refused"),
    State.CANCELLED: Sentence("已撤销", "cancelled"),
}


def is_late(on: date, deadline: date) -> bool:
    """Return whether a request of that day comes late: its last second is in time, the next one is not."""
    return on > deadline


def refuse_unless_requested(state: str) -> None:
    """Raise ``Refusal`` unless the replacement still waits for its decision."""
    if state != State.REQUESTED:
        words = STATE_WORDS[State(state)]
        raise Refusal(
            "replacement-decided",
            f"该更换申请{words.zh}，不能再次办理",
            f"this replacement is {words.en} and cannot be decided again",
        )


def refuse_without_approver(late: bool, approver: str) -> None:
    """Raise ``Refusal`` when a late replacement is let through and nobody of the organisation department is named."""
    if late and not approver.strip():
        raise Refusal(
            "approver-needed",
            "该申请已逾期，同意更换须写明组织部门批准人姓名和职务（approver、approver_post）",
            "this request is late: letting it through needs the approver and approver_post of the organisation"
            " department",
        )
