"""The counts of a programme: how many terms, trainees and days."""

from __future__ import annotations

import re
from dataclasses import dataclass

from services.scheduling.domain.notice_passage import Passage, Report
from services.scheduling.domain.notice_problems import quoted
from services.scheduling.domain.numerals import BLANK, CHINESE, NUMBER, is_blank, number

_VALUE = rf"(?P<n>{NUMBER}|{BLANK}|)"
_NOT_INSIDE = rf"(?<![第每\d.\-—~～至到{CHINESE}])"
_ABOUT = r"(?P<about>约|大约|不超过|不少于|不低于|至多|至少|近|预计)?"
_MORE = r"(?P<more>余|多|左右|以内|以上)?"
_PEOPLE = r"(?:学员|公务员|干部|参训人员|人员|人数)?"
_UNDECIDED = re.compile(r"待定|另行通知|未定")


@dataclass(frozen=True, slots=True)
class _Measure:
    """How one count is written: patterns in order of trust, and the word that shows it was meant to be there."""

    zh: str
    en: str
    patterns: tuple[re.Pattern[str], ...]
    hint: re.Pattern[str]


_TERMS = _Measure(
    "期数",
    "number of terms",
    (
        re.compile(rf"(?:举办|开办|办班|拟办|[分共办])(?:班)?{_ABOUT}{_NOT_INSIDE}{_VALUE}期(?![间末望限待数次])"),
        re.compile(rf"期数[:：为]?{_VALUE}期?(?=[，,、。；;\n]|$)"),
        re.compile(rf"{_ABOUT}{_NOT_INSIDE}(?P<n>{NUMBER}|{BLANK})期(?![间末望限待数次])"),
    ),
    re.compile(r"举办(?!时间|地点)|(?<!每)期"),
)

_TRAINEES = _Measure(
    "培训人数",
    "number of trainees",
    (
        re.compile(
            rf"(?:共计?|总共|总计|合计)(?:计划)?(?:培训|研讨|轮训|调训|参训|招收)?{_PEOPLE}{_ABOUT}{_VALUE}{_MORE}[人名](?!数|员)"
        ),
        re.compile(
            rf"(?<!每期)(?<!每班)(?:培训|研讨|轮训|调训|参训|招收|参加){_PEOPLE}{_ABOUT}{_VALUE}{_MORE}[人名](?!数|员)"
        ),
        re.compile(rf"人数[:：为共]*{_ABOUT}{_VALUE}{_MORE}人?(?=[，,、。；;（(\n]|$)"),
    ),
    re.compile(r"培训(?!时间|班|内容|地点)|人数|[人名](?=[，,、。；;\n]|$)"),
)

_PER_TERM = re.compile(rf"每[期班](?:计划)?(?:培训|招收|参训)?{_PEOPLE}{_ABOUT}{_VALUE}{_MORE}[人名](?!数|员)")

_DAYS = _Measure(
    "学制",
    "length in days",
    (
        re.compile(rf"学制(?:均|各)?[:：为共是]?{_ABOUT}{_VALUE}(?:个)?(?:工作日|天|日)(?!半)"),
        re.compile(rf"(?:为期|每期|时长|学习时间|培训天数)[:：为共]?{_ABOUT}{_VALUE}(?:个)?(?:工作日|天)(?!半)"),
        re.compile(rf"(?<![\d.月\-—~～至到前{CHINESE}])(?P<n>{NUMBER})(?:个)?(?:工作日|天)(?!半)"),
    ),
    re.compile(r"学制|学时|为期|每期.{0,4}[天周]"),
)


class FigureReader:
    """Reads counts; a count that is meant to be there and can't be read is reported, never guessed."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def terms(self, passage: Passage) -> int | None:
        """Return the number of terms."""
        return self._read(passage, _TERMS)

    def days(self, passage: Passage) -> int | None:
        """Return the length of one term in days."""
        return self._read(passage, _DAYS)

    def trainees(self, passage: Passage, terms: int | None) -> int | None:
        """Return the number of trainees of all terms together; a number for each term is multiplied out."""
        each = _PER_TERM.search(passage.text)
        per_term = number(each.group("n")) if each else None
        rest = passage.without(_PER_TERM)
        if each and not any(pattern.search(rest.text) for pattern in _TRAINEES.patterns):
            return self._multiplied(passage, each, per_term, terms)
        total = self._read(rest, _TRAINEES)
        if each and total is not None and terms and per_term is not None and per_term * terms != total:
            self._report(
                passage.problem(
                    each.start(),
                    f"总人数{total}与“{terms}期、每期{per_term}人”不一致，按总人数{total}处理，请核对",
                    f"{total} trainees in all do not agree with {terms} terms of {per_term}; kept {total}",
                )
            )
        return total

    def _multiplied(self, passage: Passage, each: re.Match[str], per_term: int | None, terms: int | None) -> int | None:
        if is_blank(each.group("n")):
            return None
        if per_term is None or terms is None:
            written = quoted(each.group())
            self._report(
                passage.problem(
                    each.start(),
                    f"只写了“{written}”，期数未读到，总人数按未填处理",
                    f"only {written!r} is given and the number of terms was not read; the total is kept open",
                )
            )
            return None
        self._note_estimate(passage, each, per_term)
        return per_term * terms

    def _read(self, passage: Passage, measure: _Measure) -> int | None:
        for pattern in measure.patterns:
            for match in pattern.finditer(passage.text):
                if is_blank(match.group("n")):
                    return None
                value = number(match.group("n"))
                if value:
                    self._note_estimate(passage, match, value)
                    return value
        self._explain_absence(passage, measure)
        return None

    def _note_estimate(self, passage: Passage, match: re.Match[str], value: int) -> None:
        groups = match.groupdict()
        if groups.get("about") or groups.get("more"):
            self._report(
                passage.problem(
                    match.start(),
                    f"“{match.group()}”是约数，按{value}处理，请核对",
                    f"{match.group()!r} is an estimate; taken as {value}, please check",
                )
            )

    def _explain_absence(self, passage: Passage, measure: _Measure) -> None:
        if _UNDECIDED.search(passage.text):
            return
        hint = measure.hint.search(passage.text)
        if hint:
            self._report(
                passage.problem(
                    hint.start(),
                    f"{measure.zh}没有写成可以识别的整数，按未填处理",
                    f"the {measure.en} is not written as a whole number; kept open",
                )
            )
        else:
            self._report(passage.problem(0, f"没有写明{measure.zh}", f"the {measure.en} is not given"))
