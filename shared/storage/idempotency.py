"""Idempotency markers: a command sent twice runs once and is answered twice."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from pymongo.client_session import ClientSession
from pymongo.errors import DuplicateKeyError

from shared.context import Context
from shared.errors import KeyReused
from shared.storage.canonical import canonical
from shared.storage.connection import Backing
from shared.storage.faults import faults

MARKERS = "_markers"


class Repeated(Exception):
    """The command's marker is there already: it was run before."""


@dataclass(frozen=True, slots=True)
class Marker:
    """One command of one caller: ``key`` from command id, subject and operation.

    ``digest`` is of the request as the contract loads it, ``sent`` of what the caller gave of it: two releases, one of
    which knows more fields with defaults, agree on that.
    """

    key: str
    digest: str
    sent: str


class Markers:
    """The markers of one service. Requests and replies may hold personal data: only keyed digests, sealed bytes."""

    def __init__(self, backing: Backing, kept: timedelta) -> None:
        self._rows = backing.collection(MARKERS)
        self._keyring = backing.keyring
        self._service = backing.schema.service
        self._kept = kept

    def of(
        self,
        context: Context,
        operation: str,
        request: Mapping[str, Any] | None,
        sent: Mapping[str, Any] | None = None,
    ) -> Marker | None:
        """Return the marker of a command, or ``None`` where the caller gave no command id.

        ``sent``: the request without what its contract fills in; all of it where nobody says.
        """
        if context.command_id is None:
            return None
        identity = canonical([context.command_id, context.caller.subject, operation])
        return Marker(
            self._keyring.mac(identity, "marker", self._service),
            self._keyring.mac(canonical(request or {}), "request", self._service, operation),
            self._keyring.mac(canonical((request if sent is None else sent) or {}), "sent", self._service, operation),
        )

    def claim(self, marker: Marker, session: ClientSession) -> None:
        """Take the marker as the transaction's first write: a duplicate running now conflicts before it does anything.

        Raises ``Repeated`` when the command has been run.
        """
        try:
            # The instant is the server's: the TTL index deletes by that clock, and the settable clock must not.
            self._rows.insert_one(
                {"_id": marker.key, "digest": marker.digest, "sent": marker.sent, "at": datetime.now(UTC)},
                session=session,
            )
        except DuplicateKeyError:
            raise Repeated from None

    def answer(self, marker: Marker, reply: Mapping[str, Any], session: ClientSession) -> None:
        """Keep the reply with the marker. Raises ``TypeError`` when the reply is not plain JSON data."""
        body = json.dumps(reply, ensure_ascii=False, allow_nan=False).encode()
        with faults(MARKERS, session):
            self._rows.update_one(
                {"_id": marker.key},
                {"$set": {"reply": self._keyring.seal(body, "reply", self._service, marker.key)}},
                session=session,
            )

    def recall(self, marker: Marker) -> dict[str, Any] | None:
        """Return the reply of a command that was run, ``None`` when its marker is gone or too old.

        Raises ``KeyReused`` when the key belongs to another request.
        """
        with faults(MARKERS):
            row = self._rows.find_one({"_id": marker.key})
            if row is None:
                return None
            if row["at"] < datetime.now(UTC) - self._kept:
                self._rows.delete_one({"_id": marker.key, "at": row["at"]})
                return None
        if row["digest"] != marker.digest and row.get("sent") != marker.sent:
            raise KeyReused(
                "该幂等键已用于另一份内容不同的请求，请为新的请求换一个幂等键",
                "this idempotency key was used for a request with other content; take a new key for a new request",
            )
        reply: dict[str, Any] = json.loads(self._keyring.open(row["reply"], "reply", self._service, marker.key))
        return reply
