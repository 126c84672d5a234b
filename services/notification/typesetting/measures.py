"""Every measure of an official letter, each with the clause it comes from.

Clauses are those of GB/T 9704-2012; "derived" says from which other measures a number follows, "house" that the
standard leaves it open and we chose it for looks. Templates and layout tests both read this table, nothing else.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Measure:
    """One number of the layout, its unit and where it comes from."""

    value: float
    unit: Literal["mm", "pt", "em", "count"]
    source: str


MEASURES: dict[str, Measure] = {
    "page_width": Measure(210, "mm", "5.1 A4"),
    "page_height": Measure(297, "mm", "5.1 A4"),
    "margin_top": Measure(37, "mm", "5.2.1 天头 37±1"),
    "margin_left": Measure(28, "mm", "5.2.1 订口 28±1"),
    "margin_right": Measure(26, "mm", "derived: 210 - 28 - 156"),
    "margin_bottom": Measure(35, "mm", "derived: 297 - 37 - 225"),
    "text_width": Measure(156, "mm", "5.2.1 版心 156×225"),
    "text_height": Measure(225, "mm", "5.2.1 版心 156×225"),
    "lines": Measure(22, "count", "5.2.3 每面 22 行"),
    "characters": Measure(28, "count", "5.2.3 每行 28 字"),
    "line_pitch": Measure(225 / 22, "mm", "derived: 225 mm / 22 lines = 28.99 pt"),
    "character_pitch": Measure(156 / 28, "mm", "derived: 156 mm / 28 characters = 15.79 pt, so 16 pt glyphs close up"),
    "size_title": Measure(22, "pt", "7.3.1 标题 2 号"),
    "size_text": Measure(16, "pt", "5.2.2 3 号"),
    "size_small": Measure(14, "pt", "7.4.2, 7.5 版记、页码 4 号"),
    "issuer_top": Measure(30, "mm", "10.1 信函格式 发文机关标志上边缘至上页边"),
    "issuer_size_most": Measure(40, "pt", "house: the largest size that still looks calm above a letter"),
    "issuer_width_most": Measure(150, "mm", "house: a long name shrinks to stay inside the red line"),
    "issuer_height_share": Measure(0.96, "em", "house: height of the ink of a full-width character"),
    "red_line_gap": Measure(4, "mm", "10.1 发文机关标志下 4 mm"),
    "red_line_length": Measure(170, "mm", "10.1 线长 170 mm"),
    "red_line_bottom": Measure(20, "mm", "10.1 第二条双线距下页边 20 mm"),
    "red_line_thick": Measure(0.9, "mm", "house: 10.1 only says thick and thin"),
    "red_line_thin": Measure(0.35, "mm", "house: as the first line of 版记, 7.4.1"),
    "red_line_between": Measure(0.6, "mm", "house: white between the two strokes"),
    "number_gap": Measure(16 * 7 / 8, "pt", "10.1 发文字号 below the line by 7/8 of a 3 号 character"),
    "title_gap_lines": Measure(2, "count", "10.1 标题与其上最后一个要素相距二行"),
    "head_lines": Measure(4, "count", "derived: lines of the grid that head, number and the two-line gap take"),
    "indent_characters": Measure(2, "count", "7.3.3 每个自然段左空二字"),
    "date_right_characters": Measure(4, "count", "7.3.5.1 成文日期右空四字"),
    "sign_gap_lines": Measure(2, "count", "7.3.5.1 印章上边缘距正文一行之内 (a 42 mm seal centred on name and date)"),
    "page_number_drop": Measure(7, "mm", "7.5 一字线上距版心下边缘 7 mm"),
    "page_number_inset_characters": Measure(1, "count", "7.5 单页码居右空一字，双页码居左空一字"),
    "copy_inset_characters": Measure(1, "count", "7.4.2 抄送左右各空一字"),
    "bold_stroke": Measure(0.45, "pt", "house: drawn round a regular weight that stands in for 小标宋"),
}

RED = "#d7000f"


def measures_json() -> str:
    """Return the table as the JSON the templates read: lengths as ``"37mm"``-like pairs of number and unit."""
    return json.dumps({name: [measure.value, measure.unit] for name, measure in MEASURES.items()} | {"red": RED})
