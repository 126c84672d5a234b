"""Fax: a queue in a folder that the city's fax gateway, or a clerk at a machine, works off."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from services.notification.plugins.outbox_folder import safe_name, write_whole
from services.notification.ports import NotDelivered, Note, Receipt, Underway

_NUMBER = re.compile(r"\+?[0-9]{3,15}(?:-[0-9]{1,12}){0,3}")


class FaxFolder:
    """Puts each fax into ``<folder>/queue`` as a PDF and a JSON file with number and subject; reads results beside it.

    The gateway's side of the port: take ``<ticket>.json`` and ``<ticket>.pdf``, send, and leave
    ``<folder>/results/<ticket>.json`` with ``{"sent": true, "detail": "…"}``, or ``false`` and ``"final": true`` where
    the number can never be reached.
    """

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder)

    def check_address(self, address: str) -> None:
        """Raise ``NotDelivered`` for what is not a fax number."""
        if not _NUMBER.fullmatch(_plain(address)):
            raise NotDelivered("传真号码只含数字和分机号", "a fax number is digits and an extension", final=True)

    def tell(self, note: Note) -> Underway:
        """Put the page into the queue; the same dispatch again replaces it there."""
        self.check_address(note.address)
        ticket = safe_name(note.dispatch_id)
        order = {
            "ticket": ticket,
            "number": _plain(note.address),
            "person": note.person,
            "subject": note.subject,
            "urgent": note.urgent,
            "queued_at": note.sent_at.isoformat(),
            "attempt": note.attempt,
        }
        queue = self._folder / "queue"
        try:
            queue.mkdir(parents=True, exist_ok=True)
            (self._folder / "results").mkdir(exist_ok=True)
            self._result(ticket).unlink(missing_ok=True)
            write_whole(queue / f"{ticket}.pdf", note.page or b"")
            # The order comes last: a gateway that watches for it finds the page complete.
            write_whole(queue / f"{ticket}.json", json.dumps(order, ensure_ascii=False).encode())
        except OSError as error:
            raise NotDelivered(
                f"无法写入传真队列 {queue}：{error.strerror}",
                f"the fax queue {queue} cannot be written: {error.strerror}",
            ) from None
        return Underway(ticket)

    def outcome(self, ticket: str) -> Receipt | None:
        """Return the gateway's result, ``None`` while there is none."""
        try:
            found: Any = json.loads(self._result(ticket).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError):
            raise NotDelivered("传真网关的结果无法读取", "the fax gateway's result cannot be read") from None
        told = found if isinstance(found, dict) else {}
        detail = str(told.get("detail", ""))[:200]
        if told.get("sent") is True:
            return Receipt(f"fax {detail or ticket}")
        raise NotDelivered(
            f"传真未发出：{detail or '网关未说明原因'}",
            f"the fax was not sent: {detail or 'the gateway gave no reason'}",
            final=told.get("final") is True,
        )

    def _result(self, ticket: str) -> Path:
        return self._folder / "results" / f"{safe_name(ticket)}.json"


def _plain(number: str) -> str:
    return re.sub(r"[\s()]", "", number)
