"""Comparing two JSON schemas for what one side of a conversation can no longer rely on."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Any

Document = dict[str, Any]
Difference = tuple[str, str]
_ANYTHING = frozenset({"array", "boolean", "integer", "null", "number", "object", "string"})
_UPPER = ("maxLength", "maximum", "exclusiveMaximum", "maxItems", "maxProperties")
_LOWER = ("minLength", "minimum", "exclusiveMinimum", "minItems", "minProperties")


class Direction(Enum):
    """Whether the platform takes the value (a request) or gives it (a reply, an event)."""

    TAKEN = "taken"
    GIVEN = "given"


def compare(before: Any, after: Any, old: Document, new: Document, direction: Direction) -> Iterator[Difference]:
    """Yield ``(place, what)`` for every breaking difference; ``old`` and ``new`` resolve references."""
    yield from _compare(before, after, old, new, direction, frozenset())


def _compare(
    before: Any, after: Any, old: Document, new: Document, direction: Direction, above: frozenset[str]
) -> Iterator[Difference]:
    name = before.get("$ref", "") if isinstance(before, dict) else ""
    if name and name in above:
        return  # a schema within itself was compared further up
    above |= {name} if name else frozenset()
    before, after = _resolve(before, old), _resolve(after, new)
    yield from _types(before, after, direction)
    yield from _choices(before, after, direction)
    if direction is Direction.TAKEN:
        yield from _limits(before, after)
    yield from _properties(before, after, old, new, direction, above)
    if "items" in before and "items" in after:
        for place, what in _compare(before["items"], after["items"], old, new, direction, above):
            yield f"[]{place}", what


def _resolve(schema: Any, document: Document) -> Document:
    """Return the schema behind references; ``allOf`` with one part and ``anyOf`` with null are flattened."""
    if not isinstance(schema, dict):
        return {}
    while "$ref" in schema:
        target: Any = document
        for step in schema["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        schema = {**target, **{key: value for key, value in schema.items() if key != "$ref"}}
    for union in ("anyOf", "oneOf"):
        parts = [part for part in schema.get(union, ()) if part != {"type": "null"}]
        if len(parts) == 1:
            inner = _resolve(parts[0], document)
            return {**inner, "type": sorted(_kinds(inner) | {"null"})}
    if len(schema.get("allOf", ())) == 1:
        return _resolve(schema["allOf"][0], document)
    return dict(schema)


def _kinds(schema: Document) -> frozenset[str]:
    given = schema.get("type")
    if given is None:
        return _ANYTHING
    found = frozenset([given] if isinstance(given, str) else given)
    return found | {"integer"} if "number" in found else found


def _types(before: Document, after: Document, direction: Direction) -> Iterator[Difference]:
    was, now = _kinds(before), _kinds(after)
    lost, gained = sorted(was - now), sorted(now - was)
    if direction is Direction.TAKEN and lost:
        yield "", f"it no longer takes {', '.join(lost)}"
    if direction is Direction.GIVEN and gained:
        yield "", f"it may now be {', '.join(gained)}"
    if before.get("format") != after.get("format") and not (direction is Direction.TAKEN and "format" not in after):
        yield "", f"the format changed from {before.get('format')} to {after.get('format')}"


def _choices(before: Document, after: Document, direction: Direction) -> Iterator[Difference]:
    was = before.get("enum", [before["const"]] if "const" in before else None)
    now = after.get("enum", [after["const"]] if "const" in after else None)
    if direction is Direction.TAKEN and now is not None:
        lost = [value for value in was if value not in now] if was is not None else ["what was not limited before"]
        if lost:
            yield "", f"it no longer takes {', '.join(map(str, lost))}"
    if direction is Direction.GIVEN and "const" in before and was != now:
        yield "", "its fixed value changed"


def _limits(before: Document, after: Document) -> Iterator[Difference]:
    for name in (*_UPPER, *_LOWER):
        now, was = after.get(name), before.get(name)
        if now is not None and (was is None or (now < was if name in _UPPER else now > was)):
            yield "", f"{name} is tighter: {was} before, {now} now"
    if "pattern" in after and after["pattern"] != before.get("pattern"):
        yield "", "its pattern changed"


def _properties(
    before: Document, after: Document, old: Document, new: Document, direction: Direction, above: frozenset[str]
) -> Iterator[Difference]:
    was, now = before.get("properties", {}), after.get("properties", {})
    for name, schema in was.items():
        if name not in now:
            yield f".{name}", "the field is gone"
            continue
        for place, what in _compare(schema, now[name], old, new, direction, above):
            yield f".{name}{place}", what
    demanded, promised = set(after.get("required", ())), set(before.get("required", ()))
    if direction is Direction.TAKEN:
        for name in sorted(demanded - promised):
            yield f".{name}", "the field is now required"
    else:
        for name in sorted((promised - demanded) & now.keys()):
            yield f".{name}", "the field is no longer always there"
