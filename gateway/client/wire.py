"""How the client speaks HTTP: where fields go, problems as exceptions, safe repetition."""

from __future__ import annotations

import base64
import re
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import Message
from typing import Any, Final, TypeVar, cast
from urllib.parse import quote, unquote

import httpx

T = TypeVar("T")
_TRIES = 4
_PATH_FIELD = re.compile(r"{([a-z_]+)}")
_LONGEST_PAUSE = 30.0


class Unset:
    """The type of ``UNSET``."""

    def __repr__(self) -> str:
        return "UNSET"


UNSET: Final = Unset()
"""Stands for a field that is not sent; ``None`` is sent as null."""


class Problem(Exception):
    """A problem document (RFC 9457) of the gateway: ``code`` is stable, ``message`` has ``zh`` and ``en``."""

    def __init__(self, document: dict[str, Any], status: int) -> None:
        self.status = status
        self.code: str = document.get("code", "unknown")
        self.message: dict[str, str] = document.get("message", {})
        self.details: dict[str, Any] = document.get("details", {})
        self.correlation_id: str | None = document.get("correlation_id")
        super().__init__(f"{status} {self.code}: {document.get('detail', '')}")


@dataclass(frozen=True)
class Download:
    """A file from the platform."""

    filename: str
    media_type: str
    content: bytes


def given(**fields: Any) -> dict[str, Any]:
    """Return the fields that are set; a trailing underscore, there for Python's sake, goes."""
    return {name.rstrip("_"): value for name, value in fields.items() if not isinstance(value, Unset)}


def pages(method: Callable[..., Any], **fields: Any) -> Iterator[Any]:
    """Yield the items of every page of a list: ``pages(client.enrollment.list_units, limit=200)``."""
    cursor: Any = UNSET
    while cursor is not None:
        page = method(**fields, cursor=cursor)
        yield from page["items"]
        cursor = page.get("next_cursor")


class Wire:
    """The connection to one gateway, with one API key."""

    def __init__(self, address: str, key: str, timeout: float = 30.0, transport: httpx.BaseTransport | None = None):
        self._http = httpx.Client(
            base_url=address.rstrip("/") + "/api/v1",
            headers={"Authorization": f"Bearer {key}", "Accept-Language": "zh-CN, en;q=0.5"},
            timeout=timeout,
            transport=transport,
        )

    def send(self, kind: type[T], verb: str, path: str, fields: dict[str, Any], **options: Any) -> T:
        """Run an operation and return its reply; ``kind`` is for the reader of types. Raises ``Problem``."""
        return cast(T, self._exchange(verb, path, fields, **options).json())

    def run(self, verb: str, path: str, fields: dict[str, Any], **options: Any) -> None:
        """Run an operation that has nothing to answer. Raises ``Problem``."""
        self._exchange(verb, path, fields, **options)

    def download(self, verb: str, path: str, fields: dict[str, Any], **options: Any) -> Download:
        """Run an operation whose reply is a file. Raises ``Problem``."""
        answer = self._exchange(verb, path, fields, **options)
        return Download(
            _filename(answer.headers.get("Content-Disposition", "")),
            answer.headers.get("Content-Type", "application/octet-stream").split(";")[0],
            answer.content,
        )

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _exchange(
        self,
        verb: str,
        path: str,
        fields: dict[str, Any],
        idempotency_key: str | None = None,
        if_match: int | None = None,
        upload: str | None = None,
    ) -> httpx.Response:
        in_path = _PATH_FIELD.findall(path)
        target = _PATH_FIELD.sub(lambda found: quote(str(fields[found[1]]), safe=""), path)
        rest = {name: value for name, value in fields.items() if name not in in_path}
        sent = _content(verb, rest, upload)
        headers: dict[str, str] = {}
        if verb != "GET":
            # One key for all tries: a command whose answer got lost runs once all the same.
            headers["Idempotency-Key"] = idempotency_key or uuid.uuid4().hex
        if if_match is not None:
            headers["If-Match"] = f'"{if_match}"'
        for tries_left in reversed(range(_TRIES)):
            try:
                answer = self._http.request(verb, target, headers=headers, **sent)
            except httpx.TransportError:
                if not tries_left:
                    raise
                time.sleep(0.2 * (_TRIES - tries_left))
                continue
            if answer.status_code in (429, 503) and tries_left:
                time.sleep(min(_LONGEST_PAUSE, float(answer.headers.get("Retry-After", "1"))))
                continue
            break
        if answer.status_code >= 400:
            raise Problem(_document(answer), answer.status_code)
        return answer


def _content(verb: str, rest: dict[str, Any], upload: str | None) -> dict[str, Any]:
    if verb in ("GET", "DELETE"):
        return {"params": {name: _text(value) for name, value in rest.items() if value is not None}}
    if upload is None:
        return {"json": rest}
    content = rest.pop(upload)
    name = str(rest.get("filename", "upload"))
    data = base64.b64decode(content) if isinstance(content, str) else content
    return {"files": {upload: (name, data)}, "data": {key: _text(value) for key, value in rest.items()}}


def _text(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return [_text(item) for item in value] if isinstance(value, list) else value


def _document(answer: httpx.Response) -> dict[str, Any]:
    try:
        found = answer.json()
    except ValueError:
        return {"detail": answer.text[:200]}
    return found if isinstance(found, dict) else {"detail": str(found)[:200]}


def _filename(header: str) -> str:
    message = Message()
    message["Content-Disposition"] = header
    extended = re.search(r"filename\*=UTF-8''([^;]+)", header)
    return unquote(extended[1]) if extended else str(message.get_filename() or "download")


class Caller:
    """What the calls of an aggregate have in common: the connection they go over."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
