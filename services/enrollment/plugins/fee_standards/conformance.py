"""What every fee standard has to hold, built in or from elsewhere; the conformance kit runs it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any, TypeVar

from services.enrollment.domain.eligibility import Ruling
from services.enrollment.domain.fee_standard import (
    BASES,
    GRADES,
    Charge,
    Citation,
    CourseCosts,
    Edition,
    Finding,
    LectureCharge,
    Stay,
    Taught,
)
from services.enrollment.domain.wording import Refusal, Sentence
from shared.plugins import Manifest

T = TypeVar("T")
_DAYS = (0, 1, 5, 7, 15, 16, 30, 31, 35, 60, 90)


def check_standard(standard: Any, manifest: Manifest) -> None:
    """Hold a standard to its protocol: editions that do not overlap, amounts in whole fen, reasons and sources."""
    editions = list(standard.editions())
    assert editions, f"{manifest.key} has no edition"
    for edition in editions:
        _check_edition(edition, manifest)
    for earlier, later in pairwise(editions):
        last = earlier.effective_to
        assert last is not None, f"{manifest.key}: an edition follows one that never ends"
        assert last < later.effective_from, f"{manifest.key}: the editions from {later.effective_from} on overlap"
    for edition in editions:
        _check_charges(standard, edition, manifest)
        _check_lectures(standard, edition, manifest)
    before = editions[0].effective_from - timedelta(days=1)
    assert _refused(lambda: standard.charge(Stay(before, "three", 5))), f"{manifest.key} charges before it is in force"


def _check_edition(edition: Any, manifest: Manifest) -> None:
    assert isinstance(edition, Edition), f"{manifest.key} gives {type(edition).__name__}, not an Edition"
    _check_words((edition.title, edition.applies_to), manifest)
    _check_citation(edition.citation, manifest)
    codes = [code for code, _ in edition.classes]
    assert len(set(codes)) == len(codes), f"{manifest.key} names a class twice"
    assert edition.figures, f"{manifest.key} shows no figures"
    for figure in edition.figures:
        _check_words((figure.words,), manifest)
        _check_citation(figure.citation, manifest)
        assert figure.value.strip(), f"{manifest.key}: the figure {figure.key} shows no value"


def _check_charges(standard: Any, edition: Edition, manifest: Manifest) -> None:
    day = edition.effective_from
    for code, _ in edition.classes:
        last = 0
        for days in _DAYS:
            charge = standard.charge(Stay(day, code, days))
            _check_amount(charge, Charge, manifest)
            assert charge.amount_fen >= last, f"{manifest.key}: {days} days cost less than fewer days"
            assert charge == standard.charge(Stay(day, code, days)), f"{manifest.key} changes its mind"
            last = charge.amount_fen
            assert standard.charge(Stay(day, code, days, 1, 1)).amount_fen >= charge.amount_fen, (
                f"{manifest.key}: arrival and departure make {days} days cheaper"
            )
            _check_findings(standard, day, code, charge, days, manifest)
    assert _refused(lambda: standard.charge(Stay(day, "no-such-class", 5))), (
        f"{manifest.key} charges by a class it does not have"
    )


def _check_findings(standard: Any, day: date, code: str, charge: Charge, days: int, manifest: Manifest) -> None:
    stay = Stay(day, code, days)
    for spent in (0, charge.amount_fen, charge.amount_fen * 40 + 1):
        findings = standard.findings(CourseCosts(stay, 40, 3, {"other": spent}))
        for finding in findings:
            assert isinstance(finding, Finding), f"{manifest.key} gives {type(finding).__name__}, not a Finding"
            assert finding.ruling in (Ruling.PASS, Ruling.WARN, Ruling.REFUSE), f"{manifest.key}: {finding.ruling!r}"
            assert finding.ruling is not Ruling.REFUSE or finding.citation.basis != "unverified", (
                f"{manifest.key} refuses by the unverified limit {finding.code!r}; it may only warn"
            )
            _check_words((finding.reason,), manifest)
            _check_citation(finding.citation, manifest)
    assert not spent or any(finding.ruling is not Ruling.PASS for finding in findings), (
        f"{manifest.key} finds nothing in costs above its own charge"
    )


def _check_lectures(standard: Any, edition: Edition, manifest: Manifest) -> None:
    for taught in _lectures(edition.effective_from):
        paid = _answered(lambda taught=taught: standard.lecture(taught))  # type: ignore[misc]
        if paid is None:
            continue
        _check_amount(paid, LectureCharge, manifest)
        assert 0 <= paid.paid_hours <= taught.hours, f"{manifest.key} pays {paid.paid_hours} of {taught.hours} hours"
        if taught.agreed_fen == 0:
            assert paid.amount_fen == 0, f"{manifest.key} pays more than was agreed"


def _lectures(day: date) -> Iterator[Taught]:
    for grade in GRADES:
        for hours in ("0.5", "3", "4", "4.5", "8"):
            yield Taught(day, grade, Decimal(hours))
            yield Taught(day, grade, Decimal(hours), hours_before=Decimal(3))
            yield Taught(day, grade, Decimal(hours), agreed_fen=0)
            yield Taught(day, grade, Decimal(hours), uplifted=True)
            yield Taught(day, grade, Decimal(hours), agreed_fen=10**12)


def _check_amount(given: Any, kind: type, manifest: Manifest) -> None:
    assert isinstance(given, kind), f"{manifest.key} answers {type(given).__name__}, not a {kind.__name__}"
    assert type(given.amount_fen) is int, f"{manifest.key}: {given.amount_fen!r} is no whole number of fen"  # type: ignore[attr-defined]
    assert given.amount_fen >= 0, f"{manifest.key}: a charge below zero"  # type: ignore[attr-defined]
    assert given.reasons, f"{manifest.key} gives no reason"  # type: ignore[attr-defined]
    _check_words(given.reasons, manifest)  # type: ignore[attr-defined]
    _check_citation(given.citation, manifest)  # type: ignore[attr-defined]


def _check_words(sentences: Iterable[Any], manifest: Manifest) -> None:
    for sentence in sentences:
        assert isinstance(sentence, Sentence), f"{manifest.key}: {sentence!r} is no Sentence"
        assert sentence.zh.strip(), f"{manifest.key} says nothing in Chinese"
        assert sentence.en.strip(), f"{manifest.key} says nothing in English"


def _check_citation(citation: Any, manifest: Manifest) -> None:
    assert isinstance(citation, Citation), f"{manifest.key}: {citation!r} is no Citation"
    assert citation.basis in BASES, f"{manifest.key}: {citation.basis!r} is no basis"
    assert citation.source.strip(), f"{manifest.key} does not say where a figure comes from"


def _refused(ask: Callable[[], Any]) -> bool:
    return _answered(ask) is None


def _answered(ask: Callable[[], T]) -> T | None:
    try:
        return ask()
    except Refusal:
        return None
