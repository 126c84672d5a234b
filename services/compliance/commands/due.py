"""What falls due with time: the timers' work, each thing in a transaction of its own, done once a slot."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from services.compliance.commands.briefing import date_briefing
from services.compliance.commands.checkin import lapse
from services.compliance.commands.health import purge_due
from services.compliance.commands.return_to_post import ask_for_returns, escalate
from services.compliance.commands.travel import raise_alarm
from services.compliance.limits import policy_table
from services.compliance.store.briefing import BRIEFINGS
from services.compliance.store.return_to_post import RETURNS
from services.compliance.store.term import TERMS
from services.compliance.store.trainee import TRAINEES
from services.compliance.store.travel import BATCHES
from shared.errors import Fault, Unavailable
from shared.runtime import Work
from shared.storage import Transaction


def look_at_what_is_due(work: Work) -> None:
    """Look at terms that are not settled, briefings without a day, overdue returns, and what has to be deleted.

    What cannot be done holds up nothing else; the first fault is raised when all the rest is done, for the alarm.
    """
    view, today = work.view(), work.clock.today()
    grace = timedelta(days=policy_table().on(today).number("report.grace_days"))
    faults: list[Fault] = []

    def step(kind: str, id: str, body: Any) -> None:
        try:
            _step(work, kind, id, body)
        except Unavailable:
            raise
        except Fault as fault:
            faults.append(fault)

    for term in view.rows(TERMS).find({"settled": False}):
        ends_on = date.fromisoformat(term["ends_on"])
        if min(date.fromisoformat(term["reports_on"]) + grace, ends_on) <= today:
            step("term", term["_id"], lapse)
        if ends_on <= today:
            step("ended", term["_id"], _settle)
    for row in view.rows(BRIEFINGS).find({"state": "opened", "starts_on": None}, fields=("_id",)):
        step("briefing", row["_id"], date_briefing)
    for row in view.rows(RETURNS).find({"state": "open", "due_on": {"$lt": today.isoformat()}}):
        step("return", row["_id"], escalate)
    work.transact(purge_due)
    if faults:
        raise faults[0]


def watch_travel(work: Work) -> None:
    """Look at every batch whose people should be there by now."""
    for row in work.view().rows(BATCHES).find({"alarm_at": {"$lte": work.clock.now()}}):
        _step(work, "batch", row["_id"], raise_alarm)
    work.transact(lambda tx: None)


def _step(work: Work, kind: str, id: str, body: Any) -> None:
    work.step(f"{kind}-{id}", lambda tx: body(tx, id))


def _settle(tx: Transaction, term_id: str) -> None:
    """A term that is over is settled when its returns were asked for and nobody is expected any more."""
    term = tx.rows(TERMS).get(term_id)
    if term["settled"] or date.fromisoformat(term["ends_on"]) > tx.today:
        return
    ask_for_returns(tx, term)
    if not tx.rows(TRAINEES).count({"term_id": term_id, "state": "expected"}):
        tx.rows(TERMS).save({**term, "settled": True})
