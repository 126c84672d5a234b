"""Facts to try a document on: a plain case, and cases that break careless templates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from services.notification.domain.certificate import CertificateFacts
from services.notification.domain.facts import Contact, Facts, Issuer, LetterKind, Term, Trainee

NUMBER = "江组函〔2020〕12号"
DATED = date(2020, 4, 28)
MARKUP = '#panic("x") *粗* _斜_ $a^2$ <label> @ref \\ // `raw` [内容] "引" '
_TERM = Term(
    "term_1",
    "推进国家治理体系和治理能力现代化专题培训班",
    1,
    date(2020, 5, 11),
    date(2020, 5, 15),
    5,
    date(2020, 5, 10),
    "14:00至18:00",
    "09:00",
    "市委党校主校区",
    "东湖路1号",
    "一号楼报告厅",
    5,
    False,
    date(2020, 5, 6),
)
_TRAINEE = Trainee("nomination_1", "张伟", "男", "东湖区卫生健康局", "疾控科科长", "一级主任科员")


def sample_facts(kind: str) -> Iterator[Any]:
    """Yield facts of one kind of document."""
    yield from _certificates() if kind == "certificate" else _letters(kind)  # type: ignore[arg-type]


def _certificates() -> Iterator[CertificateFacts]:
    first, last = _TERM.starts_on, _TERM.ends_on
    plain = CertificateFacts("张伟", "男", _TERM.programme_title, 1, first, last, 5, 40, "中共江城市委党校")
    yield plain
    yield replace(plain, sex="", ends_on=first, days=1, hours=0)
    yield replace(plain, name=MARKUP, sex=MARKUP, programme_title=MARKUP, issuer=MARKUP)
    yield replace(plain, name="阿卜杜热合曼·麦麦提伊敏江", starts_on=date(2020, 12, 28), ends_on=date(2021, 1, 8))


def _letters(kind: LetterKind) -> Iterator[Facts]:
    name = "中共江城市委组织部"
    issuer = Issuer(kind, name, name, "江组函", Contact("王海", "027-00000000", "027-00000001"))
    plain = Facts(kind, issuer, _TERM, "jiangcheng.donghu", "东湖区委", (_TRAINEE,))
    yield plain
    yield replace(plain, issuer=replace(issuer, contact=Contact()), term=replace(_TERM, replace_by=None, days=1))
    odd = Trainee("nomination_2", MARKUP, "", MARKUP, MARKUP, MARKUP)
    term = replace(_TERM, programme_title=MARKUP, campus_title=MARKUP, room_title="", report_hours="", opens_at="")
    yield replace(plain, trainees=(odd,), unit_title=MARKUP, term=term)
    if kind == "transfer":
        crowd = tuple(replace(_TRAINEE, nomination_id=f"nomination_{number}") for number in range(60))
        yield replace(
            plain, trainees=crowd, term=replace(_TERM, starts_on=date(2020, 12, 28), ends_on=date(2021, 1, 8))
        )
