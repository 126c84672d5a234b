"""A line to the store that reads MongoDB's messages and answers some commands itself, as a server in trouble does."""

from __future__ import annotations

import random
import socket
import struct
from typing import Any

import bson

from tests.faults.lines import FaultyLine

_HEADER = struct.Struct("<iiii")
_OP_MSG = 2013
_BODY_AT = 5
"""After four bytes of flags and the kind of the first section."""
_WRITES = frozenset({"insert", "update", "delete", "findAndModify", "findandmodify", "commitTransaction"})
READ_ONLY = {"ok": 0.0, "code": 10107, "codeName": "NotWritablePrimary", "errmsg": "not primary"}
CONFLICT = {
    "ok": 0.0,
    "code": 112,
    "codeName": "WriteConflict",
    "errmsg": "write conflict",
    "errorLabels": ["TransientTransactionError"],
}


class StoreLine(FaultyLine):
    """A line to the store. ``answer_writes`` sets what part of the writes is refused, and with which error."""

    def __init__(self, target: int, seed: int = 0) -> None:
        self._refusal: dict[str, Any] | None = None
        self._share = 0.0
        self._dice = random.Random(seed)
        self.refused = 0
        super().__init__(target)

    def answer_writes(self, refusal: dict[str, Any], share: float = 1.0) -> None:
        """Answer this share of the writes with an error instead of carrying them."""
        self._refusal, self._share = refusal, share

    def mend(self) -> None:
        self._refusal = None
        super().mend()

    def asked(self, near: socket.socket, far: socket.socket) -> None:
        while head := _exactly(near, _HEADER.size):
            length, number, _, kind = _HEADER.unpack(head)
            rest = _exactly(near, length - _HEADER.size)
            self._hold()
            if kind == _OP_MSG and self._refuses(rest):
                self.refused += 1
                body = b"\0\0\0\0\0" + bson.encode(self._refusal or READ_ONLY)
                near.sendall(_HEADER.pack(_HEADER.size + len(body), 1, number, _OP_MSG) + body)
            else:
                far.sendall(head + rest)

    def _refuses(self, rest: bytes) -> bool:
        if self._refusal is None or rest[_BODY_AT - 1] != 0:
            return False
        size = struct.unpack_from("<i", rest, _BODY_AT)[0]
        command = next(iter(bson.decode(rest[_BODY_AT : _BODY_AT + size])), "")
        return command in _WRITES and self._dice.random() < self._share


def _exactly(end: socket.socket, count: int) -> bytes:
    pieces, left = [], count
    while left:
        piece = end.recv(left)
        if not piece:
            return b""
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)
