"""Composing messages: the words in force, filled with what is known when they leave."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from services.notification.commands.addressing import Addressing
from services.notification.domain.message_text import Wording, digest
from services.notification.domain.wording import short_date
from services.notification.queries.deliveries import issuer_rows
from services.notification.queries.templates import wording_in_force
from services.notification.rulebook import words
from services.notification.store import LETTERS, TERMS, term_of
from shared.clock import CITY_ZONE
from shared.errors import Fault
from shared.runtime.work import Work

Link = Callable[[str], str]
"""Returns the personal link of a recipient, such as ``lecturer:l-1``; a secret."""
_WEEK = "一二三四五六日"
_SHOWN_NAMES = 5
_SOMEBODY = "该学员"


class Composer:
    """Fills wordings. Names are looked up here, when a message leaves: a message at rest names nobody."""

    def __init__(self, work: Work, addressing: Addressing, link: Link) -> None:
        self._work = work
        self._addressing = addressing
        self._link = link
        self._terms: dict[str, str] = {}
        self._wordings: dict[str, Wording] = {}

    def compose(self, recipient: str, messages: Sequence[Mapping[str, Any]]) -> Wording:
        """Return the words of one dispatch. Raises a transient ``Fault`` when something cannot be found out now."""
        items = [self.filled(message) for message in messages]
        title = self._addressing.reached(recipient).title
        return digest(items, f"{title}：\n\n", self._closing())

    def filled(self, message: Mapping[str, Any]) -> Wording:
        """Return the words of one message."""
        said = {name: self._shown(form, value, message) for name, (form, value) in message["values"].items()}
        said["unit"] = self._addressing.reached(message["recipient"]).title
        return self._wording(message["template"]).filled(said)

    def _wording(self, key: str) -> Wording:
        if key not in self._wordings:
            self._wordings[key], _ = wording_in_force(self._work.view(), key)
        return self._wordings[key]

    def _closing(self) -> str:
        issuer = issuer_rows(self._work.view())["transfer"]
        contact = issuer["contact"]
        ring = f"联系人：{contact['person']}，电话：{contact['phone']}\n" if contact["phone"] else ""
        today = self._work.clock.now().astimezone(CITY_ZONE).date()
        return f"{ring}{issuer['signature']}\n{today.year}年{short_date(today)}"

    def _shown(self, form: str, value: Any, message: Mapping[str, Any]) -> str:
        if form == "link":
            return self._link(message["recipient"])
        if value is None:
            return ""
        make: Callable[[Any, Mapping[str, Any]], str] = getattr(self, f"_as_{form}")
        return make(value, message)

    def _as_text(self, value: Any, message: Mapping[str, Any]) -> str:
        return str(value)

    def _as_count(self, value: Sequence[Any], message: Mapping[str, Any]) -> str:
        return str(len(value))

    def _as_day(self, value: str, message: Mapping[str, Any]) -> str:
        day = date.fromisoformat(value)
        return f"{short_date(day)}（星期{_WEEK[day.weekday()]}）"

    def _as_yuan(self, value: str, message: Mapping[str, Any]) -> str:
        return f"{Decimal(value):,.2f}元"

    def _as_word(self, value: str, message: Mapping[str, Any]) -> str:
        return words().get(value, value)

    def _as_late(self, value: bool, message: Mapping[str, Any]) -> str:
        return "（逾期申请）" if value else ""

    def _as_term(self, value: str, message: Mapping[str, Any]) -> str:
        if value not in self._terms:
            row = self._work.view().rows(TERMS).one({"_id": value})
            self._terms[value] = term_of(row).title if row else "培训班"
        return self._terms[value]

    def _as_unit(self, value: str, message: Mapping[str, Any]) -> str:
        return self._addressing.unit_title(value)

    def _as_lecturer(self, value: str, message: Mapping[str, Any]) -> str:
        return self._addressing.reached(f"lecturer:{value}").title

    def _as_person(self, value: str, message: Mapping[str, Any]) -> str:
        return self._names(message["term_id"], [value]).get(value, _SOMEBODY)

    def _as_people(self, value: list[str], message: Mapping[str, Any]) -> str:
        known = self._names(message["term_id"], value)
        named = [known[each] for each in value if each in known][:_SHOWN_NAMES]
        if not named:
            return f"{len(value)}人"
        return "、".join(named) + (f"等{len(value)}人" if len(value) > len(named) else "")

    def _as_retimed(self, value: list[dict[str, Any]], message: Mapping[str, Any]) -> str:
        return "\n".join(self._retimed(each, message) for each in value)

    def _retimed(self, term: Mapping[str, Any], message: Mapping[str, Any]) -> str:
        before = _span(term["starts_on_before"], term["ends_on_before"])
        title = self._as_term(term["term_id"], message)
        if term["outcome"] == "cancelled":
            return f"{title}：原定{before}，取消"
        if term["outcome"] == "online":
            return f"{title}：原定{before}，改为线上举办"
        return f"{title}：由{before}调整为{_span(term['starts_on'], term['ends_on'])}"

    def _names(self, term_id: str | None, nomination_ids: Sequence[str]) -> dict[str, str]:
        # Every admitted person has a notice here, so names are at hand even when enrollment is away.
        view = self._work.view()
        wanted = {"term_id": term_id, "nomination_id": {"$in": list(nomination_ids)}}
        letters = view.rows(LETTERS).find(wanted, [("_id", 1)])
        plain = view.rows(LETTERS).unseal_many(letters, "said", purpose="name people in a message")
        return {
            letter["nomination_id"]: said["trainees"][0]["name"] for letter, said in zip(letters, plain, strict=True)
        }


def postponed(fault: Fault) -> bool:
    """Return whether composing may succeed later."""
    return fault.transient


def _span(first: str, last: str) -> str:
    begins, ends = date.fromisoformat(first), date.fromisoformat(last)
    return (
        f"{short_date(begins)}至{ends.day}日"
        if begins.month == ends.month
        else f"{short_date(begins)}至{short_date(ends)}"
    )
