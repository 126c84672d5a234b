"""Which term a row means: the programme by ordinal or title, the term by its number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from services.enrollment.domain.eligibility import TermFacts
from services.enrollment.domain.privacy import without_numbers
from services.enrollment.domain.wording import Refusal

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_NUMBER = r"[0-9]{1,3}|[零〇一二三四五六七八九十两]{1,3}"
_TERM = re.compile(rf"第?({_NUMBER})期")
_ORDINAL = re.compile(rf"(?:第|班次)?({_NUMBER})(?:号|班|个班|、|\.|号班)?")
_LEADING = re.compile(
    r"^(?:[(（]?[0-9]{1,2}[)）]?[、.．]?(?=[^0-9年]{2})|[(（][一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+、)"
)
_TAIL = re.compile(r"(专题)?(培训|研讨|进修|轮训)?班$|(专题)?(培训|研讨)$")
_SIGNS = re.compile(r"[\W_]+")
_SHORTEST = 4


def whole_number(text: str) -> int | None:
    """Return the number of Arabic, full-width or Chinese digits up to 99, or ``None``."""
    text = unicodedata.normalize("NFKC", text).strip()
    if text.endswith(".0"):
        text = text[:-2]
    if text.isdigit():
        return int(text)
    if not text or any(character not in _DIGITS and character != "十" for character in text) or text.count("十") > 1:
        return None
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS[ones] if len(ones) == 1 else None
    if len(tens) > 1 or len(ones) > 1:
        return None
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


def bare_title(text: str) -> str:
    """Return a programme's title without signs, spaces, its number in front and 专题培训班 at its end."""
    text = _LEADING.sub("", unicodedata.normalize("NFKC", text).strip())
    return _TAIL.sub("", _SIGNS.sub("", text))


class TermBook:
    """The terms a roster may name; look-ups are remembered, so a long roster costs no more a row than a short one."""

    def __init__(self, terms: Iterable[TermFacts]) -> None:
        self._programmes: dict[str, list[TermFacts]] = {}
        for term in sorted(terms, key=lambda term: (term.programme_ordinal, term.ordinal, term.starts_on)):
            self._programmes.setdefault(term.programme_id, []).append(term)
        self._titles = {key: bare_title(terms[0].programme_title) for key, terms in self._programmes.items()}
        self._known: dict[tuple[str, str], TermFacts | Refusal] = {}

    def find(self, programme: str, term: str) -> TermFacts:
        """Return the term, or raise ``Refusal`` with the choices there are."""
        key = (programme, term)
        if key not in self._known:
            try:
                self._known[key] = self._look(programme, term)
            except Refusal as refusal:
                self._known[key] = refusal
        answer = self._known[key]
        if isinstance(answer, Refusal):
            raise Refusal(answer.code, answer.sentence.zh, answer.sentence.en)
        return answer

    def term_in_title(self, title: str) -> tuple[str, str] | None:
        """Return programme title and term number that stand in the lines above a table, or ``None``."""
        signs = _SIGNS.sub("", unicodedata.normalize("NFKC", title))
        hits = [key for key, bare in self._titles.items() if len(bare) >= _SHORTEST and bare in signs]
        if len(hits) != 1:
            return None
        number = _TERM.search(unicodedata.normalize("NFKC", title))
        return self._programmes[hits[0]][0].programme_title, number.group(1) if number else ""

    def _look(self, programme: str, term: str) -> TermFacts:
        text = unicodedata.normalize("NFKC", programme).strip()
        inside = _TERM.search(text)
        if inside and (rest := text.replace(inside.group(0), "")):
            text = re.sub(r"[()（）\[\]【】]\s*[()（）\[\]【】]", "", rest).strip()
            term = term or inside.group(1)
        return self._pick_term(self._pick_programme(text), term)

    def _pick_programme(self, text: str) -> list[TermFacts]:
        if not text:
            raise Refusal(
                "programme-missing",
                f"未填写班次，请填班次序号或名称：{self._choices()}",
                "the programme is missing; give its number or title",
            )
        ordinal = _ORDINAL.fullmatch(re.sub(r"\s+", "", text.removesuffix(".0")))
        number = whole_number(ordinal.group(1)) if ordinal else None
        wanted = bare_title(text)
        hits = [
            terms
            for key, terms in self._programmes.items()
            if (terms[0].programme_ordinal == number if number is not None else self._titles[key] == wanted)
        ]
        if not hits and number is None and len(wanted) >= _SHORTEST:
            hits = [
                terms
                for key, terms in self._programmes.items()
                if wanted in self._titles[key] or (len(self._titles[key]) >= _SHORTEST and self._titles[key] in wanted)
            ]
        if len(hits) == 1:
            return hits[0]
        shown = without_numbers(text)  # in a row that slipped by a column, somebody's number stands here
        if hits:
            raise Refusal(
                "programme-ambiguous",
                f"班次“{shown[:40]}”对应多个班次，请写全称或序号",
                f"{shown[:40]!r} fits several programmes; give the full title",
            )
        raise Refusal(
            "programme-unknown",
            f"没有班次“{shown[:40]}”，可填：{self._choices()}",
            f"there is no programme {shown[:40]!r}; give the number or title of one in the plan",
        )

    def _pick_term(self, terms: list[TermFacts], text: str) -> TermFacts:
        title, numbers = terms[0].programme_title, "、".join(str(term.ordinal) for term in terms)
        cleaned = re.sub(r"[\s第期()（）]", "", unicodedata.normalize("NFKC", text))
        if not cleaned:
            if len(terms) == 1:
                return terms[0]
            raise Refusal(
                "term-missing",
                f"“{title}”共有第{numbers}期，请填写期次",
                f"the programme has terms {numbers}; say which",
            )
        number = whole_number(cleaned)
        for term in terms:
            if term.ordinal == number:
                return term
        raise Refusal(
            "term-unknown",
            f"“{title}”没有期次“{without_numbers(text)[:20]}”，现有第{numbers}期",
            f"the programme has no term {without_numbers(text)[:20]!r}; there are {numbers}",
        )

    def _choices(self) -> str:
        return "；".join(
            f"{terms[0].programme_ordinal} {terms[0].programme_title}" for terms in self._programmes.values()
        )
