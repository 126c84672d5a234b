"""Keeping deadlines: opened, moved, met, cancelled; each with the day of its next turn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.notification.commands.phone_tasks import cancel_tasks, cancel_tasks_within
from services.notification.commands.working_days import WorkingDays
from services.notification.domain.deadline import Deadline, DeadlineState, Slot
from services.notification.store import DEADLINES, MATTERS, deadline_of, deadline_row
from shared.storage import Transaction


@dataclass(frozen=True)
class Matter:
    """What a deadline is about: the rule that reminds of it, the thing itself, and who has to do it."""

    rule: str
    subject: str
    recipient: str
    term_id: str | None = None
    unit_id: str | None = None

    @property
    def key(self) -> str:
        """What names the deadline: the same matter has one."""
        return f"{self.rule}/{self.subject}/{self.recipient}"


@dataclass(frozen=True)
class Taken:
    """What an event that opens a matter is to it: overtaken or news, and of news whether it says something else."""

    news: bool
    changed: bool


def take_note(tx: Transaction, rule: str, subject: str, event_id: str, said: str) -> Taken:
    """Take note of an event that opens a matter, and of what it says: overtaken when a later one opened or ended it.

    Replicas take events of one subject in at the same time, and a replay brings old ones again. Identifiers of events
    tell which was made first; both kinds write the same record, so that of two at once one comes after the other.
    ``changed`` is whether it differs from what the latest event before it said, be it what an earlier one said too, or
    opens again what had ended.
    """
    known = tx.rows(MATTERS).one({"_id": _matter(rule, subject)})
    if known is None:
        tx.rows(MATTERS).insert({"_id": _matter(rule, subject), "opened_by": event_id, "ended_by": None, "said": said})
        return Taken(news=True, changed=True)
    if max(known["opened_by"] or "", known["ended_by"] or "") > event_id:
        return Taken(news=False, changed=False)
    tx.rows(MATTERS).save({**known, "opened_by": event_id, "said": said})
    ended = (known["ended_by"] or "") > (known["opened_by"] or "")
    return Taken(news=True, changed=ended or known.get("said", said) != said)


def end_matter(tx: Transaction, rule: str, subject: str, event_id: str) -> None:
    """Close the deadlines of a matter, with the calls it led to, and what an event from before this has yet to open.

    What a later event opened anew stays open.
    """
    known = tx.rows(MATTERS).one({"_id": _matter(rule, subject)})
    if known is None:
        tx.rows(MATTERS).insert({"_id": _matter(rule, subject), "opened_by": None, "ended_by": event_id, "said": None})
    else:
        tx.rows(MATTERS).save({**known, "ended_by": max(event_id, known["ended_by"] or "")})
        if (known["opened_by"] or "") > event_id:
            return
    close_deadlines(tx, tx.rows(DEADLINES).find({"subject": subject, "rule": rule}), "met")
    # Also those of a rule that rings at once, without a deadline.
    cancel_tasks_within(tx, _matter(rule, subject))


def finish_for(tx: Transaction, rule: str, subject: str, recipient: str) -> None:
    """Close what one recipient had to do about a matter: its part is done, whatever opens the matter and when."""
    known = tx.rows(MATTERS).one({"_id": _matter(rule, subject)})
    if known is None:
        blank = {"_id": _matter(rule, subject), "opened_by": None, "ended_by": None, "said": None}
        tx.rows(MATTERS).insert({**blank, "done": [recipient]})
    elif recipient not in known.get("done", ()):
        tx.rows(MATTERS).save({**known, "done": [*known.get("done", ()), recipient]})
    close_deadlines(tx, tx.rows(DEADLINES).find({"subject": subject, "rule": rule, "recipient": recipient}), "met")


def finished(tx: Transaction, rule: str, subject: str) -> frozenset[str]:
    """Return the recipients that have done their part of a matter."""
    known = tx.rows(MATTERS).one({"_id": _matter(rule, subject)})
    return frozenset(known.get("done", ()) if known else ())


def moot(tx: Transaction, messages: Iterable[Mapping[str, Any]]) -> set[str]:
    """Return the ids of those announcements (with ``subject`` and ``event_id``) that nobody has to heed any more.

    Their matter ended after the event that they tell of; or what their recipient had to do by a day is done, or asked
    of somebody else.
    """
    found = {row["_id"]: (_matter(row["rule"], row["subject"]), row) for row in messages}
    mine = {id: f"{key}/{row['recipient']}" for id, (key, row) in found.items()}
    met = tx.rows(DEADLINES).find({"_id": {"$in": sorted(mine.values())}, "state": "met"}, fields=())
    not_due = {row["_id"] for row in met}
    matters = tx.rows(MATTERS).find({"_id": {"$in": sorted({key for key, _ in found.values()})}})
    ended = {row["_id"]: row["ended_by"] or "" for row in matters}
    return {id for id, (key, row) in found.items() if mine[id] in not_due or ended.get(key, "") > row["event_id"]}


def release_others(tx: Transaction, rule: str, subject: str, recipients: Sequence[str]) -> None:
    """Close what others had to do about a matter before its latest event, which names only these recipients."""
    others = {"subject": subject, "rule": rule, "recipient": {"$nin": sorted(recipients)}}
    close_deadlines(tx, tx.rows(DEADLINES).find(others), "met")


def is_known(tx: Transaction, matter: Matter) -> bool:
    """Return whether a deadline was opened for the recipient before, whatever became of it."""
    return tx.rows(DEADLINES).one({"_id": matter.key}) is not None


def open_deadline(
    tx: Transaction,
    matter: Matter,
    due_on: date,
    offsets: Sequence[int],
    days: WorkingDays,
    values: dict[str, Any] | None = None,
    by: str | None = None,
) -> bool:
    """Open a deadline, or move a known one to another day; ``True`` when it is new or moved.

    One that stays where it is takes the ``values`` that reminders will be filled with from now on.
    A moved deadline forgets the turns of its old day, and reminders of that day that have not left are cancelled
    where they are bundled: they find the deadline moved. ``by`` is the event that moved it: it tells the turns of a day
    that came back from those of the same day before.
    """
    known = tx.rows(DEADLINES).one({"_id": matter.key})
    if known is not None and known["state"] == "open" and known["due_on"] == due_on.isoformat():
        if known["values"] != (values or {}):
            tx.rows(DEADLINES).save({**known, "values": values or {}})
        return False
    fresh = Deadline.opened(due_on, offsets, days.shift, tx.today)
    row = {
        "_id": matter.key,
        **{name: getattr(matter, name) for name in ("rule", "subject", "recipient", "term_id", "unit_id")},
        "offsets": sorted(offsets),
        "values": values or {},
        **_fields(fresh, offsets, days),
    }
    if known is None:
        tx.rows(DEADLINES).insert(row)
    else:
        tx.rows(DEADLINES).save({**known, **row, "moved_by": by})
    return True


def take_turn(row: dict[str, Any], slot: Slot, days: WorkingDays) -> dict[str, Any]:
    """Return a stored deadline with a turn taken."""
    after = deadline_of(row).take(slot, row["offsets"])
    return {**row, **_fields(after, row["offsets"], days)}


def close_deadlines(tx: Transaction, rows: Sequence[dict[str, Any]], state: DeadlineState) -> int:
    """Close stored deadlines, with the calls they led to; return how many were open."""
    still_open = [row for row in rows if row["state"] == "open"]
    tx.rows(DEADLINES).save_many(
        {**row, **deadline_row(deadline_of(row).close(state)), "next_on": None} for row in still_open
    )
    for row in still_open:
        cancel_tasks(tx, row["_id"])
    return len(still_open)


def reopen_deadlines(tx: Transaction, rows: Sequence[dict[str, Any]], days: WorkingDays) -> None:
    """Open cancelled deadlines again, each with the day of its next turn."""
    tx.rows(DEADLINES).save_many({**row, **_fields(deadline_of(row).reopen(), row["offsets"], days)} for row in rows)


def _fields(deadline: Deadline, offsets: Sequence[int], days: WorkingDays) -> dict[str, Any]:
    following = deadline.next_on(offsets, days.shift)
    return {**deadline_row(deadline), "next_on": following and following.isoformat()}


def _matter(rule: str, subject: str) -> str:
    return f"{rule}/{subject}"
