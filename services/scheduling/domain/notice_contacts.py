"""The contacts at the foot of a notice: 联系人, 联系电话, 传真 of each organiser."""

from __future__ import annotations

import re

from services.scheduling.domain.notice_draft import ContactDraft, Problem
from services.scheduling.domain.notice_passage import Line, Report
from services.scheduling.domain.notice_problems import LONGEST_QUOTE, quoted
from services.scheduling.domain.numerals import is_blank, plain, tidy

_LABEL = re.compile(
    r"(?P<person>联\s*系\s*人(?:员)?)|(?P<fax>传\s*真(?:电话|号码)?)|(?P<phone>(?:(?:联\s*系|办公|咨询)\s*)?电\s*话(?:号码)?|手\s*机(?:号码?)?)"
    r"|(?P<other>(?:电子)?邮\s*箱|地\s*址|邮\s*编|联\s*系\s*方\s*式)"
)
_COLON = re.compile(r"\s*[:：]\s*")
# A space may stand in a number and beside what parts two: it counts to the number, lest each space be tried as both.
_DIALLED, _PARTING = r"[\d+()（）\-—－ ]", r"[、,，/;；转]"
_NUMBER = re.compile(rf"{_DIALLED}{{5,}}+(?:{_PARTING}++(?: ++{_PARTING}++)*+{_DIALLED}{{3,}}+)*+")
_EDGES = " 　，,；;。.、(（"


def read_contacts(lines: list[Line], report: Report) -> list[ContactDraft]:
    """Return the contacts in order; a value left open is ``None``, one that makes no sense is reported."""
    contacts: list[ContactDraft] = []
    organisation_ahead: str | None = None
    for line in lines:
        labels = _labels(line.text)
        text = tidy(line.text)
        if not labels:
            organisation_ahead = text.rstrip("：:") if text.endswith(("：", ":")) and len(text) <= 40 else None
            continue
        head = line.text[: labels[0][1]].strip(_EDGES)
        for index, (name, start, value_start) in enumerate(labels):
            stop = labels[index + 1][1] if index + 1 < len(labels) else len(line.text)
            value, next_head = _cut(line.text[value_start:stop], name)
            if name == "person":
                contacts.append(_opened(head or organisation_ahead, line, report))
                organisation_ahead = None
            head = next_head
            _fill(contacts, name, value, line, report, start)
    return contacts


def _labels(text: str) -> list[tuple[str, int, int]]:
    """Return (which, where its label starts, where its value starts) for each label followed by a colon."""
    found = []
    for match in _LABEL.finditer(text):
        colon = _COLON.match(text, match.end())
        if colon and match.lastgroup:
            found.append((match.lastgroup, match.start(), colon.end()))
    return found


def _cut(raw: str, name: str) -> tuple[str, str]:
    """Split what follows a label into its value and the organisation's name that may open the next contact."""
    parts = [part for part in re.split(r"\s{2,}|[；;，,。]", plain(raw).strip()) if part.strip(_EDGES)]
    if not parts:
        return "", ""
    if name in ("phone", "fax"):
        found = _NUMBER.match(parts[0])
        tail = parts[0][found.end() :] if found else ""
        return (found.group().strip() if found else parts[0]), (parts[-1] if len(parts) > 1 else tail).strip(_EDGES)
    return parts[0], parts[-1].strip(_EDGES) if len(parts) > 1 else ""


def _opened(organisation: str | None, line: Line, report: Report) -> ContactDraft:
    name = tidy(organisation or "") or None
    if name is None:
        report(
            Problem(
                line.number,
                line.text.strip(),
                "“联系人”前没有写明单位",
                "no organisation stands before the contact person",
            )
        )
    return ContactDraft(name)


def _fill(contacts: list[ContactDraft], name: str, value: str, line: Line, report: Report, start: int) -> None:
    if name == "other":
        return
    value = re.sub(r"(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])", "", value).strip(
        _EDGES + ")）" if name == "person" else " "
    )
    if not contacts:
        report(
            Problem(
                line.number,
                line.text.strip(),
                f"“{quoted(line.text[start : start + LONGEST_QUOTE * 2].strip())}”没有对应的联系人",
                "this number belongs to no contact person named before it",
            )
        )
        return
    if is_blank(value):
        return
    if name != "person" and not _NUMBER.fullmatch(value):
        report(
            Problem(
                line.number,
                line.text.strip(),
                f"“{quoted(value)}”不是电话或传真号码，按未填处理",
                f"{quoted(value)!r} is not a telephone or fax number; kept open",
            )
        )
        return
    if getattr(contacts[-1], name) is None:
        setattr(contacts[-1], name, value)
