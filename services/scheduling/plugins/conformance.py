"""What schedulers, and importers of notices, have to hold; the conformance kit runs it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from services.scheduling.domain import notice_draft
from services.scheduling.domain.notice_file import TellingNoticeReader, UnreadableNotice
from services.scheduling.domain.placement import Blackout, Campus, Day, Problem, Room, Term
from services.scheduling.domain.placement_check import check
from services.scheduling.domain.scheduler import Progress
from services.scheduling.domain.wire import from_wire, to_wire
from shared.plugins import Manifest

_MONDAY = date(2024, 3, 4)
_PATIENCE = 30.0


def check_scheduler(instance: Any, manifest: Manifest) -> None:
    """Let a scheduler place a small plan: every rule kept, nothing lost, each term left over explained.

    Schedulers of other things (capabilities without ``year``) are held by their own checks.
    """
    if "year" not in manifest.capabilities:
        return
    heard: list[Progress] = []
    problem, began = _problem(), time.monotonic()
    solution = instance.solve(problem, heard.append)
    assert time.monotonic() - began < problem.seconds + _PATIENCE, f"{manifest.slug} took far longer than allowed"
    broken = check(problem, solution.placed)
    assert not broken, f"{manifest.slug} breaks rules: {[each.en for each in broken]}"
    answered = sorted([each.term_id for each in (*solution.placed, *solution.unplaced)])
    assert answered == sorted(term.id for term in problem.terms), f"{manifest.slug} lost or doubled terms: {answered}"
    assert len(solution.placed) == 2, f"{manifest.slug} placed {len(solution.placed)} of the 2 terms that fit easily"
    assert all(each.reasons for each in solution.unplaced), f"{manifest.slug} leaves terms out without a reason"
    assert from_wire(type(solution), to_wire(solution)) == solution, f"{manifest.slug}: its answer is not plain JSON"
    assert instance.solve(problem, heard.append).placed == solution.placed, f"{manifest.slug} answers differently twice"


def check_importer(instance: Any, manifest: Manifest) -> None:
    """Show a reader of notices bytes of every kind: it takes them or leaves them, and refuses in two languages.

    Importers of other things (capabilities without ``notice``) are held by the rooms they belong to.
    """
    if "notice" not in manifest.capabilities:
        return
    for content in (b"", b"\x00", b"PK\x03\x04", b"%PDF-1.7", bytes(range(256)) * 8, "通知".encode(), b"\xff" * 99):
        assert isinstance(instance.recognises(content), bool), f"{manifest.slug}.recognises must answer True or False"
        answer: object
        told: Sequence[Any] = ()
        try:
            answer = instance.text(content)
            if isinstance(instance, TellingNoticeReader):
                text, told = instance.text_and_problems(content)
                assert text == answer, f"{manifest.slug} gives another text of {content[:8]!r} with its problems"
        except UnreadableNotice as refusal:
            answer = refusal.zh and refusal.en
        assert isinstance(answer, str), f"{manifest.slug}.text must return text or refuse in Chinese and English"
        assert answer or not content.strip(), f"{manifest.slug} says nothing about {content[:8]!r}"
        assert all(isinstance(each, notice_draft.Problem) for each in told), (
            f"{manifest.slug} must tell problems as Problem"
        )


def _problem() -> Problem:
    days = tuple(
        Day(day, "weekend" if day.weekday() >= 5 else "working")
        for day in (_MONDAY + timedelta(days=offset) for offset in range(-1, 28))
    )
    return Problem(
        terms=tuple(
            Term(f"term_{n}", "prog_1", 1, n, "专题培训班", 5, trainees, _MONDAY, _MONDAY + timedelta(days=25))
            for n, trainees in ((1, 40), (2, 40), (3, 400))
        ),
        rooms=(Room("room", "教室", "campus", 50),),
        campuses=(Campus("campus", "校区", "city", 60),),
        days=days,
        blackouts=(Blackout("b", "停办", _MONDAY, _MONDAY + timedelta(days=2)),),
        seconds=5.0,
    )
