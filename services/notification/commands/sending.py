"""Handing letters to channels, each channel in isolation, and writing down what became of it."""

from __future__ import annotations

import dataclasses
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from services.notification import contract
from services.notification.commands.phone_tasks import Ringing, cancel_tasks, open_task
from services.notification.commands.remarks import reason, remark
from services.notification.domain.delivery import Delivery, DeliveryClosed
from services.notification.ports import NotDelivered, Parcel, Receipt
from services.notification.queries.deliveries import channels_of, shown
from services.notification.queries.letters import filename
from services.notification.store import DELIVERIES, FILES, LETTERS, PREFERENCES, delivery_of, delivery_row, letter_of
from shared.errors import Fault
from shared.plugins import Plugin, Registry
from shared.runtime.work import Work
from shared.storage import Transaction, View
from shared.wording import Words

BATCH = 100
_SENDING = 0.75
"""The part of the time left that channels may take."""
_LEAST_SECONDS = 1.0
"""With less a channel is not begun: what it sends then could not be written down any more."""
Outcome = Receipt | NotDelivered


def new_deliveries(view: View, letters: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the first deliveries of letters, not stored yet; asked again, their identifiers are the same."""
    rows = []
    chosen: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for letter in letters:
        kind, unit_id = "unit" if letter["kind"] == "transfer" else "trainee", letter["unit_id"]
        if unit_id not in chosen:
            chosen[unit_id] = channels_of(view, unit_id)
        for position, choice in enumerate(chosen[unit_id][kind]):
            rows.append(
                {
                    "_id": f"delivery_{letter['_id'].removeprefix('letter_')}_{position}",
                    **{name: letter[name] for name in ("kind", "number", "title", "term_id", "unit_id", "sha256")},
                    "letter_id": letter["_id"],
                    "recipient_kind": kind,
                    "recipient": letter["unit_id"] if kind == "unit" else letter["nomination_id"],
                    "channel": choice["channel"],
                    "address": choice["address"],
                    **delivery_row(Delivery().claim(view.now)),
                }
            )
    return rows


def not_stored(view: View, deliveries: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return those deliveries that nobody has stored."""
    stored = _stored(view, deliveries)
    return [row for row in deliveries if row["_id"] not in stored]


def _stored(view: View, deliveries: Sequence[Mapping[str, Any]]) -> set[str]:
    known = view.rows(DELIVERIES).find({"_id": {"$in": [row["_id"] for row in deliveries]}}, fields=("_id",))
    return {row["_id"] for row in known}


def send_due(work: Work) -> None:
    """Try every delivery whose time has come, also those whose sender disappeared."""
    while True:
        claimed: list[dict[str, Any]] = []

        def claim(tx: Transaction, claimed: list[dict[str, Any]] = claimed) -> None:
            due = {"retry_at": {"$type": "date", "$lte": tx.now}}
            rows = tx.rows(DELIVERIES).find(due, [("retry_at", 1)], BATCH)
            claimed[:] = tx.rows(DELIVERIES).save_many(
                {**row, **delivery_row(delivery_of(row).claim(tx.now))} for row in rows
            )

        quietly(work, "claim_deliveries", claim)
        if not claimed:
            return
        outcomes = send_all(work, claimed, stored_pdfs(work.view(), claimed))
        quietly(work, "record_deliveries", partial(_record, claimed=claimed, outcomes=outcomes))


def send_all(work: Work, claimed: Sequence[Mapping[str, Any]], pdfs: Mapping[str, bytes]) -> dict[str, Outcome]:
    """Send deliveries by their channels and return every outcome.

    Channels share what time the work has left, less a part to write the outcomes down: interrupted before, it would
    come again and send everything a second time.
    """
    secrets = _secrets(work.view(), claimed)
    by_channel: dict[str, list[Parcel]] = defaultdict(list)
    for row in claimed:
        if row["letter_id"] in pdfs:
            by_channel[row["channel"]].append(_parcel(work, row, pdfs[row["letter_id"]], secrets))
    outcomes: dict[str, Outcome] = {}
    ends_at = None if (left := work.seconds_left()) is None else time.monotonic() + left * _SENDING
    for waiting, (slug, parcels) in zip(range(len(by_channel), 0, -1), by_channel.items(), strict=True):
        share = None if ends_at is None else max(0.0, ends_at - time.monotonic()) / waiting
        if share is not None and share < _LEAST_SECONDS:
            outcomes.update((parcel.delivery_id, _no_time()) for parcel in parcels)
        else:
            outcomes.update(hand_over(work.plugins, slug, parcels, share))
    return outcomes


def _no_time() -> NotDelivered:
    return NotDelivered("本次处理时间已用完，稍后自动发送", "no time was left in this turn; it is sent a little later")


def record_first(tx: Transaction, deliveries: Sequence[dict[str, Any]], outcomes: Mapping[str, Outcome]) -> None:
    """Store deliveries that were sent for the first time, each with its outcome; those of a void letter end here.

    What is stored already stays: a letter that was signed off also is in the batch it was registered with, should that
    one come again.
    """
    # Held, because one made void at this moment looks for deliveries to stop and does not find those about to be kept.
    held = [tx.rows(LETTERS).hold(letter_id) for letter_id in sorted({row["letter_id"] for row in deliveries})]
    current = {letter["_id"] for letter in held if letter_of(letter).current}
    stored = _stored(tx, deliveries)
    rows = []
    for row in deliveries:
        if row["_id"] in stored:
            continue
        delivery, outcome = delivery_of(row), outcomes.get(row["_id"])
        stopped = row["letter_id"] not in current and not isinstance(outcome, Receipt)
        rows.append({**row, **delivery_row(delivery.cancel() if stopped else _after(delivery, outcome, tx))})
    _announce(tx, tx.rows(DELIVERIES).insert_many(rows))


def hand_over(
    plugins: Registry, slug: str, parcels: Sequence[Parcel], timeout: float | None = None
) -> dict[str, Outcome]:
    """Give parcels to one channel and return what became of each; whatever the plugin does, this returns.

    ``timeout`` in seconds for all of them together (by default the kind's): what is not done by then is missed.
    """
    outcomes: dict[str, Outcome] = {}
    stopped: list[bool] = []
    try:
        plugin = plugins.load(f"channels/{slug}")
        limit = {} if timeout is None else {"timeout": timeout}
        plugins.guarded_call(plugin, _send_all, plugins, plugin, parcels, outcomes, stopped, **limit)
    except Fault as fault:
        stopped.append(True)
        for parcel in parcels:
            outcomes.setdefault(parcel.delivery_id, NotDelivered(fault.message.zh, fault.message.en))
    return dict(outcomes)


def _send_all(
    plugins: Registry, plugin: Plugin, parcels: Sequence[Parcel], outcomes: dict[str, Outcome], stopped: list[bool]
) -> None:
    for parcel in parcels:
        if stopped:
            # Nobody waits any more: what comes now would be sent twice.
            return
        try:
            outcomes[parcel.delivery_id] = plugins.guarded_call(plugin, _send, plugin.instance, parcel, timeout=None)
        except Fault as fault:
            outcomes[parcel.delivery_id] = NotDelivered(fault.message.zh, fault.message.en)


def _send(channel: Any, parcel: Parcel) -> Outcome:
    try:
        receipt = channel.send(parcel)
    except NotDelivered as missed:
        return missed
    if isinstance(receipt, Receipt):
        return receipt
    return NotDelivered(
        "渠道插件未给出送达凭据，请联系插件提供方", "the channel plugin gave no receipt; tell its author"
    )


def retry_delivery(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Queue a delivery again with all its attempts before it; the timer sends it."""
    row = tx.rows(DELIVERIES).get_within_reach(request["delivery_id"])
    if not letter_of(tx.rows(LETTERS).hold(row["letter_id"])).current:
        raise _closed(row, "void")
    try:
        again = delivery_of(row).retry(tx.now)
    except DeliveryClosed as closed:
        raise _closed(row, closed.state) from None
    return shown(tx.rows(DELIVERIES).save({**row, **delivery_row(again)}))


def _closed(row: Mapping[str, Any], why: str) -> contract.DeliveryClosed:
    return contract.DeliveryClosed(*_CLOSED[why], delivery_id=row["_id"], state=row["state"])


def _record(tx: Transaction, claimed: Sequence[Mapping[str, Any]], outcomes: Mapping[str, Outcome]) -> None:
    claims = {row["_id"]: row["attempts"] for row in claimed}
    rows = tx.rows(DELIVERIES).find({"_id": {"$in": list(claims)}, "state": "sending"})
    # A claim that was taken over meanwhile belongs to the other sender now.
    mine = [row for row in rows if row["attempts"] == claims[row["_id"]]]
    changed = [{**row, **delivery_row(_after(delivery_of(row), outcomes.get(row["_id"]), tx))} for row in mine]
    _announce(tx, tx.rows(DELIVERIES).save_many(changed))


def _announce(tx: Transaction, changed: Sequence[Mapping[str, Any]]) -> None:
    handed: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for row in changed:
        if row["state"] == "delivered":
            handed[row["term_id"], row["unit_id"], row["channel"]].append(row["letter_id"])
        elif row["state"] == "failed":
            names = ("letter_id", "term_id", "unit_id", "channel")
            open_task(tx, _ringing(row))
            tx.emit(
                contract.LETTER_FAILED,
                {name: row[name] for name in names} | {"stage": "delivery"},
                subject=row["letter_id"],
            )
    _cancel_calls(tx, {letter_id for letter_ids in handed.values() for letter_id in letter_ids})
    for (term_id, unit_id, channel), letter_ids in handed.items():
        data = {"term_id": term_id, "unit_id": unit_id, "channel": channel, "letter_ids": letter_ids}
        tx.emit(contract.LETTERS_DELIVERED, data, subject=term_id)


def _cancel_calls(tx: Transaction, letter_ids: set[str]) -> None:
    """Take back the calls about letters that came, unless another channel failed with one."""
    if letter_ids:
        failed = {"letter_id": {"$in": sorted(letter_ids)}, "state": "failed"}
        missed = {row["letter_id"] for row in tx.rows(DELIVERIES).find(failed, fields=("letter_id",))}
        cancel_tasks(tx, *sorted(letter_ids - missed))


def _ringing(row: Mapping[str, Any]) -> Ringing:
    said = f"函件{row['number']}未能送达", f"letter {row['number']} could not be delivered"
    unit = f"unit:{row['unit_id']}"
    return Ringing(
        "organisation_department", unit, "delivery", row["letter_id"], Words(*said), row["unit_id"], row["term_id"]
    )


def _after(delivery: Delivery, outcome: Outcome | None, tx: Transaction) -> Delivery:
    if isinstance(outcome, Receipt):
        return delivery.delivered(remark(outcome.text), tx.now)
    if outcome is None:
        outcome = NotDelivered("找不到函件的 PDF", "the PDF of the letter is missing", final=True)
    return delivery.missed(reason(outcome), tx.now, outcome.final)


def _parcel(work: Work, row: Mapping[str, Any], pdf: bytes, secrets: Mapping[str, dict[str, str]]) -> Parcel:
    return Parcel(
        delivery_id=row["_id"],
        content=pdf,
        filename=filename(row["kind"], row["number"]),
        attempt=row["attempts"],
        sent_at=work.clock.now(),
        data_folder=work.settings.var,
        secret=secrets.get(row["channel"], {}).get(row["address"] or ""),
        **{
            name: row[name]
            for name in ("letter_id", "kind", "number", "title", "unit_id", "recipient", "sha256", "address")
        },
    )


def stored_pdfs(view: View, claimed: Sequence[Mapping[str, Any]]) -> dict[str, bytes]:
    """Return the PDFs of deliveries' letters, by letter."""
    files = view.rows(FILES).find({"_id": {"$in": sorted({row["letter_id"] for row in claimed})}})
    pdfs = view.rows(FILES).unseal_many(files, "pdf", purpose="deliver letters")
    return {file["_id"]: pdf for file, pdf in zip(files, pdfs, strict=True)}


def _secrets(view: View, claimed: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, str]]:
    if all(row["address"] is None for row in claimed):
        return {}
    found: dict[str, dict[str, str]] = defaultdict(dict)
    rows = view.rows(PREFERENCES).find()
    for held in view.rows(PREFERENCES).unseal_many(rows, "secrets", purpose="sign webhooks"):
        for channel, address, secret in held or ():
            found[channel][address] = secret
    return found


def quietly(work: Work, name: str, body: Callable[[Transaction], None]) -> None:
    """Run a transaction that is no step of the work: a step done once is not done again, this is."""
    context = dataclasses.replace(work.context, command_id=None, expected_version=None, deadline=None)

    def run(tx: Transaction) -> dict[str, Any]:
        body(tx)
        return {}

    work.store.transact(context, run, operation=name, request={})


_CLOSED = {
    "delivered": (
        "该送达已是“已送达”，不能重试；如需再次发送，请补发函件",
        "the delivery is delivered and cannot be tried again; issue the letter anew instead",
    ),
    "cancelled": (
        "该送达已是“已取消”，不能重试；如需再次发送，请补发函件",
        "the delivery is cancelled and cannot be tried again; issue the letter anew instead",
    ),
    "sending": ("该送达正在发送，请等有了结果再重试", "the delivery is being sent now; wait for what comes of it"),
    "void": (
        "该函件已作废或被新函替换，不再送达；请查看现行函件",
        "the letter no longer holds and is not delivered any more; look for the one in its place",
    ),
}
