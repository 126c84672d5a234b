"""Looking through a zip archive that somebody sent, before any parser unpacks it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Literal

_MOST_PARTS = 2000
_BLOCK = 1 << 20
_HEAD = 65536
_MACROS = ("vbaproject.bin", "vbadata.xml")

Trouble = Literal["broken", "doubled", "locked", "macros", "too-large", "entities"]


class UnsafeArchive(Exception):
    """An archive that may not be opened; ``trouble`` says why, its receiver finds the words."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble: Trouble = trouble


class Archive:
    """An Office document as the archive it is. Raises ``UnsafeArchive`` (broken) when it is none."""

    def __init__(self, content: bytes) -> None:
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(content))
            self._parts = self.zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise UnsafeArchive("broken") from error
        self.names = [part.filename.lower() for part in self._parts]

    def require_safe(self, most_bytes: int) -> None:
        """Look through every part and keep none. Raises ``UnsafeArchive`` as ``parts`` does."""
        for _ in self._read(most_bytes, keep=False):
            pass

    def parts(self, most_bytes: int) -> dict[str, bytes]:
        """Return every part by its name.

        Raises ``UnsafeArchive`` for macros, passwords, XML entities, two parts of one name, damage, and an archive of
        more than ``most_bytes``: the sizes it declares and those it really has are both counted, block by block.
        """
        return dict(self._read(most_bytes, keep=True))

    def _read(self, most_bytes: int, keep: bool) -> Iterator[tuple[str, bytes]]:
        if any(name.endswith(_MACROS) or "/macrosheets/" in name for name in self.names):
            raise UnsafeArchive("macros")
        if any(part.flag_bits & 1 for part in self._parts):
            raise UnsafeArchive("locked")
        if len(self._parts) > _MOST_PARTS or sum(part.file_size for part in self._parts) > most_bytes:
            raise UnsafeArchive("too-large")
        if len({part.filename for part in self._parts}) < len(self._parts):
            raise UnsafeArchive("doubled")  # what is looked at would not be what is opened
        left = most_bytes
        for part in self._parts:
            content, size = self._part(part, left, keep)
            left -= size
            yield part.filename, content

    def _part(self, part: zipfile.ZipInfo, left: int, keep: bool) -> tuple[bytes, int]:
        kept: list[bytes] = []
        size = 0
        try:
            with self.zip.open(part) as stream:
                while block := stream.read(_BLOCK):
                    if not size and part.filename.lower().endswith((".xml", ".rels")):
                        _refuse_entities(block)
                    size += len(block)
                    if size > left:
                        raise UnsafeArchive("too-large")
                    if keep:
                        kept.append(block)
        except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
            raise UnsafeArchive("broken") from error
        return b"".join(kept), size


def _refuse_entities(block: bytes) -> None:
    # No part of an Office document has a document type; with one come entity expansion and outside files.
    head = block[:_HEAD].replace(b"\x00", b"").upper()
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise UnsafeArchive("entities")
