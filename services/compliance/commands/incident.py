"""Incident files: opened, answered by a measure, dismissed, or brought to the organisation department."""

from __future__ import annotations

from typing import Any

from services.compliance.commands.refusals import fault_of, has_withdrawn, refuse_frozen
from services.compliance.commands.weighing import open_case
from services.compliance.contract.conduct_events import INCIDENT_OPENED, SANCTION_IMPOSED
from services.compliance.domain.incident import WITHDRAWAL, Incident, IncidentState, Sanction
from services.compliance.domain.rules import Ruling, Verdict
from services.compliance.domain.withdrawal import Case
from services.compliance.domain.wording import Refusal, Sentence
from services.compliance.limits import policy_table
from services.compliance.queries.incident import ladder_now, shown_incident
from services.compliance.queries.withdrawal import shown_case
from services.compliance.store.incident import INCIDENTS, incident_of, incident_row
from services.compliance.store.term import TERMS
from services.compliance.store.trainee import TRAINEES
from services.compliance.store.withdrawal import CASES
from shared.identifiers import new_id
from shared.storage import Transaction


def open_incident(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Open a file on somebody's conduct."""
    trainee = tx.rows(TRAINEES).get(request["nomination_id"])
    refuse_frozen(tx.rows(TERMS).get(trainee["term_id"]))
    if trainee["state"] == "withdrawn":
        raise fault_of(has_withdrawn(trainee["_id"]), nomination_id=trainee["_id"])
    ladder = ladder_now(tx)
    if request["kind"] not in ladder.kinds:
        known = "、".join(ladder.kinds)
        raise fault_of(
            Refusal(
                "unknown-kind",
                f"没有“{request['kind']}”这类情形，可用：{known}",
                f"no kind {request['kind']!r}; there are: {known}",
            )
        )
    whose = {name: trainee[name] for name in ("term_id", "unit_id")} | {"nomination_id": trainee["_id"]}
    row = tx.rows(INCIDENTS).insert(
        {
            "_id": new_id("incident"),
            **whose,
            **incident_row(Incident(request["kind"])),
            "occurred_on": request["occurred_on"],
            "narrative": request["narrative"],
            "opened_at": tx.now,
            "opened_by": tx.caller.subject,
            "dismissed_for": None,
        }
    )
    tx.emit(INCIDENT_OPENED, {"incident_id": row["_id"], **whose}, subject=row["_id"])
    return shown_incident(tx, row)


def impose_sanction(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Impose a measure of the ladder."""
    row = _file(tx, request["incident_id"])
    if request["step"] == WITHDRAWAL:
        raise fault_of(
            Refusal(
                "through-a-case",
                "责令退学须先提请，由组织部在退学案中决定",
                "ordered withdrawal has to be proposed; the organisation department decides on the case",
            )
        )
    measure = Sanction(request["step"], request["approver"], request["reason"], tx.caller.subject, tx.now)
    return shown_incident(tx, impose(tx, row, measure))


def impose(tx: Transaction, row: dict[str, Any], measure: Sanction) -> dict[str, Any]:
    """Write a measure into a file and tell of it; return the file's row. Raises ``WrongState``."""
    try:
        after = incident_of(row).impose(measure, frozenset(map(str, tx.caller.roles)), ladder_now(tx))
    except Refusal as refusal:
        raise fault_of(refusal, incident_id=row["_id"]) from None
    saved = tx.rows(INCIDENTS).save({**row, **incident_row(after)})
    count_sanctions(tx, row["term_id"], row["nomination_id"])
    whose = {name: row[name] for name in ("nomination_id", "term_id", "unit_id")}
    data = {"incident_id": row["_id"], **whose, "sanction": measure.step}
    tx.emit(SANCTION_IMPOSED, data, subject=row["_id"])
    return saved


def dismiss_incident(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Close a file without a measure."""
    row = _file(tx, request["incident_id"])
    try:
        after = incident_of(row).dismiss()
    except Refusal as refusal:
        raise fault_of(refusal, incident_id=row["_id"]) from None
    saved = tx.rows(INCIDENTS).save({**row, **incident_row(after), "dismissed_for": request["reason"]})
    return shown_incident(tx, saved)


def propose_withdrawal(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Ask the organisation department to order withdrawal; nothing is decided by asking."""
    row = _file(tx, request["incident_id"])
    incident, ladder = incident_of(row), ladder_now(tx)
    if incident.state is IncidentState.DISMISSED or WITHDRAWAL not in ladder.kinds.get(incident.kind, ()):
        raise fault_of(
            Refusal(
                "not-for-this-kind", "此类情形不适用责令退学", "ordered withdrawal does not follow from this conduct"
            )
        )
    known = tx.rows(CASES).find({"term_id": row["term_id"], "nomination_id": row["nomination_id"]})
    if any(case["state"] == "open" and case["incident_id"] == row["_id"] for case in known):
        raise fault_of(
            Refusal("proposed", "已提请退学，待组织部决定", "it was proposed already and waits for a decision")
        )
    trainee = tx.rows(TRAINEES).get(row["nomination_id"])
    reason = Sentence(request["reason"], request["reason"])
    verdict = Verdict(Ruling.BROKEN, reason, policy_table().on(tx.today)["conduct.ladder"].source, "ordered")
    return shown_case(open_case(tx, trainee, Case("ordered"), verdict, row["_id"]))


def count_sanctions(tx: Transaction, term_id: str, nomination_id: str) -> None:
    """Write the measures in force into the person's row: completion is judged by them."""
    files = tx.rows(INCIDENTS).find({"term_id": term_id, "nomination_id": nomination_id})
    steps = sorted({step for row in files for step in incident_of(row).in_force})
    trainee = tx.rows(TRAINEES).get(nomination_id)
    tx.rows(TRAINEES).save({**trainee, "sanctions": steps})


def _file(tx: Transaction, incident_id: str) -> dict[str, Any]:
    row = tx.rows(INCIDENTS).get(incident_id)
    tx.expect(row)
    refuse_frozen(tx.rows(TERMS).get(row["term_id"]))
    return row
