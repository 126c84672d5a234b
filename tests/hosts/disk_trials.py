"""Notes of events that are tried alone, on disk: they outlive their process."""

from __future__ import annotations

import shelve


class DiskTrials:
    """As the store keeps them."""

    def __init__(self, path: str) -> None:
        self._path = path

    def begin(self, key: str) -> int:
        with shelve.open(self._path) as notes:
            notes[key] = notes.get(key, 0) + 1
            return int(notes[key])

    def end(self, key: str) -> None:
        with shelve.open(self._path) as notes:
            notes.pop(key, None)
