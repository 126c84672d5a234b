"""An operation of a service, as data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from marshmallow import Schema

from shared.errors import Fault
from shared.security.caller import Role
from shared.wording import Words

PATH_FIELD = re.compile(r"{([a-z_]+)}")


@dataclass(frozen=True)
class Operation:
    """One thing a service does when asked.

    ``name``      RPC method, snake case: imperative for a command, ``list_…``/``get_…`` for a query.
    ``path``      below ``/api/v1``; ``{field}`` parts are fields of ``request``. Of the other fields, a GET or
                  DELETE takes them from the query string, everything else from the JSON body.
    ``scope``     the request field that holds the unit whose rows are touched: the caller must reach it when it is
                  given. ``None``: the service narrows rows to the caller's reach itself.
    ``citywide``  it touches what belongs to no unit (the plan, the calendar): only for callers who reach every unit.
    ``versioned`` the reply carries ``version``: it becomes the ``ETag``, and ``If-Match`` is honoured.
    ``status``    HTTP status of success.
    ``timeout``   seconds until the caller gives up; the deadline travels with the call.
    ``upload``    the request field, a base64 string on RPC, that HTTP takes as a file part (multipart/form-data).
    ``download``  the reply is a file: ``{"filename", "media_type", "content"}``, content in base64; HTTP sends bytes.
    ``public``    anybody may call it without showing who they are; the caller then reaches no unit and has no role, so
                  the request itself has to hold what opens the answer (a token, a secret). Rated by address.
    """

    name: str
    summary: Words
    kind: Literal["query", "command"]
    verb: Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
    path: str
    request: type[Schema]
    reply: type[Schema]
    roles: frozenset[Role]
    scope: str | None = None
    citywide: bool = False
    errors: tuple[type[Fault], ...] = ()
    versioned: bool = False
    status: int = 200
    timeout: float = 10.0
    upload: str | None = None
    download: bool = False
    public: bool = False

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", self.name):
            raise ValueError(f"operation name {self.name!r} is not snake case")
        missing = [field for field in self.path_fields if field not in self.request_schema.fields]
        if missing:
            raise ValueError(f"{self.name}: the path needs {missing}, which the request does not have")
        if (self.verb == "GET") != (self.kind == "query"):
            raise ValueError(f"{self.name}: a query is a GET and a command is not")
        if self.public and (self.scope or self.citywide):
            raise ValueError(f"{self.name}: who calls a public operation reaches no unit")

    @cached_property
    def path_fields(self) -> tuple[str, ...]:
        """Names of the request fields that stand in the path."""
        return tuple(PATH_FIELD.findall(self.path))

    @cached_property
    def request_schema(self) -> Schema:
        """One shared instance of the request schema (loading keeps no state in it)."""
        return self.request()

    @cached_property
    def reply_schema(self) -> Schema:
        """One shared instance of the reply schema."""
        return self.reply()
