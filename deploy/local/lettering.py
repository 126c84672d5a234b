"""The last steps: letters printed and delivered, and the account of the whole run."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from rich.table import Table

from deploy.local.journey import Journey
from deploy.local.nominating import fills
from deploy.local.waiting import wait_until
from deploy.local.year.account import account
from services.enrollment.contract import LIST_QUOTAS
from services.notification.contract import LETTERS_SUMMARY, LIST_ISSUERS, LIST_LETTERS, PUT_ISSUER
from services.notification.contract.sign_off import SIGN_OFF_LETTERS

_KINDS = ("transfer", "admission")
_SIGNED = "transfer"
"""Letters of this kind go out when the organisation department has signed them off, others when they are printed."""


def put_issuers(journey: Journey) -> str:
    """Register whom recipients may ring, as the plan says; an issuer that somebody set already stays as it is."""
    shown = []
    for issuer in journey.gateway.call(LIST_ISSUERS, {})["items"]:
        contact = next((each for each in journey.contacts if _speaks_for(each, issuer["name"])), None)
        if contact is not None and not any(issuer["contact"].values()):
            facts = {name: issuer[name] for name in ("kind", "name", "signature", "series", "document")}
            reached = {name: contact[name] or "" for name in ("person", "phone", "fax")}
            facts |= {"sign_off": issuer["kind"] == _SIGNED, "contact": reached}
            journey.gateway.call(PUT_ISSUER, facts, step=f"issuer/{issuer['kind']}")
        shown.append(issuer["signature"])
    return "、".join(shown)


def _speaks_for(contact: dict[str, Any], issuer: str) -> bool:
    return contact["organisation"].partition("（")[0] in issuer


def await_letters(journey: Journey) -> str:
    """Wait until everybody admitted has a delivered admission notice, and every unit its transfer letters."""
    admitted = sum(term["admitted"] for term in fills(journey))
    groups = sum(journey.each(journey.terms, lambda term: _units_with_trainees(journey, term["term_id"])))

    def all_there() -> dict[str, Any] | None:
        journey.settle()  # the queues are cheap to look at, the register is not
        sign_off(journey)
        letters = journey.gateway.call(LETTERS_SUMMARY, {})
        issued = {kind: letters[kind]["issued"] for kind in _KINDS}
        delivered = letters["deliveries"]["delivered"]
        done = issued["admission"] >= admitted and issued["transfer"] >= groups and delivered >= admitted + groups
        return issued if done else None

    def so_far() -> dict[str, Any]:
        return {"admitted": admitted, "groups": groups} | journey.gateway.call(LETTERS_SUMMARY, {})

    issued = wait_until(all_there, "函件全部印发送达", "all letters delivered", 600, so_far)
    return f"选调函 {issued['transfer']} 份，入学通知书 {issued['admission']} 份"


def sign_off(journey: Journey) -> None:
    """Sign off every letter that is printed and waits for it."""
    waiting = journey.gateway.pages(LIST_LETTERS, {"kind": _SIGNED, "state": "printed", "current": True})
    letters = [row["letter_id"] for row in waiting]
    if letters:
        journey.gateway.call(SIGN_OFF_LETTERS, {"letter_ids": letters})


def summarise(journey: Journey, seconds: float) -> dict[str, Any]:
    """Return the account of the run that ``summary.json`` holds."""
    terms = fills(journey)
    letters = journey.gateway.call(LETTERS_SUMMARY, {})
    counts = [roster["counts"] for roster in journey.rosters]
    return {
        "programmes": len({term["programme_ordinal"] for term in terms}),
        "terms": len(terms),
        "units": len(journey.sample.facts["units"]),
        "nominations": sum(each["filed"] + each["warned"] + each["refused"] for each in counts),
        "refused": sum(term["refused"] for term in terms),
        "admitted": sum(term["admitted"] for term in terms),
        "letters": {kind: letters[kind]["issued"] for kind in _KINDS},
        **account(journey),
        "events": journey.status()["events"],
        "seconds": round(seconds, 1),
    }


def hand_out(outbox: Path, summary: dict[str, Any], out: Path) -> None:
    """Copy the letters to ``out/letters`` and write ``out/summary.json``."""
    out.mkdir(parents=True, exist_ok=True)
    shutil.copytree(outbox, out / "letters", dirs_exist_ok=True)
    (out / "summary.json").write_text(json.dumps(summary, ensure_ascii=False) + "\n", encoding="utf-8")


def programmes_table(journey: Journey) -> Table:
    """Return one line a programme: terms, people, letters."""
    letters = {row["term_id"]: row for row in journey.gateway.call(LETTERS_SUMMARY, {})["items"]}
    table = Table(title="2020 年公务员培训计划 / the 2020 plan", title_justify="left")
    for heading in (
        "#",
        "班次 programme",
        "期 terms",
        "推荐 nominated",
        "不符合 refused",
        "录取 admitted",
        "函件 letters",
    ):
        table.add_column(heading, justify="left" if heading.startswith("班次") else "right")
    rows: dict[int, list[Any]] = {}
    for term in fills(journey):
        row = rows.setdefault(term["programme_ordinal"], [term["programme_title"], 0, 0, 0, 0, 0])
        found = letters.get(term["term_id"], {})
        issued = sum(found.get(kind, {}).get("issued", 0) for kind in _KINDS)
        figures = (1, term["nominated"] + term["refused"], term["refused"], term["admitted"], issued)
        rows[term["programme_ordinal"]] = [row[0], *(old + new for old, new in zip(row[1:], figures, strict=True))]
    for ordinal in sorted(rows):
        table.add_row(str(ordinal), *map(str, rows[ordinal]))
    return table


def _units_with_trainees(journey: Journey, term_id: str) -> int:
    quotas = journey.gateway.call(LIST_QUOTAS, {"term_id": term_id})
    return sum(1 for row in quotas["items"] if row["admitted"])
