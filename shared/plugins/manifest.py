"""What a plugin says about itself before any of its code runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from marshmallow import Schema

from shared.wording import Words


@dataclass(frozen=True, init=False)
class Manifest:
    """The card of a plugin, in a module of its own that imports nothing heavy.

    ``slug``         unique within its kind; lower case, digits and underscores; also the entry point's name.
    ``kind``         the extension point: the entry-point group is ``diaoxun.<kind>``.
    ``version``      the plugin's own version; ``api_version`` the version of the extension point it was written for.
    ``body``         ``module:attribute``, imported only after this card was accepted. A class is built with the
                     validated configuration as keyword arguments; anything else is used as it is.
    ``config``       marshmallow schema class of the configuration, or ``None`` when there is none.
    ``capabilities`` words by which a host picks among plugins of a kind.
    ``needs``        what must be present: ``kind/slug`` of another plugin or ``module:name`` of an importable module.
    ``contract``, ``store``  ``module:attribute`` of a service's contract and store schema (kind ``services`` only).
    ``extra``        any further keyword: meant for the extension point's owner.
    """

    slug: str
    kind: str
    version: str
    api_version: str
    summary: Words
    body: str
    config: type[Schema] | None
    capabilities: tuple[str, ...]
    needs: tuple[str, ...]
    contract: str | None
    store: str | None
    extra: Mapping[str, Any]

    def __init__(
        self,
        slug: str,
        kind: str,
        version: str,
        api_version: str,
        summary: Words,
        body: str,
        config: type[Schema] | None = None,
        capabilities: tuple[str, ...] = (),
        needs: tuple[str, ...] = (),
        contract: str | None = None,
        store: str | None = None,
        **extra: Any,
    ) -> None:
        values = locals()
        for name in self.__dataclass_fields__:
            object.__setattr__(self, name, MappingProxyType(extra) if name == "extra" else values[name])

    @property
    def key(self) -> str:
        """``kind/slug``: the plugin's name among all plugins."""
        return f"{self.kind}/{self.slug}"

    def to_wire(self) -> dict[str, Any]:
        """Return the card as plain JSON, for ``diaoxun plugins describe`` and the console."""
        return {
            "slug": self.slug,
            "kind": self.kind,
            "version": self.version,
            "api_version": self.api_version,
            "summary": self.summary.to_wire(),
            "body": self.body,
            "capabilities": list(self.capabilities),
            "needs": list(self.needs),
            "config": _fields(self.config),
        }


def _fields(schema: type[Schema] | None) -> list[dict[str, Any]]:
    if schema is None:
        return []
    return [
        {
            "name": name,
            "type": type(field).__name__.lower(),
            "required": field.required,
            "default": repr(field.load_default) if not field.required else None,
            "description": field.metadata.get("description", ""),
        }
        for name, field in schema().fields.items()
    ]
