"""An event of a service, as data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from marshmallow import Schema

from shared.wording import Words

SchemaClass = type[Schema]
_TYPE = re.compile(r"[a-z]+\.[a-z][a-z-]*\.[a-z][a-z-]*\.v[1-9][0-9]*")


@dataclass(frozen=True)
class Event:
    """Something that happened. ``type`` is ``<service>.<aggregate>.<past-tense>.v1`` and also its routing key."""

    type: str
    summary: Words
    data: SchemaClass

    def __post_init__(self) -> None:
        if not _TYPE.fullmatch(self.type):
            raise ValueError(f"event type {self.type!r} is not <service>.<aggregate>.<past-tense>.v<n>")

    @property
    def service(self) -> str:
        """The service that emits it."""
        return self.type.split(".", 1)[0]

    @cached_property
    def schema(self) -> Schema:
        """One shared instance of the data schema."""
        return self.data()
