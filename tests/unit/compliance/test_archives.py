"""Archives: the checklist, the manifest that verifies, the same bytes from the same files."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from services.compliance.domain.archive import (
    File,
    checklist_of,
    digest_of_manifest,
    manifest_of,
    missing,
    pack,
    require_safe,
    verify,
)
from services.compliance.domain.completion import Completion, Hours, Outcome
from services.compliance.domain.wording import Refusal
from services.compliance.limits import policy_table

CHECKLIST = checklist_of(policy_table().on(date(2020, 5, 22))["closing.checklist"].value)
NAMES = some.text("abc甲乙丙", min_size=1, max_size=4)
FILES = some.lists(
    some.builds(File, some.sampled_from(["scheduling", "outcomes"]), NAMES, some.just("text/plain"), some.binary()),
    unique_by=lambda file: file.path,
    max_size=6,
)


def sealed(files: list[File]) -> tuple[bytes, str, str]:
    archive = pack(manifest_of({"term_id": "term_1"}, CHECKLIST, files), files)
    return archive, hashlib.sha256(archive).hexdigest(), digest_of_manifest(archive)


@given(FILES, some.randoms())
def test_the_same_files_give_the_same_bytes_and_verify(files: list[File], chance: object) -> None:
    archive, whole, manifest = sealed(files)
    shuffled = list(files)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert sealed(shuffled)[0] == archive
    holds, findings = verify(archive, whole, manifest)
    assert holds
    assert len(findings) == len(files) + 1


@given(FILES.filter(bool), some.binary(min_size=1))
def test_one_changed_file_is_found(files: list[File], other: bytes) -> None:
    _, whole, manifest = sealed(files)
    changed = [replace(files[0], content=files[0].content + other), *files[1:]]
    forged = pack(manifest_of({"term_id": "term_1"}, CHECKLIST, files), changed)
    holds, findings = verify(forged, whole, manifest)
    assert not holds
    assert [finding.path for finding in findings if not finding.holds] == [files[0].path]


def test_a_file_taken_out_or_put_in_is_found() -> None:
    files = [File("outcomes", "a", "text/plain", b"a"), File("outcomes", "b", "text/plain", b"b")]
    _, whole, manifest = sealed(files)
    for kept in (files[:1], [*files, File("outcomes", "c", "text/plain", b"c")]):
        forged = pack(manifest_of({"term_id": "term_1"}, CHECKLIST, files), kept)
        assert not verify(forged, whole, manifest)[0]


def test_what_is_no_archive_does_not_hold() -> None:
    assert verify(b"not a zip", "0", "0") == (False, ())


def test_every_required_line_without_a_file_is_missing() -> None:
    required = [line for line in CHECKLIST if line.required]
    files = [File(line.service, line.item, "text/plain", b"", line.item) for line in required]
    assert missing(CHECKLIST, files) == ()
    assert missing(CHECKLIST, files[1:]) == (required[0],)
    stranger = replace(files[0], service="outcomes")
    assert missing(CHECKLIST, [stranger, *files[1:]]) == (required[0],)


@pytest.mark.parametrize("name", ["..", "a/../b", "/a", "a/", "a//b", " ", "a\\b", "."])
def test_a_name_that_leaves_its_folder_is_refused(name: str) -> None:
    with pytest.raises(Refusal):
        require_safe([File("outcomes", name, "text/plain", b"")])


def test_a_folder_is_a_name_too_and_no_name_comes_twice() -> None:
    file = File("outcomes", "reports/一.pdf", "application/pdf", b"")
    require_safe([file, replace(file, service="scheduling")])
    with pytest.raises(Refusal):
        require_safe([file, file])


def test_a_confirmed_completion_stays_until_something_changes() -> None:
    done, news = Completion(Outcome.COMPLETED, Hours(40, 40, 5)).confirm()
    assert news
    assert done.again(Completion(Outcome.COMPLETED, Hours(40, 40, 5))) == done
    fewer = done.again(Completion(Outcome.COMPLETED, Hours(36, 40, 5)))
    assert not fewer.confirmed
    assert fewer.confirm()[1]
    back = fewer.again(Completion(Outcome.COMPLETED, Hours(40, 40, 5)))
    assert (back.confirmed, back.confirm()[1]) == (False, False)
    assert Completion(Outcome.PENDING, Hours(0, 40, 0)).confirm() == (
        Completion(Outcome.PENDING, Hours(0, 40, 0)),
        False,
    )
