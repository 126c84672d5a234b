"""The year as a Gantt chart: where everything stands, in the units of an SVG's view box."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from gateway.console.plan_year import Band, PlanYear, ProgrammeLine, TermBar

WIDTH = 1020
LEFT = 258
HEAD = 62
_FOOT = 18
LINE = 42
_RIGHT = 8
_BAR_HEIGHT = 18
_BAR_TOP = 7
_LEAST_BAR = 11.0
_COUNT_WIDTH = 31.0
_DAY = timedelta(days=1)
_SHORT = {"劳动节": "五一", "国庆节": "国庆", "清明节": "清明", "端午节": "端午", "中秋节": "中秋"}


@dataclass(frozen=True, slots=True)
class Month:
    """A month's column."""

    label: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class DrawnBand:
    """A band, with its label where there is room for it."""

    band: Band
    x: float
    width: float
    label: str


@dataclass(frozen=True, slots=True)
class DrawnTerm:
    """A term's bar. ``fill_*`` is the part that rises with the people admitted; ``count_x`` is None without room."""

    term: TermBar
    x: float
    y: float
    width: float
    height: float
    fill_y: float
    fill_height: float
    count_x: float | None
    count_y: float


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A programme's line."""

    programme: ProgrammeLine
    y: float
    terms: tuple[DrawnTerm, ...]
    admitted: int
    capacity: int


@dataclass(frozen=True)
class Chart:
    """The drawn year."""

    width: int
    height: int
    left: int
    head: int
    line: int
    months: tuple[Month, ...]
    bands: tuple[DrawnBand, ...]
    lines: tuple[DrawnLine, ...]
    today_x: float | None


def draw(plan: PlanYear, today: date) -> Chart:
    """Return the chart of a plan's year; ``today`` gets a mark when it lies in the year."""
    scale = _Scale(plan.year)
    lines = tuple(_line(plan, programme, HEAD + place * LINE, scale) for place, programme in enumerate(plan.programmes))
    return Chart(
        width=WIDTH,
        height=HEAD + LINE * max(1, len(lines)) + _FOOT,
        left=LEFT,
        head=HEAD,
        line=LINE,
        months=tuple(scale.month(month) for month in range(1, 13)),
        bands=tuple(_band(band, scale) for band in sorted(plan.bands, key=lambda band: band.kind)),
        lines=lines,
        today_x=round(scale.x(today), 1) if today.year == plan.year else None,
    )


class _Scale:
    def __init__(self, year: int) -> None:
        self._first = date(year, 1, 1)
        self._year = year
        self._days = (date(year + 1, 1, 1) - self._first).days
        self._unit = (WIDTH - LEFT - _RIGHT) / self._days

    def x(self, day: date) -> float:
        """Return where a day begins; days outside the year stand at its edge."""
        return LEFT + min(max((day - self._first).days, 0), self._days) * self._unit

    def month(self, number: int) -> Month:
        """Return a month's column."""
        first = date(self._year, number, 1)
        after = date(self._year + number // 12, number % 12 + 1, 1)
        return Month(f"{number}月", round(self.x(first), 1), round(self.x(after) - self.x(first), 1))


def _band(band: Band, scale: _Scale) -> DrawnBand:
    x, end = scale.x(band.starts_on), scale.x(band.ends_on + _DAY)
    label = band.label
    letters = int((end - x) / 11)
    if band.kind == "holiday":
        label = _SHORT.get(label, label[:2])  # may stand out over its band: the next holiday is weeks away
    elif letters < len(label):
        label = label[: letters - 1] + "…" if letters > 3 else ""
    return DrawnBand(band, round(x, 1), round(end - x, 1), label)


def _line(plan: PlanYear, programme: ProgrammeLine, y: float, scale: _Scale) -> DrawnLine:
    terms = plan.terms_of(programme)
    drawn: list[DrawnTerm] = []
    taken_until = float(LEFT)
    for term in terms:
        x = scale.x(term.starts_on)
        width = max(_LEAST_BAR, scale.x(term.ends_on + _DAY) - x)
        middle = x + width / 2
        has_room = middle - _COUNT_WIDTH / 2 >= taken_until
        if has_room:
            taken_until = middle + _COUNT_WIDTH / 2
        inner = round(_BAR_HEIGHT * term.fill, 1)
        drawn.append(
            DrawnTerm(
                term=term,
                x=round(x, 1),
                y=y + _BAR_TOP,
                width=round(width, 1),
                height=_BAR_HEIGHT,
                fill_y=round(y + _BAR_TOP + _BAR_HEIGHT - inner, 1),
                fill_height=inner,
                count_x=round(middle, 1) if has_room else None,
                count_y=y + _BAR_TOP + _BAR_HEIGHT + 11,
            )
        )
    return DrawnLine(
        programme, y, tuple(drawn), sum(term.admitted for term in terms), sum(term.capacity for term in terms)
    )
