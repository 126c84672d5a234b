"""What a lecture is paid by a fee table."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal

from services.enrollment.domain.fee_standard import LectureCharge, Taught
from services.enrollment.domain.fee_table import GRADE_WORDS, LectureScale, TableEdition
from services.enrollment.domain.money import share, shown
from services.enrollment.domain.wording import Refusal, Sentence


def lecture_charge(edition: TableEdition, taught: Taught) -> LectureCharge:
    """Return what a session is paid after tax; hours above the most of a half-day are not.

    Raises ``Refusal``: no fee for the grade, no uplift known here, or more agreed than allowed.
    """
    scale = edition.lecture
    if scale is None or taught.grade not in scale.grades:
        grade = GRADE_WORDS[taught.grade]
        raise Refusal(
            "no-lecture-fee",
            f"“{edition.title.zh}”未规定{grade.zh}的讲课费，请另选讲课费标准",
            f"{edition.title.en!r} sets no lecture fee for {grade.en}; choose another standard for lectures",
        )
    rate = _rate(edition, scale, taught)
    left = max(Decimal(0), Decimal(scale.most_hours) - taught.hours_before)
    paid = min(taught.hours, left)
    if scale.per == "half_day":
        amount = rate if paid > 0 and not taught.hours_before else 0
    else:
        amount = int((rate * paid + Decimal("0.5")).to_integral_value(ROUND_FLOOR))
    words = (*_remarks(scale, taught, paid), _reckoned(scale, taught, rate, paid, amount))
    return LectureCharge(amount, paid, words, scale.grades[taught.grade][1])


def _rate(edition: TableEdition, scale: LectureScale, taught: Taught) -> int:
    most, citation = scale.grades[taught.grade]
    if taught.uplifted:
        if scale.uplift_percent is None:
            raise Refusal(
                "no-uplift",
                f"“{edition.title.zh}”没有上浮规定，不能为外地教师上浮讲课费（{citation.source}）",
                f"{edition.title.en!r} knows no uplift for lecturers from elsewhere ({citation.source})",
            )
        most += share(most, scale.uplift_percent)
    if taught.agreed_fen is None:
        return most
    if taught.agreed_fen > most:
        raise Refusal(
            "above-lecture-cap",
            f"约定讲课费{shown(taught.agreed_fen)}元高于上限{shown(most)}元（税后，{citation.source}），请降低",
            f"the agreed {shown(taught.agreed_fen)} yuan is above the most allowed, {shown(most)} after tax "
            f"({citation.source}); agree on less",
        )
    return taught.agreed_fen


def _remarks(scale: LectureScale, taught: Taught, paid: Decimal) -> list[Sentence]:
    remarks = []
    if paid < taught.hours:
        remarks.append(
            Sentence(
                f"每半天最多计{scale.most_hours}学时，本次{taught.hours}学时中计{paid}学时",
                f"at most {scale.most_hours} class hours a half-day: {paid} of these {taught.hours} count",
            )
        )
    if taught.uplifted:
        remarks.append(
            Sentence(
                f"外地教师经书面批准上浮{scale.uplift_percent}%",
                f"{scale.uplift_percent} % more for a lecturer from elsewhere, approved in writing",
            )
        )
    return remarks


def _reckoned(scale: LectureScale, taught: Taught, rate: int, paid: Decimal, amount: int) -> Sentence:
    grade, unit = GRADE_WORDS[taught.grade], shown(rate)
    if scale.per == "half_day":
        zh, en = f"{grade.zh}每半天{unit}元", f"{grade.en}, {unit} yuan a half-day"
    else:
        zh, en = f"{grade.zh}{paid}学时×{unit}元", f"{grade.en}, {paid} class hours × {unit} yuan"
    return Sentence(f"{zh}＝{shown(amount)}元（税后）", f"{en} = {shown(amount)} yuan after tax")
