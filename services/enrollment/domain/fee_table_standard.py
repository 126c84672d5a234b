"""A fee standard that reckons by a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from services.enrollment.domain.fee_standard import (
    Charge,
    Citation,
    CourseCosts,
    Edition,
    Finding,
    LectureCharge,
    Stay,
    Taught,
)
from services.enrollment.domain.fee_table import Rate, Step, TableEdition, read_table, weakest
from services.enrollment.domain.fee_table_figures import figures_of
from services.enrollment.domain.fee_table_findings import findings_of
from services.enrollment.domain.fee_table_lectures import lecture_charge
from services.enrollment.domain.money import share, shown
from services.enrollment.domain.wording import Refusal, Sentence


class TableStandard:
    """A standard whose figures and rules stand in a table (see ``fee_table``)."""

    def __init__(self, editions: Sequence[Mapping[str, Any]]) -> None:
        self._editions = read_table(editions)

    def editions(self) -> tuple[Edition, ...]:
        """Return the editions as people see them."""
        return tuple(
            Edition(
                effective_from=each.effective_from,
                effective_to=each.effective_to,
                title=each.title,
                applies_to=each.applies_to,
                citation=each.citation,
                classes=tuple((rate.code, rate.title) for rate in each.rates.values()),
                figures=figures_of(each),
            )
            for each in self._editions
        )

    def charge(self, stay: Stay) -> Charge:
        """Return what a stay costs: full rate up to the first step, then that step's share of it, and so on."""
        edition = self._on(stay.on)
        rate = _rate(edition, stay.fee_class)
        days, counted = _days(edition, stay)
        amount, reckoned, used = _amount(edition, rate, days)
        if days != stay.training_days:
            used.append(edition.day_count.citation)
        return Charge(amount, days, (counted, *reckoned), weakest(rate.citation, used))

    def lecture(self, taught: Taught) -> LectureCharge:
        """Return what a session is paid; hours above the most of a half-day are not."""
        return lecture_charge(self._on(taught.on), taught)

    def findings(self, costs: CourseCosts) -> tuple[Finding, ...]:
        """Return what the table says about real costs."""
        edition = self._on(costs.stay.on)
        rate = _rate(edition, costs.stay.fee_class)
        return findings_of(edition, rate, self.charge(costs.stay), costs)

    def _on(self, day: date) -> TableEdition:
        for edition in self._editions:
            if edition.effective_from <= day and (edition.effective_to is None or day <= edition.effective_to):
                return edition
        first = self._editions[0]
        raise Refusal(
            "no-edition",
            f"“{first.title.zh}”在{day}没有有效版本，请另选标准",
            f"{first.title.en!r} has no edition in force on {day}; choose another standard",
        )


def _rate(edition: TableEdition, fee_class: str) -> Rate:
    if fee_class in edition.rates:
        return edition.rates[fee_class]
    zh = "、".join(f"{code}（{rate.title.zh}）" for code, rate in edition.rates.items()) or "无"
    raise Refusal(
        "no-class",
        f"“{edition.title.zh}”没有类别“{fee_class}”，可用：{zh}",
        f"{edition.title.en!r} has no class {fee_class!r}; it has {', '.join(edition.rates) or 'none'}",
    )


def _days(edition: TableEdition, stay: Stay) -> tuple[int, Sentence]:
    count = edition.day_count
    arrival, departure = min(stay.arrival_days, count.arrival_most), min(stay.departure_days, count.departure_most)
    beside = min(arrival + departure, count.together_most)
    days = stay.training_days + beside
    return days, Sentence(
        f"培训{stay.training_days}天，报到、撤离计{beside}天，共{days}天",
        f"{stay.training_days} days of training, {beside} of arrival and departure, {days} days in all",
    )


def _amount(edition: TableEdition, rate: Rate, days: int) -> tuple[int, list[Sentence], list[Citation]]:
    bands = [Step(0, 100, rate.citation), *edition.steps]
    ends = [*(step.above_days for step in edition.steps), days]
    total = 0
    reasons: list[Sentence] = []
    used: list[Citation] = []
    for band, end in zip(bands, ends, strict=True):
        within = min(days, end) - band.above_days
        if within <= 0:
            continue
        part = share(rate.per_day_fen * within, band.percent)
        total += part
        reasons.append(_band_words(rate, band, within, part))
        used.append(band.citation)
    return total, reasons, used


def _band_words(rate: Rate, band: Step, days: int, part: int) -> Sentence:
    above, full = band.above_days, band.percent == 100
    zh = (f"超过{above}天的" if above else "") + f"{days}天"
    en = (f"above {above} days, " if above else "") + f"{days} days"
    zh_share, en_share = ("", "") if full else (f"×{band.percent}%", f" × {band.percent} %")
    per_day = shown(rate.per_day_fen)
    return Sentence(
        f"{rate.title.zh}：{zh}×{per_day}元{zh_share}＝{shown(part)}元",
        f"{rate.title.en}: {en} × {per_day} yuan{en_share} = {shown(part)} yuan",
    )
