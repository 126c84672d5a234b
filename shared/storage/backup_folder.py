"""The folder of a backup: it has its name once everything is in it, and not before."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shared.errors import Conflict
from shared.wording import Words

DOCUMENTS = ".bson.gz"


class NotEmpty(Conflict):
    """What is to be written to holds something: the folder of a backup, or the databases of a restore."""

    code = "restore-not-empty"
    title = Words("目标不为空", "Not empty")


class BackupUnderWay(Conflict):
    """Another process writes a backup to the same folder."""

    code = "backup-under-way"
    title = Words("正在备份", "Backup under way")


@contextmanager
def being_made(folder: Path) -> Iterator[Path]:
    """Give an empty folder beside it, ``<folder>.part``, which gets the name of ``folder`` when the block ends well.

    What a run that was killed left there is thrown away. Raises ``NotEmpty``, ``BackupUnderWay``.
    """
    folder = folder.resolve()
    part = folder.with_name(f"{folder.name}.part")
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _alone(folder.with_name(f"{folder.name}.lock")):
        refuse_filled(folder)
        part.mkdir(exist_ok=True, mode=0o700)
        _clear(part)
        try:
            yield part
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        part.rename(folder)


def refuse_filled(folder: Path) -> None:
    """Raise ``NotEmpty`` when something is there."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotEmpty(
            f"目录 {folder} 不为空，请另选一个", f"{folder} is not empty; choose another folder", folder=str(folder)
        )


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold a lock: what another run writes at this moment looks like what a killed one left."""
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if not os.path.samestat(os.fstat(lock.fileno()), path.stat()):
                raise FileNotFoundError
        except (BlockingIOError, FileNotFoundError):  # held, or let go and deleted since it was opened
            raise BackupUnderWay(
                f"另一个备份正在写入 {path.with_suffix('')}，请等它结束",
                f"another backup is being written to {path.with_suffix('')}; wait for its end",
                folder=str(path.with_suffix("")),
            ) from None
        try:
            yield
        finally:
            path.unlink()


def _clear(part: Path) -> None:
    left = list(part.iterdir())
    strange = sorted(each.name for each in left if not _is_of_a_backup(each))
    if strange:
        raise NotEmpty(
            f"目录 {part} 中有不属于备份的内容：{'、'.join(strange)}，请移走后重试",
            f"{part} holds what is of no backup: {', '.join(strange)}; move it away and try again",
            folder=str(part),
        )
    for each in left:
        if each.is_dir():
            shutil.rmtree(each)
        else:
            each.unlink()


def _is_of_a_backup(path: Path) -> bool:
    if path.is_dir():
        return all(each.is_file() and each.name.endswith(DOCUMENTS) for each in path.iterdir())
    return path.is_file() and path.suffix == ".json"
