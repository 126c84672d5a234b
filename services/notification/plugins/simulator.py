"""Simulated channels: they record what they would have sent, and fail as an address or a script says.

For rehearsals, the embedded stack and tests. Nothing leaves the machine.
"""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

from services.notification.ports import NotDelivered, Note, Receipt, Underway

_BOUNCE = ("对方地址不存在，已退回（模拟）", "no such address, it bounced (simulated)")
_TIMEOUT = ("对方长时间无应答（模拟）", "nobody answered in time (simulated)")
_ENDS = {"bounce": _BOUNCE, "timeout": _TIMEOUT}
_one_at_a_time = threading.Lock()


class Simulator:
    """A channel that only writes down: one line of JSON a message in ``<folder>/<channel>.jsonl``.

    What happens is read from the script (``failures``: address or ``*`` to a list of ``ok``, ``bounce``, ``timeout``,
    one an attempt, the last one for ever after), else from the address itself: one that begins with ``bounce`` bounces,
    one that begins with ``timeout`` times out.
    """

    channel = "simulated"
    later = False

    def __init__(self, folder: str, failures: dict[str, list[str]]) -> None:
        self._folder = Path(folder) if folder else None
        self._failures = failures

    def tell(self, note: Note) -> Receipt | Underway:
        """Write the message down, or fail as the script says."""
        fate = self._fate(note.address, note.attempt)
        self._write(note, fate)
        if fate in _ENDS:
            if self.later:
                return Underway(f"{fate}:{note.dispatch_id}/{note.attempt}")
            raise NotDelivered(*_ENDS[fate], final=fate == "bounce")
        if self.later:
            return Underway(f"ok:{note.dispatch_id}/{note.attempt}")
        return Receipt(f"{self.channel} {note.dispatch_id}/{note.attempt}")

    def outcome(self, ticket: str) -> Receipt | None:
        """Return what became of a message whose outcome comes later."""
        fate, _, sent = ticket.partition(":")
        if fate in _ENDS:
            raise NotDelivered(*_ENDS[fate], final=fate == "bounce")
        return Receipt(f"{self.channel} {sent}")

    def _fate(self, address: str, attempt: int) -> str:
        script = self._failures.get(address) or self._failures.get("*")
        if script:
            return script[min(attempt, len(script)) - 1]
        return next((fate for fate in _ENDS if address.casefold().startswith(fate)), "ok")

    def _write(self, note: Note, fate: str) -> None:
        folder = self._folder or note.data_folder / "simulated"
        line: dict[str, Any] = {
            "at": note.sent_at.isoformat(),
            "dispatch_id": note.dispatch_id,
            "attempt": note.attempt,
            "recipient": note.recipient,
            "address": note.address,
            "subject": note.subject,
            "text": note.short if self.channel == "sms" else note.text,
            "pages": 0 if note.page is None else len(note.page),
            "outcome": fate,
        }
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with _one_at_a_time, (folder / f"{self.channel}.jsonl").open("a", encoding="utf-8") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
        except OSError as error:
            raise NotDelivered(
                f"无法写入模拟渠道的记录 {folder}：{error.strerror}",
                f"the simulated channel cannot write to {folder}: {error.strerror}",
            ) from None


class SimulatedEmail(Simulator):
    """E-mail that is only written down."""

    channel = "email"


class SimulatedSms(Simulator):
    """Text messages that are only written down."""

    channel = "sms"


class SimulatedFax(Simulator):
    """Fax that is only written down; its outcome comes later, as that of a fax machine does."""

    channel = "fax"
    later = True
