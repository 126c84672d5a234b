"""A sheet's rows as entries: who is nominated for which term, or what is wrong with the row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from services.enrollment.domain.citizen_id import CitizenId, read_citizen_id
from services.enrollment.domain.eligibility import TermFacts
from services.enrollment.domain.roster import cells
from services.enrollment.domain.roster.columns import TITLES
from services.enrollment.domain.roster.heading import Heading, repeats_heading
from services.enrollment.domain.roster.terms import TermBook
from services.enrollment.domain.sheet import BadCell, Cell, Sheet
from services.enrollment.domain.wording import Refusal, Sentence

T = TypeVar("T")

_NOTE = re.compile(
    r"^(备?注[:：\d]|注\d*[、.:：]|说明[:：]|填表|填报|制表|审核|审批|负责人|经办|联系人|单位[(（]?(盖章|公章)|[(（]?盖章|盖章"
    r"|合计|总计|小计|共计|共\d+人|分管领导|主要领导|签字|报送(日期|时间|单位)|日期[:：]|附[:：件])"
)
_PLAIN_TEXT = {
    "ethnicity": 30,
    "political_status": 30,
    "education": 30,
    "workplace": 200,
    "post": 200,
    "rank": 60,
    "diet": 60,
    "remark": 500,
}
_LONGEST_QUESTION = 1000


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to say about a row; ``column`` is the heading it is about. It repeats no personal data."""

    level: str
    code: str
    column: str | None
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that can become a nomination."""

    citizen: CitizenId
    name: str
    term: TermFacts
    phone: str
    texts: dict[str, str]
    questions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One row about a person (``row`` counts from 1 as in the file): an entry, or errors among the remarks."""

    sheet: str
    row: int
    entry: Entry | None
    remarks: tuple[Remark, ...] = ()


@dataclass(slots=True)
class _Reading:
    heading: Heading
    cells: Sequence[Cell]
    remarks: list[Remark] = field(default_factory=list)

    def cell(self, name: str) -> Cell:
        column = self.heading.columns.get(name)
        return self.cells[column] if column is not None and column < len(self.cells) else None

    def label(self, name: str) -> str:
        return self.heading.labels.get(name, TITLES.get(name, name))

    def take(self, name: str, read: Callable[[Cell], T], level: str = "error") -> T | None:
        try:
            return read(self.cell(name))
        except Refusal as refusal:
            self.say(level, name, refusal)
            return None

    def say(self, level: str, name: str, refusal: Refusal) -> None:
        self.remarks.append(Remark(level, refusal.code, self.label(name), refusal.sentence))


def read_lines(sheet: Sheet, heading: Heading, book: TermBook, today: date) -> Iterator[Line]:
    """Yield every row that is about a person; blank rows, notes, signatures and repeated headings are passed over."""
    default = book.term_in_title(heading.title)
    for index in range(heading.first_data_row, len(sheet.rows)):
        row = sheet.rows[index]
        if _is_about_a_person(row, heading):
            reading = _Reading(heading, row)
            entry = _entry(reading, book, default, today)
            yield Line(sheet.name, index + 1, entry, tuple(reading.remarks))


def _is_about_a_person(row: Sequence[Cell], heading: Heading) -> bool:
    filled = [cell for cell in row if isinstance(cell, BadCell) or (cell is not None and str(cell).strip())]
    if not filled:
        return False
    texts = [str(cell).strip() for cell in filled if isinstance(cell, str)]
    reading = _Reading(heading, row)
    if _filled(reading.cell("id_number")) and not isinstance(reading.cell("id_number"), str):
        return True
    if any(_NOTE.match(text) for text in texts) and not _looks_like_id(reading.cell("id_number")):
        return False
    if repeats_heading(row, heading) or (len(filled) >= 3 and len(set(map(str, filled))) == 1):
        return False
    known = sum(1 for name in heading.columns if name != "number" and _filled(reading.cell(name)))
    named = _filled(reading.cell("name")) or _filled(reading.cell("id_number"))
    return known >= 2 if named else known >= 3


def _filled(cell: Cell) -> bool:
    return isinstance(cell, BadCell) or (cell is not None and bool(str(cell).strip()))


def _looks_like_id(cell: Cell) -> bool:
    return isinstance(cell, (BadCell, int, float)) or (isinstance(cell, str) and sum(map(str.isdigit, cell)) >= 15)


def _entry(reading: _Reading, book: TermBook, default: tuple[str, str] | None, today: date) -> Entry | None:
    name = reading.take("name", cells.name_of)
    citizen = reading.take("id_number", lambda cell: _citizen(cell, today))
    term = _term(reading, book, default)
    phone = reading.take("phone", cells.phone_of)
    texts: dict[str, str] = {key: _text(reading, key, longest) for key, longest in _PLAIN_TEXT.items()}
    sex = reading.take("sex", cells.sex_of, "warning")
    born = reading.take("born", cells.month_of, "warning")
    questions = tuple(
        (kind, text) for kind in ("question", "case") if (text := _text(reading, kind, _LONGEST_QUESTION))
    )
    if "phone" in reading.heading.columns and phone == "":
        reading.remarks.append(_missing_phone(reading))
    if name is None or citizen is None or term is None or any(remark.level == "error" for remark in reading.remarks):
        return None
    _compare(reading, citizen, sex, born)
    texts["sex"] = citizen.sex
    return Entry(citizen, name, term, phone or "", texts, questions)


def _citizen(cell: Cell, today: date) -> CitizenId:
    text = cells.id_text_of(cell)
    if not text:
        raise Refusal("id-missing", "未填写身份证号", "the ID number is missing")
    return read_citizen_id(text, today)


def _term(reading: _Reading, book: TermBook, default: tuple[str, str] | None) -> TermFacts | None:
    programme = reading.take("programme", cells.optional_text)
    number = reading.take("term", cells.optional_text)
    if programme is None or number is None:
        return None
    if not programme and default is not None:
        programme, number = default[0], number or default[1]
    try:
        return book.find(programme, number)
    except Refusal as refusal:
        reading.say("error", "term" if refusal.code.startswith("term") else "programme", refusal)
        return None


def _text(reading: _Reading, name: str, longest: int) -> str:
    text = reading.take(name, cells.optional_text) or ""
    if len(text) > longest:
        refusal = Refusal(
            "too-long",
            f"内容共{len(text)}字，超过{longest}字，请精简",
            f"the text has {len(text)} characters, at most {longest} are taken; shorten it",
        )
        reading.say("error", name, refusal)
    return text


def _missing_phone(reading: _Reading) -> Remark:
    return Remark(
        "warning",
        "phone-missing",
        reading.label("phone"),
        Sentence("未填写联系电话，通知可能无法送达本人", "no phone given"),
    )


def _compare(reading: _Reading, citizen: CitizenId, sex: str | None, born: tuple[int, int] | None) -> None:
    if sex and sex != citizen.sex:
        reading.say(
            "warning",
            "sex",
            Refusal(
                "sex-differs",
                "性别与身份证号不一致，已以身份证号为准",
                "the sex differs from the ID number, which is taken",
            ),
        )
    if born is not None and born != (citizen.born_on.year, citizen.born_on.month):
        reading.say(
            "warning",
            "born",
            Refusal(
                "born-differs",
                "出生年月与身份证号不一致，已以身份证号为准",
                "the birth date differs from the ID number, which is taken",
            ),
        )
    for warning in citizen.warnings:
        reading.remarks.append(Remark("warning", "id-region", reading.label("id_number"), warning))
