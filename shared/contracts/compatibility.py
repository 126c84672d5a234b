"""What of a new OpenAPI or AsyncAPI document would break somebody who relies on the old one.

A request may only become more lenient: no new required field, no narrower type, no field taken away (unknown ones are
refused). A reply or an event may only gain: no field removed or no longer promised, no wider type. Words, examples,
roles and order do not count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from shared.contracts.narrowing import Direction, compare

Document = dict[str, Any]
_VERBS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True, order=True)
class Break:
    """One breaking difference. ``place`` is stable, so that a break can be declared by it."""

    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}"


def openapi_breaks(old: Document, new: Document) -> list[Break]:
    """Return the breaking differences between two OpenAPI documents."""
    found: list[Break] = []
    for path, verbs in old.get("paths", {}).items():
        for verb in _VERBS:
            if verb in verbs:
                before, after = verbs[verb], new.get("paths", {}).get(path, {}).get(verb)
                place = str(before.get("operationId", f"{verb} {path}"))
                if after is None:
                    found.append(Break(place, f"the operation {verb.upper()} {path} is gone"))
                else:
                    found.extend(_operation(place, before, after, old, new))
    return sorted(found)


def asyncapi_breaks(old: Document, new: Document) -> list[Break]:
    """Return the breaking differences between two AsyncAPI documents."""
    found: list[Break] = []
    for name, before in old["components"]["messages"].items():
        after = new["components"]["messages"].get(name)
        if after is None:
            found.append(Break(name, "the event is gone"))
            continue
        if old["channels"][name].get("bindings") != new["channels"].get(name, {}).get("bindings"):
            found.append(Break(name, "the exchange it is published to changed"))
        found.extend(_differences(name, before["payload"], after["payload"], old, new, Direction.GIVEN))
    return sorted(found)


def _operation(place: str, before: Document, after: Document, old: Document, new: Document) -> Iterator[Break]:
    yield from _parameters(place, before, after, old, new)
    yield from _bodies(place, before, after, old, new)
    for status, reply in before.get("responses", {}).items():
        if not status.startswith("2"):
            continue
        kept = after.get("responses", {}).get(status)
        if kept is None:
            yield Break(f"{place}.{status}", "it no longer answers with this status")
            continue
        for kind, content in reply.get("content", {}).items():
            if kind not in kept.get("content", {}):
                yield Break(f"{place}.{status}", f"it no longer answers with {kind}")
                continue
            yield from _differences(
                f"{place}.reply", content["schema"], kept["content"][kind]["schema"], old, new, Direction.GIVEN
            )


def _parameters(place: str, before: Document, after: Document, old: Document, new: Document) -> Iterator[Break]:
    olds, news = _named(before, old), _named(after, new)
    for (where, name), parameter in olds.items():
        kept = news.get((where, name))
        if kept is None:
            yield Break(f"{place}.{name}", f"the {where} parameter is gone")
        else:
            at = f"{place}.{name}"
            yield from _differences(at, parameter["schema"], kept["schema"], old, new, Direction.TAKEN)
    for (where, name), parameter in news.items():
        before_required = olds.get((where, name), {}).get("required", False)
        if parameter.get("required") and not before_required:
            yield Break(f"{place}.{name}", f"the {where} parameter is now required")


def _bodies(place: str, before: Document, after: Document, old: Document, new: Document) -> Iterator[Break]:
    olds = before.get("requestBody", {}).get("content", {})
    body = after.get("requestBody", {})
    news = body.get("content", {})
    for kind, content in olds.items():
        if kind not in news:
            yield Break(place, f"it no longer takes {kind}")
        else:
            at = f"{place}.request"
            yield from _differences(at, content["schema"], news[kind]["schema"], old, new, Direction.TAKEN)
    if body.get("required") and not before.get("requestBody", {}).get("required"):
        yield Break(place, "a request body is now required")


def _named(operation: Document, document: Document) -> dict[tuple[str, str], Document]:
    found = {}
    for parameter in operation.get("parameters", ()):
        if "$ref" in parameter:
            parameter = document["components"]["parameters"][parameter["$ref"].rsplit("/", 1)[-1]]
        found[parameter["in"], parameter["name"]] = parameter
    return found


def _differences(
    place: str, before: Any, after: Any, old: Document, new: Document, direction: Direction
) -> Iterator[Break]:
    for where, what in compare(before, after, old, new, direction):
        yield Break(f"{place}{where}", what)
