"""The figures of a fee table as a page lists them, each with its source."""

from __future__ import annotations

from collections.abc import Iterator

from services.enrollment.domain.fee_standard import Figure
from services.enrollment.domain.fee_table import GRADE_WORDS, ITEM_WORDS, LectureScale, TableEdition
from services.enrollment.domain.money import shown
from services.enrollment.domain.wording import Sentence


def figures_of(edition: TableEdition) -> tuple[Figure, ...]:
    """Return every figure of an edition, in the order people read them."""
    lectures = _lectures(edition.lecture) if edition.lecture else ()
    return (*_rates(edition), *_days(edition), *_staff(edition), *lectures)


def _rates(edition: TableEdition) -> Iterator[Figure]:
    for rate in edition.rates.values():
        yield Figure(f"class_day.{rate.code}", rate.title, f"{shown(rate.per_day_fen)} 元/人天", rate.citation)
        for name, fen in rate.items.items():
            item = ITEM_WORDS[name]
            capped = name in edition.item_caps
            words = Sentence(
                f"{rate.title.zh}·{item.zh}{'（单项不得突破）' if capped else ''}",
                f"{rate.title.en}, {item.en}{' (capped by itself)' if capped else ''}",
            )
            yield Figure(f"class_day.{rate.code}.{name}", words, f"{shown(fen)} 元/人天", rate.items_citation)


def _days(edition: TableEdition) -> Iterator[Figure]:
    if not edition.rates:
        return
    for step in edition.steps:
        words = Sentence(f"超过{step.above_days}天的天数", f"days above {step.above_days}")
        yield Figure(f"step.{step.above_days}", words, f"{step.percent}%", step.citation)
    count = edition.day_count
    words = Sentence("报到、撤离计入天数", "days of arrival and departure that count")
    value = f"{count.arrival_most} + {count.departure_most}，合计 ≤ {count.together_most} 天"
    yield Figure("day_count", words, value, count.citation)


def _staff(edition: TableEdition) -> Iterator[Figure]:
    if edition.staff is not None:
        words = Sentence("工作人员占学员比例及人数上限", "staff, in share of the trainees and in heads")
        yield Figure("staff", words, f"≤ {edition.staff.percent}%，≤ {edition.staff.most} 人", edition.staff.citation)


def _lectures(scale: LectureScale) -> Iterator[Figure]:
    unit = "元/学时（税后）" if scale.per == "class_hour" else "元/半天（税后）"
    for grade, (fen, citation) in scale.grades.items():
        words = GRADE_WORDS[grade]
        yield Figure(
            f"lecture.{grade}",
            Sentence(f"讲课费·{words.zh}", f"lecture, {words.en}"),
            f"≤ {shown(fen)} {unit}",
            citation,
        )
    words = Sentence("每半天最多计学时", "class hours paid in a half-day")
    yield Figure("lecture.half_day", words, f"≤ {scale.most_hours} 学时", scale.citation)
    if scale.uplift_percent is not None:
        words = Sentence("外地教师经书面批准上浮", "more for lecturers from elsewhere, approved in writing")
        yield Figure("lecture.uplift", words, f"≤ {scale.uplift_percent}%", scale.citation)
