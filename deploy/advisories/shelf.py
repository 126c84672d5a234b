"""Advisories brought along (OSV documents in a folder or a zip archive), and which speak of a package's version."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

Advisory = Mapping[str, Any]
_ECOSYSTEM = "PyPI"
_EVENTS = ("introduced", "fixed", "last_affected")


class UnreadableAdvisory(ValueError):
    """What was brought along is no advisory in OSV's form."""

    def __init__(self, place: str, trouble: Exception) -> None:
        super().__init__(f"{place} 不是 OSV 格式的漏洞公告 / is no advisory in OSV's form: {trouble!r}")


class Shelf:
    """Advisories by package. Source of the form: OSV schema 1.x, as osv.dev hands out for PyPI in one archive."""

    def __init__(self, place: Path) -> None:
        self._by_package: dict[str, list[Advisory]] = {}
        self.count, self.newest = 0, ""
        for name, content in _documents(place):
            try:
                self._take(json.loads(content))
            except Exception as trouble:
                raise UnreadableAdvisory(name, trouble) from trouble

    def _take(self, advisory: Advisory) -> None:
        names = {canonicalize_name(each["package"]["name"]) for each in _affected(advisory)}
        for name in names:
            self._by_package.setdefault(name, []).append(advisory)
        if names:
            self.count += 1
            self.newest = max(self.newest, str(advisory.get("modified", "")))

    def about(self, name: str, version: str) -> list[Advisory]:
        """Return what affects this version of a package; withdrawn advisories are left to who asked."""
        found, asked = [], canonicalize_name(name)
        for advisory in self._by_package.get(asked, ()):
            try:
                if _affects(advisory, asked, version):
                    found.append(advisory)
            except Exception as trouble:
                raise UnreadableAdvisory(str(advisory.get("id")), trouble) from trouble
        return found


def _documents(place: Path) -> Iterator[tuple[str, bytes]]:
    if place.is_dir():
        for path in sorted(place.rglob("*.json")):
            yield str(path.relative_to(place)), path.read_bytes()
        return
    with zipfile.ZipFile(place) as archive:
        for name in sorted(archive.namelist()):
            if name.endswith(".json"):
                yield name, archive.read(name)


def _affected(advisory: Advisory) -> Iterator[Mapping[str, Any]]:
    for each in advisory.get("affected", ()):
        if each.get("package", {}).get("ecosystem") == _ECOSYSTEM:
            yield each


def _affects(advisory: Advisory, name: str, version: str) -> bool:
    asked = Version(version)
    for each in _affected(advisory):
        if canonicalize_name(each["package"]["name"]) != name:
            continue
        if any(_same(asked, listed) for listed in each.get("versions", ())):
            return True
        if any(_within(asked, span["events"]) for span in each.get("ranges", ()) if span["type"] == "ECOSYSTEM"):
            return True
    return False


def _same(asked: Version, listed: str) -> bool:
    try:
        return Version(listed) == asked
    except InvalidVersion:
        return False


def _within(asked: Version, events: list[Mapping[str, str]]) -> bool:
    """Go through the events in the order of their versions: the last one at or before ``asked`` decides."""
    turns = sorted((Version(event[kind]), kind) for event in events for kind in _EVENTS if kind in event)
    affected = False
    for version, kind in turns:
        if kind == "introduced" and version <= asked:
            affected = True
        elif (kind == "fixed" and version <= asked) or (kind == "last_affected" and version < asked):
            affected = False
    return affected
