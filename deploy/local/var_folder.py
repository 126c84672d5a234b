"""The data directory of the embedded stack: claimed by one stack at a time, made on first use, cleared on request."""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path

from shared.errors import Conflict
from shared.wording import Words

_MADE_BY_THE_STACK = (
    "db", "settings", "outbox", "letters", "store.json", "store.toml", "secrets.json", "tally.json",
    "stack.json", "broker.journal", "broker.journal.lock", "broker.journal.new", "broker.journal.damaged",
)  # fmt: skip


class StackRunning(Conflict):
    """Another embedded stack works in this data directory."""

    code = "stack-running"
    title = Words("该数据目录已被占用", "Data directory in use")


class VarFolder:
    """A data directory. ``claim`` before use; the claim ends with the process, also when it is killed."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self._claim: int | None = None

    @property
    def journal(self) -> Path:
        """The journal of the embedded broker."""
        return self.path / "broker.journal"

    @property
    def outbox(self) -> Path:
        """Where letters are delivered to."""
        return self.path / "outbox"

    @property
    def note(self) -> Path:
        """Where a running stack says how it is reached."""
        return self.path / "stack.json"

    @property
    def tally(self) -> Path:
        """How many events were published and handled so far."""
        return self.path / "tally.json"

    @property
    def secrets(self) -> Path:
        """The secrets made on first use."""
        return self.path / "secrets.json"

    def claim(self) -> None:
        """Take the directory for this process, making it if needed. Raises ``StackRunning``."""
        self.path.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.path / "stack.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = os.pread(handle, 32, 0).decode(errors="replace").strip()
            os.close(handle)
            raise StackRunning(
                f"数据目录 {self.path} 正被另一个调训进程（进程号 {holder}）使用；"
                "请先停止它，或用 DIAOXUN_VAR 指定另一个目录",
                f"the data directory {self.path} is in use by another Diaoxun (process {holder}); stop it first, "
                "or name another directory in DIAOXUN_VAR",
                process=holder,
            ) from None
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        self._claim = handle

    def release(self) -> None:
        """Let the directory go."""
        claim, self._claim = self._claim, None
        if claim is not None:
            os.close(claim)

    def clear(self) -> None:
        """Delete what a stack made there, and nothing else. The directory must be claimed."""
        if self._claim is None:
            raise RuntimeError("claim the data directory before clearing it")
        for name in _MADE_BY_THE_STACK:
            path = self.path / name
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
