"""Date ranges as notices write them: ``5月11日至15日``, ``12月28日—次年1月3日``, ``5.11-5.15``, ``XX月XX日``."""

from __future__ import annotations

import re
from datetime import date, timedelta

from services.scheduling.domain.notice_draft import DateRange
from services.scheduling.domain.notice_passage import Passage, Report
from services.scheduling.domain.notice_problems import quoted
from services.scheduling.domain.numerals import BLANK, CHINESE, is_blank, number

LONGEST_UNMARKED_SPAN = timedelta(days=183)

_COUNT = rf"(?:\d{{1,2}}|[{CHINESE}]{{1,3}}|{BLANK}|)"
_YEAR = rf"(?:\d{{4}}|\d{{2}}[Xx×*]{{2}}|[{CHINESE}]{{4}}|{BLANK})年|次年|翌年|明年|当年|同年|本年"
_WEEKDAY = r"(?:[（(](?:星期|周|礼拜)?[一二三四五六日天][）)])?"
_LABEL = r"(?:上午|下午|晚上?)?"
_DAY_END = rf"{_WEEKDAY}{_LABEL}"
_TO = r"(?:起)?(?:至|到|—+|–+|-+|－|~|～|―+)"


def _token(name: str) -> str:
    written = rf"(?P<{name}y>{_YEAR})?(?:(?P<{name}m>{_COUNT})月(?:份)?)?(?P<{name}d>{_COUNT})"
    figures = rf"(?:(?P<{name}Y>\d{{4}})[./-])?(?P<{name}M>\d{{1,2}})[./](?P<{name}D>\d{{1,2}})"
    dashed = rf"(?P<{name}Y2>\d{{4}})-(?P<{name}M2>\d{{1,2}})-(?P<{name}D2>\d{{1,2}})"
    return rf"(?:{dashed}|{figures}(?![\d.])(?:[日号])?|{written}(?P<{name}e>[日号])?)"


_RANGE = re.compile(rf"(?<![\d.]){_token('a')}{_DAY_END}{_TO}{_token('b')}{_DAY_END}")
_SINGLE = re.compile(rf"(?P<ay>{_YEAR})?(?P<am>{_COUNT})月(?P<ad>{_COUNT})[日号]")
_VAGUE = re.compile(r"[上中下]旬|[上下]半年|季度|月(?:初|底|末|份|(?=[，。；、]|$))|国庆|春节|节(?:前|后)|左右|前后")
_UNDECIDED = re.compile(r"待定|另行通知|暂定|视.{0,12}情况|未定")
_ASKED = re.compile(r"(?:举办|办班|开班|培训|研讨|集中学习)?(?:时间|日期)|开班|\d月")


class DateReader:
    """Reads the ranges of one programme. ``year`` is the plan's; without it a date without a year stays open."""

    def __init__(self, year: int | None, report: Report) -> None:
        self._year = year
        self._report = report

    def ranges(self, passage: Passage, days: int | None) -> list[DateRange]:
        """Return every range found, open places as ``None``; what can't be read is reported."""
        found, taken = [], [(0, 0)]
        for match in _RANGE.finditer(passage.text):
            if _is_range(match):
                found.append(self._range(passage, match))
                taken.append(match.span())
        if not found:
            found = self._singles(passage, days)
        if not found:
            self._explain_absence(passage)
        return found

    def _range(self, passage: Passage, match: re.Match[str]) -> DateRange:
        first, last = _parts(match, "a"), _parts(match, "b")
        if is_blank(last[1] or "") and last[1] is None:
            last = (last[0], first[1], last[2])
        starts_on = self._date(passage, match, first, self._year)
        ends_on = self._date(passage, match, last, self._end_year(first, last, starts_on))
        if starts_on and ends_on and ends_on < starts_on:
            text = quoted(match.group())
            self._report(
                passage.problem(
                    match.start(),
                    f"“{text}”的结束日期早于开始日期，请核对",
                    f"{text!r} ends before it starts; check the dates",
                )
            )
            return DateRange(None, None)
        return DateRange(starts_on, ends_on)

    def _end_year(self, first: _Parts, last: _Parts, starts_on: date | None) -> int | None:
        year = starts_on.year if starts_on else self._named_year(first[0], self._year)
        if last[0] or not starts_on:
            return year
        month, day = number(last[1] or ""), number(last[2] or "")
        if month is None or day is None or month >= starts_on.month:
            return year
        turned = _real_date(starts_on.year + 1, month, day)
        return starts_on.year + 1 if turned and turned - starts_on <= LONGEST_UNMARKED_SPAN else year

    def _named_year(self, text: str | None, otherwise: int | None) -> int | None:
        if text in ("次年", "翌年", "明年"):
            return self._year + 1 if self._year else None
        if text is None or text in ("当年", "同年", "本年"):
            return otherwise
        return number(text.removesuffix("年"))

    def _date(self, passage: Passage, match: re.Match[str], parts: _Parts, year: int | None) -> date | None:
        text, where = quoted(match.group()), match.start()
        month_text, day_text = parts[1] or "", parts[2] or ""
        if is_blank(month_text) and is_blank(day_text):
            return None
        month, day, year = number(month_text), number(day_text), self._named_year(parts[0], year)
        if month is None or day is None:
            self._report(
                passage.problem(
                    where,
                    f"日期“{text}”只填写了一部分，按未填处理",
                    f"the date {text!r} is filled in only partly; kept open",
                )
            )
            return None
        if year is None:
            self._report(
                passage.problem(
                    where,
                    f"日期“{text}”没有年份，通知标题中也没有读到年份，按未填处理",
                    f"the date {text!r} has no year and the notice's title gives none; kept open",
                )
            )
            return None
        real = _real_date(year, month, day)
        if real is None:
            self._report(
                passage.problem(
                    where,
                    f"“{year}年{month}月{day}日”不是真实日期，按未填处理",
                    f"{year}-{month:02}-{day:02} is not a real date; kept open",
                )
            )
        return real

    def _singles(self, passage: Passage, days: int | None) -> list[DateRange]:
        found = []
        for match in _SINGLE.finditer(passage.text):
            starts_on = self._date(passage, match, _parts(match, "a"), self._year)
            if starts_on and days != 1:
                self._report(
                    passage.problem(
                        match.start(),
                        f"“{quoted(match.group())}”之后没有写结束日期，结束日期按未填处理",
                        f"no last day follows {quoted(match.group())!r}; the last day is kept open",
                    )
                )
            found.append(DateRange(starts_on, starts_on if days == 1 else None))
        return found

    def _explain_absence(self, passage: Passage) -> None:
        if _UNDECIDED.search(passage.text):
            return
        vague = _VAGUE.search(passage.text)
        asked = vague or _ASKED.search(passage.text)
        if asked:
            self._report(
                passage.problem(
                    asked.start(),
                    "举办时间没有写成可以识别的起止日期（如“5月11日至5月15日”），按未填处理",
                    "the time is not written as a first and a last day (such as 5月11日至5月15日); kept open",
                )
            )
        else:
            self._report(passage.problem(0, "没有写明举办时间", "no time is given"))


_Parts = tuple[str | None, str | None, str | None]


def _parts(match: re.Match[str], name: str) -> _Parts:
    groups = match.groupdict()
    for year, month, day in (("Y", "M", "D"), ("Y2", "M2", "D2")):
        if groups.get(name + month):
            return groups[name + year], groups[name + month], groups[name + day]
    return groups.get(name + "y"), groups.get(name + "m"), groups.get(name + "d")


def _is_range(match: re.Match[str]) -> bool:
    """Tell ``5月11日至15日`` from ``80-100`` and ``2018—2022年``: a month must be named, and a day must end."""
    groups = match.groupdict()
    if groups["aM"] or groups["aM2"]:
        return bool(groups["bM"] or groups["bM2"] or groups["be"])
    return groups["am"] is not None and groups["be"] is not None


def _real_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
