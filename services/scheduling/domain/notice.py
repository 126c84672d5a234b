"""Reads the yearly training notice into a draft plan."""

from __future__ import annotations

import re
from collections.abc import Iterable

from services.scheduling.domain.notice_contacts import read_contacts
from services.scheduling.domain.notice_dates import DateReader
from services.scheduling.domain.notice_draft import DateRange, PlanDraft, Problem, ProgrammeDraft, Reading
from services.scheduling.domain.notice_figures import FigureReader
from services.scheduling.domain.notice_layout import Item, lay_out
from services.scheduling.domain.notice_limits import NoticeLimits
from services.scheduling.domain.notice_passage import Line, Passage, Report
from services.scheduling.domain.notice_points import read_points, seminar_or_training
from services.scheduling.domain.notice_problems import ProblemList
from services.scheduling.domain.numerals import BLANK, CHINESE, NUMBER, is_blank, number, tidy

_YEAR = rf"(?P<year>(?:19|20)\d{{2}}|[{CHINESE}]{{4}}|{BLANK}|20[Xx×*]{{2}})\s*年"
_TITLE_YEAR = re.compile(rf"(?<![\d—-]){_YEAR}(?:度)?")
_BODY_YEAR = re.compile(rf"(?:制定|印发|下发|实施|现将|做好){_YEAR}(?:度)?")
_TITLE_WORDS = re.compile(r"计划|通知|方案|安排")
_ANY_FIGURE = re.compile(r"期|学制|时间|人|名|月|天")
_CONTENT = re.compile(
    r"(?<!重点|深入|认真|系统|主要)(?:重点|深入|认真|系统|主要)*+(?:学习(?!时间)|围绕)[^。]*。?|(?:主要|培训|研讨|学习|课程)内容[^。]*。?|(?:培训|参训)对象[^。；]*[。；]?"
)
_SENTENCE = re.compile(r"[^。；\n]+")
_REPLACEMENT = re.compile(r"更换|调换|替换|换人|变更")
_AHEAD = re.compile(rf"提前(?:至少|不少于)?(?P<n>{NUMBER}|{BLANK}|)\s*(?:个)?(?P<unit>工作日|自然日|天|日)")
_BEFORE = re.compile(
    rf"前(?:至少)?(?P<n>{NUMBER}|{BLANK})(?:个)?(?P<unit>工作日|自然日|天|日)|(?<!\d)(?P<n2>{NUMBER})(?:个)?(?P<unit2>工作日|自然日|天|日)(?:之)?前"
)


def read_notice(text: str, limits: NoticeLimits | None = None, told: Iterable[Problem] = ()) -> Reading:
    """Read a notice: open places become ``None``, never guessed; what can't be read is reported and the rest kept.

    What was ``told`` of its file already stands with the problems. Raises ``NoticeTooLong`` where the text, or a
    programme of it, is above ``limits``; without limits nothing is.
    """
    if limits:
        limits.check_text(text)
    layout = lay_out(text)
    if limits:
        limits.check_programmes(layout.programmes)
    problems = ProblemList()
    report = problems.add
    for problem in told:
        report(problem)
    title, year = _title_and_year(layout.preamble, report)
    programmes = [_programme(item, year, report) for item in layout.programmes]
    if not programmes:
        report(Problem(1, _first(text), "没有读到任何班次", "no programme was found"))
    _number_through(programmes, layout.programmes, report)
    rest = layout.others or [line for item in layout.programmes[-1:] for line in item.body]
    days, day_kind = _replacement(rest, report)
    contacts = read_contacts(rest or layout.preamble, report)
    draft = PlanDraft(year, title, programmes, days, contacts, day_kind)
    return Reading(draft, problems.in_order())


def _first(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")[:80]


def _title_and_year(preamble: list[Line], report: Report) -> tuple[str | None, int | None]:
    title_line = _title_line(preamble)
    title = tidy(title_line.text) if title_line else None
    match = _TITLE_YEAR.search(title or "")
    if match is None:
        match = _BODY_YEAR.search("".join(tidy(line.text) for line in preamble))
    first = preamble[0] if preamble else Line(1, "")
    if title is None:
        report(Problem(first.number, first.text.strip()[:80], "没有读到通知的标题", "the notice's title was not found"))
    if match is None:
        where = title_line or first
        report(Problem(where.number, where.text.strip()[:80], "没有读到计划年度", "the year of the plan was not found"))
        return title, None
    text = match.group("year")
    return title, None if is_blank(text) or not re.fullmatch(r"(19|20)\d\d", str(number(text))) else number(text)


def _title_line(preamble: list[Line]) -> Line | None:
    candidates = [line for line in preamble[:8] if len(tidy(line.text)) <= 60 and "。" not in line.text]
    for index, line in enumerate(candidates):
        text = tidy(line.text)
        if _TITLE_YEAR.search(text) and _TITLE_WORDS.search(text):
            return line
        if re.search(r"年度?$", text) and index + 1 < len(candidates):
            joined = Line(line.number, text + tidy(candidates[index + 1].text))
            if _TITLE_YEAR.search(joined.text) and _TITLE_WORDS.search(joined.text):
                return joined
    return next((line for line in candidates if _TITLE_WORDS.search(line.text)), candidates[0] if candidates else None)


def _programme(item: Item, year: int | None, report: Report) -> ProgrammeDraft:
    title, lines = item.split_title()
    if title is None:
        title = re.split(r"[。：:，]", tidy(item.heading.text))[0] or None
    prose = "".join(tidy(line.text) for line in lines)
    programme = ProgrammeDraft(item.ordinal, title, _kind(item, title, prose, report))
    content = read_points(prose)
    figures = Passage(lines or [item.heading]).without(_CONTENT)
    if not _ANY_FIGURE.search(figures.text):
        report(
            Problem(
                item.heading.number,
                item.heading.text,
                "这一班次没有写明期数、人数、举办时间和学制",
                "this programme gives no number of terms, trainees, dates or days",
            )
        )
    else:
        counts = FigureReader(report)
        programme.terms = counts.terms(figures)
        programme.trainees = counts.trainees(figures, programme.terms)
        programme.days = counts.days(figures)
        programme.ranges = DateReader(year, report).ranges(figures, programme.days)
        _cross_check(programme, year, item.heading, report)
    programme.points = content
    if not content:
        report(
            Problem(
                item.heading.number,
                item.heading.text,
                "没有读到“围绕……进行培训（研讨）”的内容",
                "the topics (围绕…进行培训 or 研讨) were not found",
            )
        )
    return programme


def _kind(item: Item, title: str | None, prose: str, report: Report) -> str | None:
    by_verb = seminar_or_training(prose)
    if title and title.endswith("班"):
        by_title = "seminar" if "研讨" in title[-4:] else "training"
        if by_verb and by_verb != by_title:
            report(
                Problem(
                    item.heading.number,
                    item.heading.text,
                    "班次名称与正文的“进行培训／研讨”不一致，按名称处理，请核对",
                    "the title and the verb of the paragraph disagree on training or seminar; the title is followed",
                )
            )
        return by_title
    report(
        Problem(
            item.heading.number,
            item.heading.text,
            "标题没有以“培训班”或“研讨班”结尾，请核对班次名称",
            "the heading does not end in 培训班 or 研讨班; check the programme's title",
        )
    )
    return by_verb


def _cross_check(programme: ProgrammeDraft, year: int | None, heading: Line, report: Report) -> None:
    if year and programme.starts_on and programme.starts_on.year != year:
        report(
            Problem(
                heading.number,
                heading.text,
                f"举办时间从{programme.starts_on}开始，与计划年度{year}不一致，请核对",
                f"it starts on {programme.starts_on}, outside the plan's year {year}; please check",
            )
        )
    if len(programme.ranges) > 1 and programme.terms and len(programme.ranges) != programme.terms:
        report(
            Problem(
                heading.number,
                heading.text,
                f"写了{programme.terms}期，却有{len(programme.ranges)}段举办时间，请核对",
                f"{programme.terms} terms but {len(programme.ranges)} date ranges; please check",
            )
        )
    for each in programme.ranges:
        length = _length(each)
        if programme.days and length and length < programme.days:
            report(
                Problem(
                    heading.number,
                    heading.text,
                    f"{each.starts_on}至{each.ends_on}只有{length}天，短于学制{programme.days}天，请核对",
                    f"{each.starts_on} to {each.ends_on} is {length} days, shorter than the stated {programme.days}",
                )
            )


def _length(days: DateRange) -> int | None:
    return (days.ends_on - days.starts_on).days + 1 if days.starts_on and days.ends_on else None


def _number_through(programmes: list[ProgrammeDraft], items: list[Item], report: Report) -> None:
    last = 0
    for programme, item in zip(programmes, items, strict=True):
        if programme.ordinal <= last:
            report(
                Problem(
                    item.heading.number,
                    item.heading.text,
                    f"班次序号{programme.ordinal}重复或倒序，按第{last + 1}个班次编号，请核对",
                    f"the ordinal {programme.ordinal} repeats or goes back; numbered {last + 1}, please check",
                )
            )
            programme.ordinal = last + 1
        last = programme.ordinal


def _replacement(lines: list[Line], report: Report) -> tuple[int | None, str | None]:
    passage = Passage(lines) if lines else None
    for sentence in _SENTENCE.finditer(passage.text) if passage else ():
        if not _REPLACEMENT.search(sentence.group()):
            continue
        match = _AHEAD.search(sentence.group()) or _BEFORE.search(sentence.group())
        assert passage is not None
        if match is None:
            ahead = re.search(r"提前|前", sentence.group())
            if ahead:
                report(
                    passage.problem(
                        sentence.start() + ahead.start(),
                        "更换学员的提前天数没有写成“提前几天”，按未填处理",
                        "how many days ahead a replacement must be reported is not written as 提前…天; kept open",
                    )
                )
                return None, None
            continue
        groups = match.groupdict()
        text, unit = groups["n"] or groups.get("n2") or "", groups["unit"] or groups.get("unit2")
        kind = {"工作日": "working", "自然日": "calendar"}.get(str(unit))
        return (None if is_blank(text) else number(text)), kind
    return None, None
