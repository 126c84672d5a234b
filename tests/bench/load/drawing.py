"""Lines over time as a picture: an SVG, made a PNG by the Chromium that the tests use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from playwright.sync_api import sync_playwright

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP = 1000, 250, 70, 170, 40
_COLOURS = ("#2a6fb0", "#d9822b", "#c23030", "#0f9960", "#7157d9", "#8f398f", "#5c7080")
_STEPS = 4
Points = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Chart:
    """One chart: seconds along, values up."""

    title: str
    lines: Mapping[str, Points]


def draw(charts: Sequence[Chart], marks: Sequence[tuple[float, str]], out: Path) -> None:
    """Draw the charts below each other; ``marks`` are moments with a word, dashed in each."""
    ends = max(at for chart in charts for points in chart.lines.values() for at, _ in points)
    parts = [_chart(chart, number, ends, marks) for number, chart in enumerate(charts)]
    height = len(charts) * (_HEIGHT + _TOP + 30)
    whole = _LEFT + _WIDTH + _RIGHT
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="{height}">{"".join(parts)}</svg>'
    page_text = f"<style>body{{margin:0;background:#fff;font:13px sans-serif}}</style>{svg}"
    out.parent.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": whole, "height": height})
        page.set_content(page_text)
        page.screenshot(path=out, full_page=True)
        browser.close()


def _chart(chart: Chart, number: int, ends: float, marks: Sequence[tuple[float, str]]) -> str:
    top = number * (_HEIGHT + _TOP + 30) + _TOP
    most = max((value for points in chart.lines.values() for _, value in points), default=0.0) * 1.05 or 1.0

    def x(at: float) -> float:
        return _LEFT + at / ends * _WIDTH

    def y(value: float) -> float:
        return top + _HEIGHT - value / most * _HEIGHT

    found = [f'<text x="{_LEFT}" y="{top - 14}" font-weight="bold">{escape(chart.title)}</text>']
    for step in range(_STEPS + 1):
        value, at = most * step / _STEPS, ends * step / _STEPS
        found.append(f'<line x1="{_LEFT}" x2="{_LEFT + _WIDTH}" y1="{y(value)}" y2="{y(value)}" stroke="#e1e8ed"/>')
        found.append(f'<text x="{_LEFT - 8}" y="{y(value) + 4}" text-anchor="end">{value:,.0f}</text>')
        found.append(f'<text x="{x(at)}" y="{top + _HEIGHT + 18}" text-anchor="middle">{at:.0f} s</text>')
    for turn, (at, word) in enumerate(marks):
        found.append(
            f'<line x1="{x(at)}" x2="{x(at)}" y1="{top}" y2="{top + _HEIGHT}" stroke="#8a9ba8" stroke-dasharray="4"/>'
        )
        found.append(
            f'<text x="{x(at) + 3}" y="{top + 12 + turn % 2 * 13}" font-size="10" fill="#5c7080">{escape(word)}</text>'
        )
    for place, (name, points) in enumerate(chart.lines.items()):
        colour = _COLOURS[place % len(_COLOURS)]
        path = " ".join(f"{x(at):.1f},{y(value):.1f}" for at, value in points)
        found.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
        last = f"{name}: {points[-1][1]:,.0f}" if points else name
        found.append(
            f'<text x="{_LEFT + _WIDTH + 10}" y="{top + 14 + place * 18}" fill="{colour}">{escape(last)}</text>'
        )
    return "".join(found)
