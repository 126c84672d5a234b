"""The outbox folder: every letter as a file that can be looked at, printed or picked up."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import unicodedata
from pathlib import Path

from services.notification.ports import NotDelivered, Parcel, Receipt

_KIND = {"transfer": "选调函", "admission": "入学通知书"}
_UNSAFE = re.compile(r'[\\/:*?"<>|]')
_LONGEST = 180


class OutboxFolder:
    """Writes ``<folder>/<unit>/<kind>/<number>.pdf``, whole or not at all."""

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder) if folder else None

    def send(self, parcel: Parcel) -> Receipt:
        """Write the file; the same letter again writes the same file."""
        root = self._folder or parcel.data_folder / "outbox"
        place = root / safe_name(parcel.unit_id) / _KIND[parcel.kind] / f"{safe_name(parcel.number)}.pdf"
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            write_whole(place, parcel.content)
        except OSError as error:
            raise NotDelivered(
                f"无法写入发件箱 {place}：{error.strerror}；请检查磁盘空间和目录权限",
                f"cannot write {place}: {error.strerror}; check the disk and the folder's permissions",
            ) from None
        return Receipt(str(place.relative_to(root)))


def safe_name(text: str) -> str:
    """Return text that is one plain part of a path on any system: no separators, no leading dot, not too long."""
    kept = "".join(char for char in unicodedata.normalize("NFC", text) if unicodedata.category(char)[0] != "C")
    kept = _UNSAFE.sub("_", kept).strip(" .")
    while len(kept.encode()) > _LONGEST:
        kept = kept[:-1]
    return kept or "_"


def write_whole(place: Path, content: bytes) -> None:
    """Write a file whole or not at all. Raises ``OSError``."""
    handle, temporary = tempfile.mkstemp(dir=place.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(place)
    except OSError:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise
