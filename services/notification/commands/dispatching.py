"""Dispatches on their way: claimed, composed, handed to a channel, and written down with the reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import structlog

from services.notification.commands.addressing import Addressing
from services.notification.commands.composing import Composer, Link
from services.notification.commands.concluding import conclude
from services.notification.commands.message_pages import why_no_page
from services.notification.commands.press import Press
from services.notification.commands.remarks import reason, remark
from services.notification.commands.sending import quietly
from services.notification.commands.telling import Sayings
from services.notification.domain.contact import Reached, masked
from services.notification.domain.ladder import Ladder, Rung
from services.notification.domain.message_text import Wording
from services.notification.limits import limits_on
from services.notification.ports import NotDelivered, Note, Receipt, Underway
from services.notification.store import DISPATCHES, MESSAGES, ladder_of, ladder_row
from services.notification.typesetting.fonts import MissingGlyphs
from services.notification.typesetting.typesetter import TypesettingFailed
from shared.errors import Fault
from shared.plugins import Plugin
from shared.runtime.work import Work
from shared.storage import Transaction

_log = structlog.get_logger("diaoxun.notification")
_BATCH = 50
_AGAIN = timedelta(minutes=5)
Step = Callable[[Ladder], Ladder]
"""What becomes of a claimed ladder."""


@dataclass(frozen=True)
class Outcome:
    """What came of one claimed dispatch: the step on its ladder, and the words when they were composed now."""

    step: Step
    words: Wording | None = None


def dispatch_due(work: Work, press: Press, link: Link) -> None:
    """Send every dispatch whose time has come, channel after channel, until none can be moved on now."""
    while (claimed := _claimed(work)) is not None:
        sender = Sender(work, press, link)
        outcomes = {row["_id"]: sender.send(row) for row in claimed}
        quietly(work, "record_dispatches", lambda tx, rows=claimed, said=outcomes: _record(tx, rows, said))  # type: ignore[misc]


def _claimed(work: Work) -> list[dict[str, Any]] | None:
    """Return the next ones to be moved on, taken for this sender; ``None`` when none is due any more."""
    due: list[dict[str, Any]] = []
    claimed: list[dict[str, Any]] = []

    def claim(tx: Transaction) -> None:
        due[:] = tx.rows(DISPATCHES).find({"next_at": {"$type": "date", "$lte": tx.now}}, [("next_at", 1)], _BATCH)
        sayings = Sayings.at(tx)
        disturbing, taken = [], []
        for row in due:
            ladder = ladder_of(row)
            if ladder.state == "underway":
                # A look at it is no attempt; another sender leaves it alone for as long as a look takes.
                taken.append({**row, **ladder_row(ladder.look_again(tx.now + _AGAIN))})
            elif (morning := sayings.calm(tx.now, row["urgent"])) > tx.now:
                # Due before the quiet hours, and nobody was there to send it: it is not sent in them either.
                disturbing.append({**row, **ladder_row(replace(ladder, next_at=morning))})
            else:
                taken.append({**row, **ladder_row(ladder.claim(tx.now))})
        tx.rows(DISPATCHES).save_many(disturbing)
        saved = tx.rows(DISPATCHES).save_many(taken)
        conclude(tx, [row for row in saved if row["state"] == "phone"])
        claimed[:] = [row for row in saved if row["state"] != "phone"]

    quietly(work, "claim_dispatches", claim)
    return claimed if due else None


def _record(tx: Transaction, claimed: Sequence[dict[str, Any]], outcomes: Mapping[str, Outcome]) -> None:
    versions = {row["_id"]: row["version"] for row in claimed}
    rows = tx.rows(DISPATCHES).find({"_id": {"$in": list(versions)}})
    sayings = Sayings.at(tx)
    changed = []
    for row in rows:
        # Whoever changed it since, a claim that was taken over or a person's word, goes before.
        if row["version"] != versions[row["_id"]]:
            continue
        outcome = outcomes[row["_id"]]
        ladder = outcome.step(ladder_of(row))
        if ladder.next_at is not None:
            ladder = replace(ladder, next_at=sayings.calm(ladder.next_at, row["urgent"]))
        after = {**row, **ladder_row(ladder)}
        if outcome.words is not None:
            after["words"] = dict(outcome.words.__dict__)
        changed.append(after)
    saved = tx.rows(DISPATCHES).save_many(changed)
    conclude(tx, [row for row in saved if row["state"] in {"reached", "phone"}])


class Sender:
    """Sends claimed dispatches; looks everything up once for all of them."""

    def __init__(self, work: Work, press: Press, link: Link) -> None:
        self._work = work
        self._press = press
        self._addressing = Addressing(work)
        self._composer = Composer(work, self._addressing, link)
        view = work.view()
        self._now = view.now
        limits = limits_on(view.today)
        self._waits = [timedelta(minutes=each) for each in limits["message.retry_minutes"].value]
        self._patience = timedelta(hours=limits.number("message.underway_hours"))

    def send(self, row: Mapping[str, Any]) -> Outcome:
        """Return what came of a dispatch; whatever a plugin, another service or a defect of ours does, this returns."""
        try:
            return self._sent(row)
        except Fault as fault:
            if fault.transient:
                return Outcome(self._later(row))
            _log.error("a dispatch cannot be sent", dispatch_id=row["_id"], reason=fault.message.en)
            return Outcome(self._failed(row, reason(NotDelivered(fault.message.zh, fault.message.en))))
        except Exception as error:
            # The others of the batch are with their recipients already: unrecorded, they would be sent again and again.
            _log.exception("a dispatch failed unexpectedly", dispatch_id=row["_id"])
            return Outcome(self._failed(row, _unforeseen(error)))

    def _sent(self, row: Mapping[str, Any]) -> Outcome:
        rung = ladder_of(dict(row)).present
        if row["state"] == "underway":
            return Outcome(self._looked(rung))
        reached = self._addressing.reached(row["recipient"])
        words, fresh = self._words(row)
        return Outcome(self._tried(row, rung, reached, words), words if fresh else None)

    def _later(self, row: Mapping[str, Any]) -> Step:
        if row["state"] == "underway":
            return self._waited(ladder_of(dict(row)).present)
        return lambda ladder: ladder.postpone(self._now, _AGAIN)

    def _failed(self, row: Mapping[str, Any], why: dict[str, str]) -> Step:
        if row["state"] == "underway":
            return self._waited(ladder_of(dict(row)).present)
        return lambda ladder: ladder.miss(why, ladder.present.address, self._now, self._waits, hard=False)

    def _words(self, row: Mapping[str, Any]) -> tuple[Wording, bool]:
        view = self._work.view()
        if row["words"] is not None:
            said = view.rows(DISPATCHES).unseal(row, "words", purpose="send a message")
            return Wording(**said), False
        messages = view.rows(MESSAGES).find({"_id": {"$in": row["message_ids"]}}, [("created_at", 1), ("_id", 1)])
        return self._composer.compose(row["recipient"], messages), True

    def _tried(self, row: Mapping[str, Any], rung: Rung, reached: Reached, words: Wording) -> Step:
        plugins = self._work.plugins
        try:
            plugin = plugins.load(f"channels/{rung.channel}")
        except Fault as fault:
            why = fault.message.to_wire()
            return lambda ladder: ladder.skip(why, self._now)
        address = reached.address(str(plugin.manifest.extra.get("addresses"))) if plugin.manifest else ""
        if not address:
            return lambda ladder: ladder.skip(_NO_ADDRESS, self._now)
        try:
            note = self._note(row, rung, reached, words, address, plugin)
        except (MissingGlyphs, TypesettingFailed) as failed:
            no_page = why_no_page(row, failed)
            return lambda ladder: ladder.skip(no_page, self._now)
        shown = masked(address)
        taken = self._told(plugin, note)
        if isinstance(taken, Receipt):
            receipt = remark(taken.text, address)
            return lambda ladder: ladder.reach(receipt, shown, self._now)
        if isinstance(taken, Underway):
            ticket, until = str(taken.ticket), self._now + self._patience
            return lambda ladder: ladder.wait_for(ticket, shown, self._now, self._now + _AGAIN, until)
        why = reason(taken, address)
        return lambda ladder: ladder.miss(why, shown, self._now, self._waits, hard=taken.final)

    def _told(self, plugin: Plugin, note: Note) -> Receipt | Underway | NotDelivered:
        try:
            return self._work.plugins.guarded_call(plugin, _tell, plugin.instance, note)
        except Fault as fault:
            return NotDelivered(fault.message.zh, fault.message.en)

    def _looked(self, rung: Rung) -> Step:
        try:
            plugin = self._work.plugins.load(f"channels/{rung.channel}")
            told = self._work.plugins.guarded_call(plugin, _outcome, plugin.instance, rung.ticket or "")
        except Fault as fault:
            told = NotDelivered(fault.message.zh, fault.message.en)
        if isinstance(told, Receipt):
            receipt = remark(told.text)
            return lambda ladder: ladder.reach(receipt, rung.address or "", self._now)
        if isinstance(told, NotDelivered):
            why = reason(told)
            return lambda ladder: ladder.miss(why, rung.address, self._now, self._waits, hard=told.final)
        return self._waited(rung)

    def _waited(self, rung: Rung) -> Step:
        if rung.until is not None and self._now >= rung.until:
            return lambda ladder: ladder.miss(_NO_OUTCOME, rung.address, self._now, (), hard=True)
        return lambda ladder: ladder.look_again(self._now + _AGAIN)

    def _note(
        self, row: Mapping[str, Any], rung: Rung, reached: Reached, words: Wording, address: str, plugin: Plugin
    ) -> Note:
        wants_page = plugin.manifest is not None and plugin.manifest.extra.get("page")
        return Note(
            dispatch_id=row["_id"],
            attempt=rung.attempts,
            recipient=row["recipient"],
            person=reached.person,
            address=address,
            subject=words.subject,
            text=words.body,
            short=words.short,
            urgent=row["urgent"],
            sent_at=self._now,
            data_folder=self._work.settings.var,
            page=self._work.offload(self._press.page, words, self._work.view().today) if wants_page else None,
        )


_NO_ADDRESS = {"zh": "没有该渠道的联系地址", "en": "there is no address for this channel"}
_NO_OUTCOME = {"zh": "该渠道长时间没有结果", "en": "the channel told no outcome in time"}


def _unforeseen(error: Exception) -> dict[str, str]:
    # What an exception says may name people; its kind does not.
    kind = type(error).__name__
    return {"zh": f"平台内部错误（{kind}），请运维人员查看日志", "en": f"an internal error ({kind}); see the log"}


def _tell(messenger: Any, note: Note) -> Receipt | Underway | NotDelivered:
    try:
        taken = messenger.tell(note)
    except NotDelivered as missed:
        return missed
    if isinstance(taken, Receipt | Underway):
        return taken
    return NotDelivered("渠道插件未给出凭据", "the channel plugin gave no receipt")


def _outcome(messenger: Any, ticket: str) -> Receipt | NotDelivered | None:
    try:
        told = messenger.outcome(ticket)
    except NotDelivered as missed:
        return missed
    return told if isinstance(told, Receipt) else None
