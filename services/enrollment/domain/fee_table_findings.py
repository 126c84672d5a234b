"""Holding what a course really cost against a fee table."""

from __future__ import annotations

from collections.abc import Iterator

from services.enrollment.domain.eligibility import Ruling
from services.enrollment.domain.fee_standard import Charge, Citation, CourseCosts, Finding
from services.enrollment.domain.fee_table import ITEM_WORDS, Rate, StaffLimit, TableEdition, weakest
from services.enrollment.domain.money import shown
from services.enrollment.domain.wording import Sentence


def findings_of(edition: TableEdition, rate: Rate, charge: Charge, costs: CourseCosts) -> tuple[Finding, ...]:
    """Return one finding for the total, one for each item capped by itself, and one for staff where it is limited.

    Items are otherwise held against the total only: within it they may make up for each other.
    """
    staff = _staff(edition.staff, costs) if edition.staff else ()
    return (_total(charge, costs), *_capped_items(edition, rate, charge, costs), *staff)


def _total(charge: Charge, costs: CourseCosts) -> Finding:
    most, spent = charge.amount_fen * costs.trainees, sum(costs.items.values())
    zh = f"综合定额上限{shown(most)}元（{costs.trainees}人×{shown(charge.amount_fen)}元），实际{shown(spent)}元"
    en = f"the ceiling is {shown(most)} yuan ({costs.trainees} × {shown(charge.amount_fen)}), spent {shown(spent)}"
    return _finding("total", spent - most, zh, en, charge.citation)


def _capped_items(edition: TableEdition, rate: Rate, charge: Charge, costs: CourseCosts) -> Iterator[Finding]:
    # Both figures are multiplied: what an item may cost, and the days that are charged for.
    citation = weakest(rate.items_citation, [charge.citation])
    for name in edition.item_caps:
        words, most = ITEM_WORDS[name], rate.items[name] * charge.days * costs.trainees
        spent = costs.items.get(name, 0)
        zh = f"{words.zh}单项上限{shown(most)}元（{costs.trainees}人×{charge.days}天），实际{shown(spent)}元"
        en = f"{words.en} alone: {shown(most)} yuan ({costs.trainees} × {charge.days} days), spent {shown(spent)}"
        yield _finding(f"item.{name}", spent - most, zh, en, citation)


def _staff(limit: StaffLimit, costs: CourseCosts) -> Iterator[Finding]:
    # In integers: 10 % of 47 trainees is four people and not 4.7.
    above = max(costs.staff * 100 - limit.percent * costs.trainees, costs.staff - limit.most)
    zh = f"工作人员{costs.staff}人，上限为学员{costs.trainees}人的{limit.percent}%且不超过{limit.most}人"
    en = f"{costs.staff} staff; at most {limit.percent} % of {costs.trainees} trainees and {limit.most} people"
    yield _finding("staff", above, zh, en, limit.citation)


def _finding(code: str, above: int, zh: str, en: str, citation: Citation) -> Finding:
    if above <= 0:
        return Finding(code, Ruling.PASS, Sentence(f"{zh}，符合标准", f"{en}: within the standard"), citation)
    if citation.basis == "unverified":
        # A figure that nobody has held against its document cannot refuse anybody anything.
        return Finding(
            code,
            Ruling.WARN,
            Sentence(
                f"{zh}，超出标准；该标准尚未核实，仅作提醒", f"{en}: above a limit not verified yet, a warning only"
            ),
            citation,
        )
    return Finding(code, Ruling.REFUSE, Sentence(f"{zh}，超出标准，不予列支", f"{en}: above the standard"), citation)
