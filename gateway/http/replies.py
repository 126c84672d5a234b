"""From the reply of an operation to an HTTP response."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any
from urllib.parse import quote, urlencode

from flask import Request, Response

from gateway.http.validators import entity_tag, is_known, tells_content
from shared.contracts import Operation
from shared.errors import RemoteFault


def encode(value: Any) -> bytes:
    """Return plain JSON as it goes out: UTF-8, no blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8")


def respond(http: Request, operation: Operation, reply: dict[str, Any]) -> Response:
    """Return the response for a reply: JSON or a file, with ``ETag``, ``Link`` or 304 where they belong."""
    if operation.download:
        return _file(reply)
    content = encode(reply)
    response = Response(content, operation.status, mimetype="application/json")
    response.headers["Cache-Control"] = "private, no-cache" if operation.kind == "query" else "no-store"
    if operation.kind == "query" or (operation.versioned and isinstance(reply.get("version"), int)):
        tag = entity_tag(operation, reply, content)
        if operation.kind == "query" and tells_content(tag) and is_known(http, tag):
            response = Response(status=304)
            response.headers["Cache-Control"] = "private, no-cache"
        response.headers["ETag"] = tag
    if operation.kind == "query" and reply.get("next_cursor"):
        response.headers["Link"] = f'<{_next_page(http, str(reply["next_cursor"]))}>; rel="next"'
    return response


def _next_page(http: Request, cursor: str) -> str:
    query = [(name, value) for name, value in http.args.items(multi=True) if name != "cursor"]
    return f"{quote(http.path)}?{urlencode([*query, ('cursor', cursor)])}"


def _file(reply: dict[str, Any]) -> Response:
    try:
        content = base64.b64decode(reply["content"], validate=True)
        filename, media_type = str(reply["filename"]), str(reply["media_type"])
    except (KeyError, TypeError, binascii.Error):
        raise RemoteFault(
            "服务返回的文件无法读取，请联系运维人员", "the service sent a file that cannot be read"
        ) from None
    response = Response(content, mimetype=media_type)
    response.headers["Content-Disposition"] = content_disposition(filename)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def content_disposition(filename: str) -> str:
    """Return the header that saves a download under ``filename``, Chinese characters included (RFC 6266, RFC 5987)."""
    name = "".join(char for char in filename.replace("\\", "/").rsplit("/", 1)[-1] if char.isprintable()) or "download"
    plain = "".join(char if char.isascii() and char not in '"%' else "_" for char in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
