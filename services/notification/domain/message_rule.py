"""Which event becomes which message for whom: one rule an event and kind of recipient, as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

AUDIENCES = (
    "unit",  # the unit, or each unit, that a field names
    "units_of_term",  # every unit with people in the term, or in each of the terms
    "trainee",  # the person a field names, through the unit where the person left no contact
    "lecturer",  # the lecturer, or each lecturer, that a field names
    "lecturers_of_term",  # everybody who teaches in the term, or in each of the terms
    "office",  # a named office of the organisers
)


@dataclass(frozen=True)
class Audience:
    """Whom a rule addresses. ``source``: a field of the event (``terms.term_id`` looks into a list), or the office."""

    kind: str
    source: str


@dataclass(frozen=True)
class MessageRule:
    """One line of the table.

    ``key``       the rule's own name; ``event`` the type of event it reads.
    ``template``  what it says; ``fields`` say what stands in its placeholders, as ``source:form``;
                  of several sources, as in ``outstanding|amount``, the first that the event says something in.
    ``subject``   fields that together tell one matter from another; ``anew`` are fields whose change is worth a message
                  of its own, though the matter is the same.
    ``when``      field: values that count (``unless``: that do not); ``"*"`` stands for anything but an empty list,
                  null or false.
    ``news``      what a later event of the matter opened anew or ended is not told any more.
    ``silent``    field: values of which nobody is told by this rule, though what is due follows: somebody else tells.
    ``urgent``    passes quiet hours and waits for no digest.
    ``due``       the field with the last day, null where nothing is left to do; then ``remind`` are working days from
                  it (null: the policy's), and ``overdue`` is what is said one working day late. ``phone``: the office
                  that then rings, or, without a day, rings at once.
    ``outlasts``  what an event from after the term's cancellation asks for is due all the same. By other rules nothing
                  is due in a term that will not be held.
    ``met_by``    event: fields of it that spell the same subject; they end the waiting, and take back the call.
    ``done_by``   event: the field that names the unit or lecturer who has done its part, for good: it is not asked
                  when the matter is opened again. The fields of ``subject`` spell the subject of this event too.
    ``met_when``  event of ``met_by``: field: values with which it does; by others it is no end.
    ``moot``      what has not left when its matter ends, or when its recipient has done its part, is not sent: it would
                  ask for what nobody waits for any more. Not where it holds what the recipient needs all the same.
    """

    key: str
    event: str
    audience: Audience
    template: str
    subject: tuple[str, ...]
    urgent: bool = False
    news: bool = False
    when: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    unless: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    silent: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    due: str | None = None
    remind: tuple[int, ...] | None = None
    overdue: str | None = None
    phone: str | None = None
    outlasts: bool = False
    met_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    met_when: Mapping[str, Mapping[str, tuple[Any, ...]]] = field(default_factory=dict)
    done_by: Mapping[str, str] = field(default_factory=dict)
    anew: tuple[str, ...] = ()
    moot: bool = False
    enabled: bool = True

    @staticmethod
    def parse(row: Mapping[str, Any]) -> MessageRule:
        """Read a row of the table. Raises ``KeyError`` or ``ValueError`` for one that makes no sense."""
        kind, _, source = row["audience"].partition(":")
        if kind not in AUDIENCES or not source:
            raise ValueError(f"{row['key']}: {row['audience']!r} is no audience")
        remind = row.get("remind")
        return MessageRule(
            key=row["key"],
            event=row["event"],
            audience=Audience(kind, source),
            template=row["template"],
            subject=tuple(row["subject"]),
            urgent=row.get("urgent", False),
            news=row.get("news", False),
            when=_values(row.get("when", {})),
            unless=_values(row.get("unless", {})),
            silent=_values(row.get("silent", {})),
            fields=dict(row.get("fields", {})),
            due=row.get("due"),
            remind=None if remind is None else tuple(remind),
            overdue=row.get("overdue"),
            phone=row.get("phone"),
            outlasts=row.get("outlasts", False),
            anew=tuple(row.get("anew", ())),
            moot=row.get("moot", False),
            met_by={event: tuple(names) for event, names in row.get("met_by", {}).items()},
            done_by=dict(row.get("done_by", {})),
            met_when={event: _values(wanted) for event, wanted in row.get("met_when", {}).items()},
        )

    @property
    def tracked(self) -> bool:
        """Whether it matters which of two events of a matter was made first: there is a day, or something ends it."""
        return bool(self.due or self.met_by or self.done_by)

    def counts(self, data: Mapping[str, Any]) -> bool:
        """Return whether an event of this type is one to tell of."""
        return self.enabled and _is_all_of(data, self.when) and not _is_any_of(data, self.unless)

    def is_met(self, event: str, data: Mapping[str, Any]) -> bool:
        """Return whether an event ends the waiting."""
        return event in self.met_by and _is_all_of(data, self.met_when.get(event, {}))

    def speaks(self, data: Mapping[str, Any]) -> bool:
        """Return whether anybody is told of an event that counts."""
        return not _is_any_of(data, self.silent)

    def subject_of(self, data: Mapping[str, Any], names: tuple[str, ...] | None = None) -> str:
        """Return what tells the matter of an event from others of the same rule."""
        return "/".join(str(data[name]) for name in (names or self.subject))

    def named(self, data: Mapping[str, Any]) -> list[str]:
        """Return the identifiers that the audience's field holds, each once; an office is its own."""
        if self.audience.kind == "office":
            return [self.audience.source]
        found: list[Any] = [data]
        for part in self.audience.source.split("."):
            found = [inner for each in found for inner in _listed(each.get(part))]
        return list(dict.fromkeys(str(each) for each in found))

    def changed(self, enabled: bool, urgent: bool, remind: tuple[int, ...] | None) -> MessageRule:
        """Return the rule as a city wants it."""
        return replace(self, enabled=enabled, urgent=urgent, remind=remind)


def sources_of(said: str) -> tuple[list[str], str]:
    """Return what a placeholder is filled from, the first source before the others, and in which form."""
    sources, _, form = said.partition(":")
    return sources.split("|"), form


def _is_all_of(data: Mapping[str, Any], wanted: Mapping[str, tuple[Any, ...]]) -> bool:
    return all(_is_one_of(data.get(name), values) for name, values in wanted.items())


def _is_any_of(data: Mapping[str, Any], wanted: Mapping[str, tuple[Any, ...]]) -> bool:
    return any(_is_one_of(data.get(name), values) for name, values in wanted.items())


def _values(row: Mapping[str, Any]) -> dict[str, tuple[Any, ...]]:
    return {name: tuple(values) for name, values in row.items()}


def _is_one_of(value: Any, values: tuple[Any, ...]) -> bool:
    return bool(value) if values == ("*",) else value in values


def _listed(value: Any) -> Iterable[Any]:
    if value is None:
        return ()
    return value if isinstance(value, list | tuple) else (value,)
