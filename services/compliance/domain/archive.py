"""The file set of a term: the checklist it has to meet, and the archive it becomes.

Archives are made so that the same files give the same bytes: names in order, fixed times, one way of packing.
Retention classes 永久, 30年, 10年: State Archives order no. 8 (2006); which one training files get is unverified.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.compliance.domain.wording import Refusal, Sentence

COLLECTED = ("compliance", "scheduling", "enrollment", "notification", "outcomes")
"""The services that give files, in the order they are asked."""
STEPS = ("freeze", *COLLECTED, "check", "seal")
"""The steps of a closing."""
MANIFEST_NAME = "manifest.json"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class File:
    """One file of a service; ``item`` is the line of the checklist it belongs to."""

    service: str
    name: str
    media_type: str
    content: bytes
    item: str | None = None

    @property
    def path(self) -> str:
        """Where it lies in the archive."""
        return f"{self.service}/{self.name}"

    @property
    def sha256(self) -> str:
        """SHA-256 of its content."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the checklist."""

    item: str
    title: Sentence
    service: str
    required: bool


def checklist_of(value: Iterable[Mapping[str, Any]]) -> tuple[Line, ...]:
    """Return the checklist of the policy ``closing.checklist``."""
    return tuple(
        Line(each["item"], Sentence(each["zh"], each["en"]), each["service"], bool(each["required"])) for each in value
    )


def missing(checklist: Sequence[Line], files: Iterable[File]) -> tuple[Line, ...]:
    """Return the required lines no file was given for."""
    given = {(file.service, file.item) for file in files}
    return tuple(line for line in checklist if line.required and (line.service, line.item) not in given)


def require_safe(files: Sequence[File]) -> None:
    """Raise ``Refusal`` for a name that would leave its folder, or that two files share."""
    seen: set[str] = set()
    for file in files:
        parts = file.name.split("/")
        if "\\" in file.name or not all(part.strip() and part not in (".", "..") for part in parts):
            raise Refusal(
                "file-name",
                f"{file.service} 的文件名“{file.name}”不可用",
                f"{file.service} gave the name {file.name!r}",
            )
        if file.path in seen:
            raise Refusal("file-name", f"文件“{file.path}”重复", f"two files are called {file.path!r}")
        seen.add(file.path)


def manifest_of(term: Mapping[str, Any], checklist: Sequence[Line], files: Sequence[File]) -> dict[str, Any]:
    """Return the manifest: what the archive is of, each line with its files, each file with its SHA-256."""
    return {
        **term,
        "checklist": [
            {
                "item": line.item,
                "title": line.title.plain(),
                "service": line.service,
                "required": line.required,
                "files": sorted(file.path for file in files if (file.service, file.item) == (line.service, line.item)),
            }
            for line in checklist
        ],
        "files": [
            {
                "path": file.path,
                "item": file.item,
                "media_type": file.media_type,
                "size": len(file.content),
                "sha256": file.sha256,
            }
            for file in sorted(files, key=lambda each: each.path)
        ],
    }


def pack(manifest: Mapping[str, Any], files: Sequence[File]) -> bytes:
    """Return the archive as a ZIP file: the manifest first, then the files in the order of their paths."""
    told = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode()
    entries = [(MANIFEST_NAME, told), *sorted((file.path, file.content) for file in files)]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path, content in entries:
            entry = zipfile.ZipInfo(path, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class Finding:
    """One file of an archive held against the manifest."""

    path: str
    holds: bool


def verify(archive: bytes, sha256: str, manifest_sha256: str) -> tuple[bool, tuple[Finding, ...]]:
    """Return whether an archive is the one that was sealed, and each file held against its manifest.

    A file that is missing, changed or not named in the manifest does not hold.
    """
    whole = hashlib.sha256(archive).hexdigest() == sha256
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            contents = {name: opened.read(name) for name in opened.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, EOFError):
        return False, ()
    told = contents.pop(MANIFEST_NAME, b"")
    named = {each["path"]: each["sha256"] for each in json.loads(told or b"{}").get("files", ())}
    findings = [Finding(MANIFEST_NAME, hashlib.sha256(told).hexdigest() == manifest_sha256)]
    for path in sorted(named.keys() | contents.keys()):
        same = path in contents and hashlib.sha256(contents[path]).hexdigest() == named.get(path)
        findings.append(Finding(path, same))
    return whole and all(finding.holds for finding in findings), tuple(findings)


def digest_of_manifest(archive: bytes) -> str:
    """Return SHA-256 of the manifest as it lies in an archive."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return hashlib.sha256(opened.read(MANIFEST_NAME)).hexdigest()
