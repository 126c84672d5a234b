"""Closing: completion judged and confirmed, hours credited, terms sealed into archives that verify."""

from __future__ import annotations

from functools import partial
from typing import Any

from deploy.local.journey import Journey
from deploy.local.waiting import wait_until
from services.compliance.contract.closing import CLOSE_TERM, GET_CLOSING, VERIFY_TERM_ARCHIVE
from services.compliance.contract.completion import CONFIRM_COMPLETION, DECIDE_COMPLETION
from services.notification.contract.certificates import LIST_CERTIFICATES, REISSUE_CERTIFICATE

_APPROVER = {"approver": "周明远"}


def complete(journey: Journey, terms: list[dict[str, Any]]) -> str:
    """Have the rules judge everybody, and confirm."""
    completed = 0
    for term in terms:
        which = {"term_id": term["term_id"]}
        journey.cast.school.call(DECIDE_COMPLETION, which, step=f"completion/{term['term_id']}")
        word = {**which, **_APPROVER}
        done = journey.gateway.call(CONFIRM_COMPLETION, word, step=f"completion/{term['term_id']}/confirmation")
        completed += done["completed"]
    journey.settle()  # certificates are printed
    lost = journey.remembered("certificates/lost", lambda: min(_certificates(journey, terms), key=journey.order))
    again = {"certificate_id": lost["certificate_id"], "reason": "证书遗失，本人申请补发"}
    journey.gateway.call(REISSUE_CERTIFICATE, again, step="certificates/again")
    journey.settle()
    states = [row["state"] for row in _certificates(journey, terms)]
    issued, void = states.count("issued"), len(states) - states.count("issued")
    return f"{completed} 人结业，{issued} 份结业证书有效，{void} 份因遗失作废补发"


def _certificates(journey: Journey, terms: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for term in terms for row in journey.gateway.pages(LIST_CERTIFICATES, {"term_id": term["term_id"]})]


def archive(journey: Journey, terms: list[dict[str, Any]]) -> str:
    """Close the terms; every archive is held against its seal. What stands in the way is told, not passed over."""
    journey.settle()
    closed = [_close(journey, {"term_id": term["term_id"]}) for term in terms]
    sealed = [row for row in closed if row["state"] == "closed"]
    verdicts = [journey.gateway.call(VERIFY_TERM_ARCHIVE, {"term_id": row["term_id"]}) for row in sealed]
    refused = "；".join(row["refusal"]["zh"] for row in closed if row["refusal"])
    holds = sum(verdict["holds"] for verdict in verdicts)
    return f"{len(sealed)} 期归档，{holds} 份档案核验一致{'；未归档：' + refused if refused else ''}"


def _close(journey: Journey, which: dict[str, str]) -> dict[str, Any]:
    journey.cast.school.call(CLOSE_TERM, {**which, **_APPROVER}, step=f"closing/{which['term_id']}")
    return wait_until(partial(_over, journey, which), "归档完成", "the term closed")


def _over(journey: Journey, which: dict[str, str]) -> dict[str, Any] | None:
    row = journey.gateway.call(GET_CLOSING, which)
    return row if row["state"] in ("closed", "refused") else None
