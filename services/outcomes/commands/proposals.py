"""Policy proposals: filed, forwarded, answered, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from services.enrollment.contract import GET_UNIT
from services.outcomes import contract
from services.outcomes.commands.markings import refuse_marking
from services.outcomes.domain.personal_data import without_personal_numbers
from services.outcomes.domain.proposal import NoSuchFollowUp, NotNow, Proposal, State, TooEarly
from services.outcomes.limits import policy_table
from services.outcomes.queries.people import is_trainee, own_place, place_of
from services.outcomes.queries.proposals import proposal_within_reach, received_proposal, shown_whole
from services.outcomes.store.proposals import PROPOSALS, proposal_fields, proposal_from
from shared.errors import Invalid, NotFound
from shared.identifiers import new_id
from shared.runtime import Work
from shared.storage import Transaction

T = TypeVar("T")

STATE_ZH = {
    State.FILED: "已提出",
    State.FORWARDED: "已转送，待答复",
    State.ADOPTED: "已采纳",
    State.PARTLY_ADOPTED: "部分采纳",
    State.DECLINED: "未采纳",
    State.WITHDRAWN: "已撤回",
}


def file_proposal(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """File a proposal: a trainee their own, a unit for one of its trainees."""
    refuse_marking(f"{request['title']}\n{request['body']}", "政策建议", "the proposal")
    nomination_id = request.get("nomination_id")
    if is_trainee(tx):
        place = own_place(tx)
        if nomination_id not in (None, place.nomination_id):
            raise Invalid(
                "学员只能提出本人的政策建议",
                "a trainee files their own proposals",
                fields={"nomination_id": ["not you"]},
            )
    else:
        if nomination_id is None:
            raise Invalid("请填写学员的推荐编号", "name the trainee", fields={"nomination_id": ["required"]})
        place = place_of(tx, nomination_id)
        tx.caller.require_reach(place.unit_id)
    row = tx.rows(PROPOSALS).insert(
        {
            "_id": new_id("proposal"),
            "title": without_personal_numbers(request["title"]),
            "body": without_personal_numbers(request["body"]),
            "filed_at": tx.now,
            "filed_by": tx.caller.subject,
            **proposal_fields(Proposal(place.nomination_id, place.term_id, place.unit_id)),
        }
    )
    told = {"nomination_id": place.nomination_id, "term_id": place.term_id, "unit_id": place.unit_id}
    tx.emit(contract.PROPOSAL_FILED, {"proposal_id": row["_id"], **told}, subject=row["_id"])
    return shown_whole(tx, row)


def withdraw_proposal(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Take a proposal back before a department has answered: its author, or the author's unit.

    A department that has it is not waited for any more.
    """
    row = proposal_within_reach(tx, request["proposal_id"])
    if not is_trainee(tx):
        tx.caller.require_reach(row["unit_id"])
    before = proposal_from(row)
    saved = keep_proposal(tx, row, stepped(before.withdrawn))
    if before.state is State.FORWARDED:
        told = {"proposal_id": row["_id"], "term_id": row["term_id"], "unit_id": row["receiving_unit_id"]}
        tx.emit(contract.PROPOSAL_WITHDRAWN, told, subject=row["_id"])
    return shown_whole(tx, saved)


def forward_proposal(work: Work) -> dict[str, Any]:
    """Forward a proposal to a department, which enrollment has to know."""
    request = work.request
    unit = work.ask(GET_UNIT, {"unit_id": request["receiving_unit_id"]})
    days = policy_table().on(work.clock.today()).number("proposal.answer_days")

    def forward(tx: Transaction) -> dict[str, Any]:
        row = tx.rows(PROPOSALS).get(request["proposal_id"])
        due_on = request.get("due_on") or tx.today + timedelta(days=days)
        if due_on < tx.today:
            raise Invalid(
                f"答复期限 {due_on} 已过（今天是 {tx.today}）",
                f"{due_on} has passed (today is {tx.today})",
                fields={"due_on": ["in the past"]},
            )
        proposal = stepped(lambda: proposal_from(row).forwarded(unit["unit_id"], tx.now, due_on))
        saved = keep_proposal(tx, row, proposal)
        told = {"proposal_id": row["_id"], "term_id": row["term_id"], "unit_id": unit["unit_id"], "due_on": due_on}
        tx.emit(contract.PROPOSAL_FORWARDED, told, subject=row["_id"])
        return shown_whole(tx, saved)

    return work.transact(forward)


def answer_proposal(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Answer for the department: adopt, adopt in part, or decline; adopted it will be followed."""
    row = received_proposal(tx, request["proposal_id"])
    refuse_marking(request["answer"], "答复", "the answer")
    months = policy_table().on(tx.today)["proposal.follow_up_months"].value
    text = without_personal_numbers(request["answer"])
    proposal = stepped(lambda: proposal_from(row).answered(State(request["decision"]), text, tx.today, months))
    saved = keep_proposal(tx, row, proposal)
    told = {"proposal_id": row["_id"], "term_id": row["term_id"], "unit_id": row["unit_id"]}
    tx.emit(contract.PROPOSAL_ANSWERED, {**told, "decision": request["decision"]}, subject=row["_id"])
    return shown_whole(tx, saved)


def keep_proposal(tx: Transaction, row: dict[str, Any], proposal: Proposal) -> dict[str, Any]:
    """Store a proposal and return its row."""
    return tx.rows(PROPOSALS).save({**row, **proposal_fields(proposal)})


def stepped(step: Callable[[], T]) -> T:
    """Return what a step of a proposal gives; its refusals become faults."""
    try:
        return step()
    except NotNow as refused:
        raise contract.WrongState(
            f"该建议当前为“{STATE_ZH[refused.state]}”，不能进行此操作",
            f"the proposal is {refused.state.value}; that cannot be done now",
            state=refused.state.value,
        ) from None
    except NoSuchFollowUp:
        raise NotFound("该建议没有这一期跟踪，请核对月数", "the proposal is not followed in that month") from None
    except TooEarly as refused:
        raise contract.FollowUpTooEarly(
            f"本期跟踪自 {refused.opens_on} 起填报，请届时再报",
            f"this follow-up is taken from {refused.opens_on} on",
            opens_on=refused.opens_on.isoformat(),
        ) from None
