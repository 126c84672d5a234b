"""The unit vouches; then step by step whoever has the say decides."""

from __future__ import annotations

from typing import Any

from services.enrollment.commands.background import Background, heads_of
from services.enrollment.commands.bulk import read_within_reach, row_by_row
from services.enrollment.commands.climbing import (
    climb,
    enter_ladder,
    require_decider,
    review_ladder,
    rung_of,
    step_down,
)
from services.enrollment.commands.leaving import leave_line
from services.enrollment.commands.nominating import by_term_and_unit, facts_of, judgement, open_terms, quota_facts, step
from services.enrollment.commands.people import People, engagements_of
from services.enrollment.contract import NOMINATIONS_REVIEWED
from services.enrollment.domain.eligibility import RuleVerdict, Ruling, Stage, TermFacts
from services.enrollment.domain.nomination import RETURN_REASONS, Criterion, State, Step, reason_words, state_after
from services.enrollment.domain.wording import Refusal
from services.enrollment.queries.units import nominated_by_unit
from services.enrollment.rulebook import Rulebook
from services.enrollment.store import NOMINATIONS, SEATS, seats_from
from shared.errors import Invalid
from shared.identifiers import new_id
from shared.storage import Transaction

_STEPS = {"accept": Step.ACCEPT, "return": Step.RETURN, "refuse": Step.REFUSE}


def attest_nominations(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Sign criteria for several people; with all three a nomination becomes ``attested`` and is reviewed."""
    rows = read_within_reach(tx, request["nomination_ids"])
    ladder = review_ladder(tx.today)
    changed: list[dict[str, Any]] = []

    def attest(row: dict[str, Any]) -> None:
        after = state_after(row["state"], Step.ATTEST)
        kept = [item for item in row["attestations"] if item["criterion"] not in request["criteria"]]
        signed = [
            {
                "criterion": criterion,
                "signer": request["signer"],
                "signer_post": request["signer_post"],
                "signed_at": tx.now,
                "by": tx.caller.subject,
            }
            for criterion in request["criteria"]
        ]
        row["attestations"] = [*kept, *signed]
        if {item["criterion"] for item in row["attestations"]} >= set(Criterion):
            enter_ladder(row, ladder)
            _enter(tx, row, after)
        changed.append(row)

    report = row_by_row(rows, attest)
    tx.rows(NOMINATIONS).save_many(changed)
    return report


def review_nominations(tx: Transaction, request: dict[str, Any], rules: Rulebook) -> dict[str, Any]:
    """Accept, return or refuse several nominations at the step they wait for.

    The rules are asked again before anybody passes a step; with the last step a nomination is accepted.
    """
    reason = _reason(request)
    rows = read_within_reach(tx, request["nomination_ids"])
    ladder = review_ladder(tx.today)
    people = People(tx)
    people.read(row["person_id"] for row in rows)
    review = {"decision": request["decision"], "reason_code": reason, "note": request["note"], "at": tx.now}
    desk = _Desk(tx, rules, people, rows) if request["decision"] == "accept" else None
    changed: list[dict[str, Any]] = []

    def decide(row: dict[str, Any]) -> None:
        after = state_after(row["state"], _STEPS[request["decision"]])
        rung = rung_of(row, ladder)
        require_decider(tx, row, rung)
        if desk is not None:
            desk.judge(row)
            final = climb(row, rung)
            row["order"] = new_id("order") if final else ""
        else:
            leave_line(tx, row)
            step_down(row)
            final = True
        if after is State.REFUSED:
            people.release(people.one(row["person_id"]), row["_id"])
        row["review"] = {**review, "step": rung.step, "by": tx.caller.subject}
        row["reviews"] = [*row["reviews"], row["review"]]
        if final:
            _enter(tx, row, after)
        changed.append(row)

    report = row_by_row(rows, decide)
    tx.rows(NOMINATIONS).save_many(changed)
    people.write()
    _announce(tx, changed)
    return report


def _announce(tx: Transaction, changed: list[dict[str, Any]]) -> None:
    for name in sorted({row["review"]["step"] for row in changed}):
        of_step = [row for row in changed if row["review"]["step"] == name]
        for (term_id, unit_id), some in by_term_and_unit(of_step):
            decided = {key: some[0]["review"][key] for key in ("decision", "reason_code", "step")}
            data = {"term_id": term_id, "unit_id": unit_id, "nomination_ids": [row["_id"] for row in some], **decided}
            tx.emit(NOMINATIONS_REVIEWED, data | {"awaits": some[0]["awaits"]}, subject=term_id)


class _Desk:
    """What is needed to ask the rules about several stored nominations."""

    def __init__(self, tx: Transaction, rules: Rulebook, people: People, rows: list[dict[str, Any]]) -> None:
        self._tx, self._rules, self._people = tx, rules, people
        self._terms = open_terms(tx)
        term_ids = sorted({row["term_id"] for row in rows})
        self._seats = {row["_id"]: seats_from(row) for row in tx.rows(SEATS).find({"_id": {"$in": term_ids}})}
        self._nominated = nominated_by_unit(tx, term_ids)
        self._background = Background(tx, [self._terms[term_id] for term_id in term_ids if term_id in self._terms])
        self._background.read_people([row["person_id"] for row in rows])

    def judge(self, row: dict[str, Any]) -> None:
        term = self._terms.get(row["term_id"])
        if term is None:
            raise Refusal("term-cancelled", "该期已取消，请改报其他班次", "the term was cancelled; choose another")
        verdicts = self._verdicts(row, term)
        row.update(judgement(verdicts))
        refuse_if_refused(verdicts)

    def _verdicts(self, row: dict[str, Any], term: TermFacts) -> list[RuleVerdict]:
        person, nominated = self._people.one(row["person_id"]), self._nominated.get(term.term_id, {})
        others = engagements_of(person, self._terms, but=row["_id"])
        quota = quota_facts(self._seats.get(term.term_id), row["unit_id"], nominated)
        facts = facts_of(row, Stage.REVIEW, self._tx.today, term, others, quota)
        heads = heads_of(row["unit_id"], nominated)
        return self._rules.judge(self._background.complete(facts, heads, row["person_id"]))


def refuse_if_refused(verdicts: list[RuleVerdict]) -> None:
    """Raise ``Refusal`` with the words of the rules that refuse."""
    against = [item for item in verdicts if item.verdict.ruling is Ruling.REFUSE]
    if against:
        raise Refusal(
            against[0].rule,
            "；".join(item.verdict.reason.zh for item in against),
            "; ".join(item.verdict.reason.en for item in against),
        )


def _reason(request: dict[str, Any]) -> str | None:
    code: str | None = request["reason_code"]
    if request["decision"] == "accept":
        return None
    if code is None:
        choices = "、".join(f"{key}（{words.zh}）" for key, words in RETURN_REASONS.items())
        raise Invalid(
            f"退回或不予通过须填写原因代码 reason_code，可用：{choices}",
            f"returning or refusing needs a reason_code: {', '.join(RETURN_REASONS)}",
            fields={"reason_code": ["required"]},
        )
    reason_words(RETURN_REASONS, code)
    return code


def _enter(tx: Transaction, row: dict[str, Any], state: State) -> None:
    row["state"] = state.value
    row["history"] = [*row["history"], step(tx, state.value)]
