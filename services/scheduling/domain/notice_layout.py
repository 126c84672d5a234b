"""How a notice is laid out: preamble, numbered items, and which of the items are programmes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from services.scheduling.domain.notice_passage import Line
from services.scheduling.domain.numerals import BLANK, NUMBER, number, plain, tidy

_CHINESE = "[一二三四五六七八九十]{1,4}"
_MARKS = (
    re.compile(rf"\s*({_CHINESE})\s*、"),
    re.compile(rf"\s*[（(]\s*({_CHINESE})\s*[）)]"),
    re.compile(
        r"\s*(\d{1,3})(?:\s*+[.、:：](?!\d)|(?=\s++[^\d\s月日年期人天]\S*班)|(?=\s*+[\u4e00-\u9fff“]\S*[^，。]班\s*$))"
    ),
    re.compile(r"\s*+(?:[（(]\s*)?(\d{1,3})\s*[）)]"),
    re.compile(r"\s*([①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳])"),
)
_TITLE = re.compile(r"(?P<title>[^。；，：:;,]*?班)(?=[。:：,，;；(（]|\s*$|计划|拟|共)")
_FIGURES = re.compile(
    rf"举办(?:时间|(?:{NUMBER}|{BLANK})期)|(?:举办|分)(?:{NUMBER}|{BLANK}|若干)期|学制|共(?:计)?培训(?:{NUMBER}|{BLANK})[人名]|办班时间"
)
_LONGEST_TITLE = 60


@dataclass(slots=True)
class Item:
    """A numbered passage. ``style`` is the depth of its numbering: 0 一、 1（一） 2 1. 3（1） 4 ①."""

    style: int
    ordinal: int
    heading: Line
    body: list[Line] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The whole passage without spaces."""
        return "".join("".join(plain(line.text).split()) for line in (self.heading, *self.body))

    @property
    def titled(self) -> bool:
        """Whether it opens with the name of a class (…班)."""
        return self.split_title()[0] is not None

    @property
    def figured(self) -> bool:
        """Whether it gives a class's figures."""
        return _FIGURES.search(self.text) is not None

    def split_title(self) -> tuple[str | None, list[Line]]:
        """Return the class's title and the lines that follow it; ``None`` when the heading names no class."""
        whole = tidy(self.heading.text)
        match = _TITLE.match(whole)
        if match is None and self.body and len(whole) <= _LONGEST_TITLE and not re.search(r"[。；，：]", whole):
            joined = _TITLE.match(whole + tidy(self.body[0].text))
            if joined and len(joined.group("title")) > len(whole):
                rest = (whole + tidy(self.body[0].text))[joined.end() :]
                return joined.group("title"), [Line(self.body[0].number, rest), *self.body[1:]]
        if match is None:
            return None, [self.heading, *self.body]
        return match.group("title"), [Line(self.heading.number, whole[match.end() :].lstrip("。:：,，;；")), *self.body]


@dataclass(slots=True)
class Layout:
    """The notice in its parts; ``others`` are the lines of items that are not programmes."""

    preamble: list[Line]
    programmes: list[Item]
    others: list[Line]


def lay_out(text: str) -> Layout:
    """Split a notice's text into preamble, programmes and the rest."""
    lines = [Line(index, plain(line)) for index, line in enumerate(re.split(r"\r\n|\r|\n|\x0b|\x0c", text), start=1)]
    preamble, items = _items([line for line in lines if line.text.strip()])
    layout = Layout(preamble, [], [])
    open_programme: Item | None = None
    for index, item in enumerate(items):
        following = items[index + 1] if index + 1 < len(items) else None
        if _heads_a_group(item, following):
            open_programme = None
        elif open_programme and item.style > open_programme.style and not item.titled:
            open_programme.body += [item.heading, *item.body]
            continue
        elif item.titled or item.figured or _belongs_between(item, layout.programmes, following):
            open_programme = item
            layout.programmes.append(item)
            continue
        else:
            open_programme = None
        layout.others += [item.heading, *item.body]
    return layout


def _items(lines: list[Line]) -> tuple[list[Line], list[Item]]:
    preamble: list[Line] = []
    items: list[Item] = []
    for line in lines:
        for style, mark in enumerate(_MARKS):
            match = mark.match(line.text)
            if match:
                value = ord(match.group(1)) - 0x245F if style == 4 else number(match.group(1))
                items.append(Item(style, value or 0, Line(line.number, line.text[match.end() :].strip())))
                break
        else:
            (items[-1].body if items else preamble).append(line)
    return preamble, items


def _heads_a_group(item: Item, following: Item | None) -> bool:
    if following is None or following.style <= item.style:
        return False
    return following.titled or (not item.titled and following.figured)


def _belongs_between(item: Item, programmes: list[Item], following: Item | None) -> bool:
    """A short numbered heading in the run of programmes counts as one, so that it is kept and reported."""
    text = tidy(item.heading.text)
    in_run = bool(programmes) and programmes[-1].style == item.style and programmes[-1].ordinal + 1 == item.ordinal
    goes_on = following is None or following.style < item.style or (following.style == item.style and following.titled)
    return in_run and goes_on and len(text) <= _LONGEST_TITLE and "。" not in text.rstrip("。")
