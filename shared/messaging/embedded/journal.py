"""The append-only file that lets the embedded broker survive ``kill -9`` and the loss of power."""

from __future__ import annotations

import fcntl
import os
import sys
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from io import FileIO
from logging import getLogger
from pathlib import Path

from shared.messaging.embedded.record import Damage, Record, read

_log = getLogger(__name__)


class JournalInUse(RuntimeError):
    """Another process has the journal open; two brokers on one journal would destroy it."""


COMPACT_ABOVE = 8 * 1024 * 1024


class Journal:
    """Appends frames, and makes them safe for all waiting publishers with one ``fsync``.

    ``append`` and ``flush`` expect ``lock`` (the broker's) to be held; ``sync`` takes it itself. ``append`` returns a
    mark; once ``sync(mark)`` has returned, everything up to the mark is on disk. Raises ``JournalInUse``.
    """

    def __init__(self, path: Path, lock: threading.Lock) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.live_bytes = 0
        self._lock = lock
        self._guard = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._guard, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._guard)
            raise JournalInUse(f"another process has the journal {path} open; stop it or name another file") from None
        self._buffer: list[bytes] = []
        self._appended = 0
        self._written = 0
        self._synced = 0
        self._syncing = False
        self._turn = threading.Condition(threading.Lock())
        self._snapshot: Callable[[], Iterable[bytes]] | None = None
        self._file = self._open()

    def replay(self) -> tuple[list[Record], list[Damage]]:
        """Return what the file holds. Damaged stretches are reported, and the file as found is kept beside it."""
        data = self.path.read_bytes()
        records: list[Record] = []
        damages: list[Damage] = []
        for item in read(data):
            (records if isinstance(item, Record) else damages).append(item)  # type: ignore[arg-type]
        for damage in damages:
            _log.log(
                30 if damage.torn else 40,
                "journal %s: %d bytes at offset %d cannot be read (%s); everything else is kept",
                self.path,
                damage.length,
                damage.offset,
                "a write cut short by a crash" if damage.torn else "damaged",
            )
        if any(not damage.torn for damage in damages):
            self.path.with_name(self.path.name + ".damaged").write_bytes(data)
        return records, damages

    def compact_with(self, snapshot: Callable[[], Iterable[bytes]]) -> None:
        """Say how to write all that still counts; the file is rewritten now, and again when it is mostly dead."""
        self._snapshot = snapshot
        with self._lock:
            self._rewrite()

    def append(self, framed: bytes) -> int:
        """Add a frame and return its mark. It reaches the file with the next flush or sync."""
        self._buffer.append(framed)
        self._appended += len(framed)
        return self._appended

    def flush(self) -> None:
        """Write what was appended: from here on it survives the death of the process."""
        if self._buffer:
            data = memoryview(b"".join(self._buffer))
            self._buffer.clear()
            self._written += len(data)
            while data:
                data = data[self._file.write(data) :]

    def sync(self, mark: int) -> None:
        """Return when everything up to ``mark`` is on disk; of those who wait, one does the work for all."""
        while True:
            with self._turn:
                while self._syncing and self._synced < mark:
                    self._turn.wait()
                if self._synced >= mark:
                    return
                self._syncing = True
            safe = 0
            try:
                with self._lock:
                    self.flush()
                    reached = self._appended
                    if self._is_mostly_dead():
                        self._rewrite()
                _force_to_disk(self._file.fileno())
                safe = reached
            finally:
                with self._turn:
                    self._synced = max(self._synced, safe)
                    self._syncing = False
                    self._turn.notify_all()

    def close(self) -> None:
        """Write and sync what is left, and let go of the file. Nobody may be in ``sync``."""
        with suppress(ValueError):
            self.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            os.close(self._guard)

    def _is_mostly_dead(self) -> bool:
        return self._written > COMPACT_ABOVE and self._written > 3 * self.live_bytes

    def _rewrite(self) -> None:
        if self._snapshot is None:
            return
        self._buffer.clear()  # the snapshot is taken from memory, which is ahead of the buffer
        fresh = self.path.with_name(self.path.name + ".new")
        with open(fresh, "wb", opener=_private) as file:
            for framed in self._snapshot():
                file.write(framed)
            file.flush()
            os.fsync(file.fileno())
            size = file.tell()
        self._file.close()
        os.replace(fresh, self.path)
        directory = os.open(self.path.parent, os.O_RDONLY)
        os.fsync(directory)
        os.close(directory)
        self._file = self._open()
        self._written = size

    def _open(self) -> FileIO:
        return open(self.path, "ab", buffering=0, opener=_private)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_CLOEXEC, 0o600)


def _force_to_disk(descriptor: int) -> None:
    """Sync the file, off the event loop where eventlet has replaced threads."""
    patcher = sys.modules.get("eventlet.patcher")
    if patcher is not None and patcher.is_monkey_patched("thread"):
        from eventlet import tpool

        tpool.execute(os.fdatasync, descriptor)
    else:
        os.fdatasync(descriptor)
