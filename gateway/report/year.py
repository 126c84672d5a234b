"""Gathering a year: each service's figures with the rows behind them, and who did not answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from gateway.console.asking import Asked, Asking
from gateway.console.codes import said
from gateway.report.drawings import DRAWINGS, Drawing

Row = dict[str, Any]
# The order of the report is the order of the year.
CHAPTERS = (
    ("scheduling", "计划、课程与师资"),
    ("enrollment", "选调、录取与经费"),
    ("compliance", "学习管理"),
    ("outcomes", "问题、研究报告与政策建议"),
    ("notification", "函件与送达"),
)
_UNITS = {
    "people": "人", "hours": "学时", "days": "天", "yuan": "元", "terms": "期", "items": "项", "percent": "%",
}  # fmt: skip
_HEADLINES = (
    "terms_held", "nominations", "quota_use", "punctuality", "attendance", "completions", "question_coverage",
    "proposal_adoption",
)  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """One figure, in words for people: ``rows`` hold what stands in ``columns``, names instead of identifiers."""

    key: str
    title: str
    value: float | None
    unit: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    drawing: Drawing | None

    @property
    def value_text(self) -> str:
        """The value as people write it: no idle decimals, a dash while there is nothing to say."""
        return "—" if self.value is None else number_text(self.value)

    @property
    def drawn(self) -> bool:
        """Whether there is something to draw."""
        return self.drawing is not None and any(row.get(key) for row in self.rows for key in self.drawing.series)


@dataclass(frozen=True)
class Chapter:
    """What one service says of the year; ``away`` when it did not answer, ``closed`` when the caller may not ask."""

    service: str
    title: str
    state: Literal["told", "away", "closed"]
    figures: tuple[Figure, ...] = ()

    @property
    def filled(self) -> list[Figure]:
        """The figures with something behind them, the drawn ones first."""
        return sorted((each for each in self.figures if each.rows), key=lambda each: not each.drawn)

    @property
    def empty(self) -> list[Figure]:
        """The figures there is nothing to say of yet."""
        return [each for each in self.figures if not each.rows]


@dataclass(frozen=True)
class YearReport:
    """The report of a plan."""

    plan_id: str
    title: str
    year: int
    chapters: tuple[Chapter, ...]

    @property
    def headlines(self) -> list[Figure]:
        """The few figures that stand first."""
        found = {each.key: each for chapter in self.chapters for each in chapter.figures}
        return [found[key] for key in _HEADLINES if key in found]

    @property
    def away(self) -> list[str]:
        """Titles of the chapters nobody told."""
        return [chapter.title for chapter in self.chapters if chapter.state == "away"]


def gather(asking: Asking, plan: Mapping[str, Any]) -> YearReport:
    """Return the report of one plan, as far as services answer."""
    plan_id = str(plan["plan_id"])
    questions = {
        service: Asked(service, f"get_{service}_figures", {"plan_id": plan_id})
        for service, _ in CHAPTERS
        if asking.may(service, f"get_{service}_figures")
    }
    answers = asking.together(questions)
    names = _names(asking)
    chapters = tuple(_chapter(service, title, answers, names) for service, title in CHAPTERS)
    year = int(plan.get("year") or 0)
    return YearReport(plan_id, str(plan.get("title") or f"{year}年度培训计划"), year, chapters)


def number_text(value: float) -> str:
    """Return a number without idle decimals, thousands apart."""
    return f"{value:,.1f}".removesuffix(".0") if isinstance(value, float) else f"{value:,}"


def _chapter(
    service: str, title: str, answers: Mapping[str, Row | None], names: Mapping[str, Mapping[str, str]]
) -> Chapter:
    if service not in answers:
        return Chapter(service, title, "closed")
    reply = answers[service]
    if reply is None:
        return Chapter(service, title, "away")
    return Chapter(service, title, "told", tuple(_figure(each, names) for each in reply["figures"]))


def _figure(told: Row, names: Mapping[str, Mapping[str, str]]) -> Figure:
    columns = tuple((str(each["key"]), str(each["title"]["zh"])) for each in told["columns"])
    rows = tuple({key: _shown(key, row.get(key), names) for key, _ in columns} for row in told["rows"])
    drawing = DRAWINGS.get(told["key"])
    if drawing is not None and not {drawing.over, *drawing.series} <= {key for key, _ in columns}:
        drawing = None  # the service tells something else under this name: its rows still stand
    return Figure(
        key=str(told["key"]),
        title=str(told["title"]["zh"]),
        value=told["value"],
        unit=_UNITS.get(str(told["unit"]), str(told["unit"])),
        columns=columns,
        rows=rows,
        drawing=drawing,
    )


def _shown(key: str, value: Any, names: Mapping[str, Mapping[str, str]]) -> Any:
    if key in names:
        return names[key].get(str(value), value)
    return said(value) if isinstance(value, str) else value


def _names(asking: Asking) -> dict[str, dict[str, str]]:
    units = asking.rows("enrollment", "list_units", limit=200)
    lecturers = asking.rows("scheduling", "list_lecturers", limit=200)
    return {
        "unit_id": {row["unit_id"]: row["title"] for row in units},
        "lecturer_id": {row["lecturer_id"]: row["name"] for row in lecturers},
    }
