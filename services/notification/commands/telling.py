"""From events to messages, by the table of rules; and from deadlines to reminders."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from services.notification import contract
from services.notification.commands.deadlines import (
    Matter,
    Taken,
    end_matter,
    finish_for,
    finished,
    is_known,
    open_deadline,
    release_others,
    take_note,
)
from services.notification.commands.dropping import is_held, set_aside
from services.notification.commands.phone_tasks import Ringing, open_task
from services.notification.commands.recipients import Recipient, recipients_of
from services.notification.commands.working_days import WorkingDays, working_days
from services.notification.domain.message_rule import AUDIENCES, MessageRule, sources_of
from services.notification.domain.quiet_hours import Hours
from services.notification.limits import limits_on
from services.notification.queries.templates import rules_in_force
from services.notification.rulebook import rules_done_by, rules_met_by, rules_of, templates
from services.notification.store import MESSAGES, TIMETABLES
from shared.clock import CITY_ZONE
from shared.policies import Policies
from shared.storage import Transaction
from shared.wording import Words

OVERDUE = 1
"""The turn, in working days after the due day, on which a deadline counts as missed."""


@dataclass(frozen=True)
class Sayings:
    """What holds for all messages of one transaction."""

    limits: Policies
    days: WorkingDays
    hours: Hours
    now: datetime

    @staticmethod
    def at(tx: Transaction) -> Sayings:
        """Return what holds at the instant of a transaction."""
        limits = limits_on(tx.today)
        hours = Hours.parse(limits["message.quiet_hours"].value, limits["message.digest_at"].value)
        return Sayings(limits, working_days(tx), hours, tx.now)

    def leaves_at(self, urgent: bool) -> datetime:
        """Return when a message of now leaves."""
        return self.hours.leaves_at(self.now.astimezone(CITY_ZONE), urgent, self.days.is_working)

    def calm(self, moment: datetime, urgent: bool) -> datetime:
        """Return an instant, or the end of the quiet hours it falls into."""
        return self.hours.calm(moment.astimezone(CITY_ZONE), urgent)


def tell(
    tx: Transaction, event: str, event_id: str, data: Mapping[str, Any], audiences: Sequence[str] = AUDIENCES
) -> None:
    """Write down who is to be told of an event, open what has to be done by a day, close what it ends."""
    wanted = [rule for rule in rules_of(event) if rule.audience.kind in audiences]
    counting = [rule for rule in rules_in_force(tx, wanted) if rule.counts(data)]
    if counting:
        sayings = Sayings.at(tx)
        for rule in counting:
            apply_rule(tx, rule, {**data, "@event": event_id, "@day": tx.today.isoformat()}, sayings)
    for rule in rules_met_by(event, data):
        end_matter(tx, rule.key, rule.subject_of(data, rule.met_by[event]), event_id)
    for rule in rules_done_by(event):
        recipient = f"{rule.audience.kind}:{data[rule.done_by[event]]}"
        finish_for(tx, rule.key, rule.subject_of(data), recipient)


def tell_timetable(tx: Transaction, event: str, event_id: str, data: Mapping[str, Any]) -> None:
    """Learn who teaches in a term, and tell those whom a new version concerns.

    Of an older version that comes late only its lecturers are told: the newer one names whom it changed something for
    since, not those whom the older did, and what they are told leads to the timetable that holds.
    """
    rows = tx.rows(TIMETABLES)
    known = rows.one({"_id": data["term_id"]})
    if known is not None and known["timetable_version"] >= data["timetable_version"]:
        tell(tx, event, event_id, data, audiences=("lecturer",))
        return
    lecturers = sorted({each["lecturer_id"] for each in data["sessions"] if each["lecturer_id"]})
    said = {"timetable_version": data["timetable_version"], "lecturer_ids": lecturers}
    if known is None:
        rows.insert({"_id": data["term_id"], **said})
    else:
        rows.save({**known, **said})
    tell(tx, event, event_id, data)


def apply_rule(tx: Transaction, rule: MessageRule, data: Mapping[str, Any], sayings: Sayings) -> None:
    """Write the messages of one rule for one event."""
    subject, event_id = rule.subject_of(data), str(data["@event"])
    due_on: date | None = data.get(rule.due) if rule.due else None
    anew = "/".join(str(data[name]) for name in rule.anew)
    taken = Taken(news=True, changed=False)
    if rule.tracked:
        taken = take_note(tx, rule.key, subject, event_id, f"{due_on}|{anew}")
    news = taken.news
    if rule.news and not news:
        return
    if rule.due and due_on is None and news:
        end_matter(tx, rule.key, subject, event_id)
    aside = due_on is not None and news and not is_held(tx, rule, data.get("term_id"), event_id)
    done = finished(tx, rule.key, subject) if rule.done_by else ()
    rows, recipients = [], [each for each in recipients_of(tx, rule, data) if each.key not in done]
    if due_on is not None and news:
        release_others(tx, rule.key, subject, [recipient.key for recipient in recipients])
    for recipient in recipients:
        values = _values(rule, data, recipient)
        matter = Matter(rule.key, subject, recipient.key, data.get("term_id"), recipient.unit_id)
        again = taken.changed
        if due_on is not None and news:
            offsets = [*(sayings.limits["message.remind"].value if rule.remind is None else rule.remind)]
            turns = offsets + [OVERDUE] * (rule.overdue is not None)
            if not open_deadline(tx, matter, due_on, turns, sayings.days, {"said": values}, event_id):
                _say_anew(tx, matter, values)
            elif not aside:
                again = True
            if aside:
                set_aside(tx, matter)
        elif due_on is not None and is_known(tx, matter):
            # The day that holds was told last; that of an event it overtook would be taken for a newer one.
            continue
        if not rule.speaks(data):
            continue
        row = _row(rule.template, matter, values, sayings, rule.urgent, due_on, anew=anew)
        if again and tx.rows(MESSAGES).one({"_id": row["_id"]}) is not None:
            # Back to what was said before: something else held since, or nothing did, for all or for this recipient.
            row = _row(rule.template, matter, values, sayings, rule.urgent, due_on, anew=f"{anew}|{event_id}")
        rows.append({**row, "subject": subject, "event_id": event_id} if rule.moot else row)
        if rule.phone and not rule.due and news:
            open_task(tx, ringing(rule, matter, row, "overdue"))
    _insert(tx, rows)


def remind_of(
    tx: Transaction, row: Mapping[str, Any], rule: MessageRule, offset: int, values: Mapping[str, Any], sayings: Sayings
) -> dict[str, Any] | None:
    """Write the message of a deadline's turn and return it; ``None`` when that turn had its message before."""
    template = rule.overdue if offset >= OVERDUE and rule.overdue else rule.template
    names = ("rule", "subject", "recipient", "term_id", "unit_id")
    matter = Matter(**{name: row[name] for name in names})
    due_on = date.fromisoformat(row["due_on"])
    moved_by = row.get("moved_by") or ""
    message = _row(template, matter, values, sayings, rule.urgent, due_on, row["_id"], offset, moved_by)
    return message if _insert(tx, [message]) else None


def ringing(rule: MessageRule, matter: Matter, message: Mapping[str, Any], cause: str) -> Ringing:
    """Return the call that an office makes about a matter that nobody saw to."""
    title = templates()[message["template"]].title
    said = Words(f"{title}：请电话联系", f"{rule.key}: please ring")
    return Ringing(
        str(rule.phone), matter.recipient, cause, matter.key, said, matter.unit_id, matter.term_id, rule.urgent,
        (message["_id"],),
    )  # fmt: skip


def _row(
    template: str,
    matter: Matter,
    values: Mapping[str, Any],
    sayings: Sayings,
    urgent: bool,
    due_on: date | None,
    deadline: str | None = None,
    offset: int | None = None,
    anew: str = "",
) -> dict[str, Any]:
    # One matter, day and turn is one message, however often it is announced.
    mark = f"{matter.key}|{due_on}|{offset}|{anew}"
    return {
        "_id": f"message_{hashlib.sha256(mark.encode()).hexdigest()[:26]}",
        **{name: getattr(matter, name) for name in ("rule", "recipient", "term_id", "unit_id")},
        "template": template,
        "urgent": urgent,
        "values": dict(values),
        "deadline": deadline,
        "due_on": due_on and due_on.isoformat(),
        "reminder": offset,
        "state": "waiting",
        "leaves_at": sayings.leaves_at(urgent),
        "dispatch_id": None,
        "created_at": sayings.now,
    }


def _insert(tx: Transaction, rows: Sequence[dict[str, Any]]) -> int:
    if not rows:
        return 0
    known = {row["_id"] for row in tx.rows(MESSAGES).find({"_id": {"$in": [row["_id"] for row in rows]}}, fields=())}
    fresh = [row for row in rows if row["_id"] not in known]
    tx.rows(MESSAGES).insert_many(fresh)
    urgent = [row["_id"] for row in fresh if row["urgent"]]
    if urgent:
        tx.emit(contract.DISPATCH_REQUESTED, {"message_ids": urgent})
    return len(fresh)


def _say_anew(tx: Transaction, matter: Matter, values: Mapping[str, Any]) -> None:
    # A reminder that lies ready for the digest would say what no longer holds.
    ready = {"term_id": matter.term_id, "deadline": matter.key, "state": "waiting"}
    stale = [row for row in tx.rows(MESSAGES).find(ready) if row["values"] != values]
    tx.rows(MESSAGES).save_many({**row, "values": dict(values)} for row in stale)


def _values(rule: MessageRule, data: Mapping[str, Any], recipient: Recipient) -> dict[str, list[Any]]:
    found = {}
    for placeholder, said in rule.fields.items():
        sources, form = sources_of(said)
        value: Any = next((plain(data[source]) for source in sources if data.get(source) is not None), None)
        if form == "retimed":
            value = [each for each in value if each["term_id"] in recipient.terms]
        found[placeholder] = [form, value]
    return found


def plain(value: Any) -> Any:
    """Return a value of an event as plain JSON."""
    if isinstance(value, Mapping):
        return {name: plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
