"""How long a notice may be: what is far longer is something else, and reading it would help nobody."""

from __future__ import annotations

from dataclasses import dataclass

from services.scheduling.domain.notice_layout import Item
from services.scheduling.domain.notice_problems import quoted
from services.scheduling.domain.numerals import tidy
from shared.policies import Policies

_LONGEST_NAME = 40


class NoticeTooLong(Exception):
    """The text is longer than a notice can be; ``zh`` and ``en`` say by how much and what to do."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh = zh
        self.en = en


@dataclass(frozen=True, slots=True)
class NoticeLimits:
    """The most characters of a notice, and of the passage of one programme with its heading."""

    characters: int
    programme_characters: int

    @classmethod
    def of(cls, policies: Policies) -> NoticeLimits:
        """Return the limits in force. Source: ``notice.*`` in the service's policies."""
        return cls(policies.number("notice.characters"), policies.number("notice.programme_characters"))

    def check_text(self, text: str) -> None:
        """Raise ``NoticeTooLong`` for a text above the limit."""
        if len(text) > self.characters:
            raise NoticeTooLong(
                f"通知全文有{len(text)}字，超过{self.characters}字的上限，请只保留通知正文（删去附件、名册等）后再读",
                f"the notice has {len(text)} characters, above the limit of {self.characters}; keep the notice itself, "
                "without annexes and lists, and read it again",
            )

    def check_programmes(self, programmes: list[Item]) -> None:
        """Raise ``NoticeTooLong`` for the first programme whose lines together are above the limit."""
        for item in programmes:
            length = sum(len(line.text) for line in (item.heading, *item.body))
            if length <= self.programme_characters:
                continue
            name = quoted(tidy(item.heading.text), _LONGEST_NAME)
            raise NoticeTooLong(
                f"第{item.heading.number}行起的班次“{name}”有{length}字，超过一个班次{self.programme_characters}字的上限，"
                "请检查其后是否混入了其他内容，或下一班次缺少序号，改正后再读",
                f"the programme {name!r} from line {item.heading.number} on has {length} characters, above the limit "
                f"of {self.programme_characters} for one; look for foreign text after it, or for a next programme "
                "that lost its number, and read it again",
            )
