"""From an HTTP request to the request of an operation: path, query, body and file in one plain dict."""

from __future__ import annotations

import base64
import re
from typing import Any

from flask import Request
from marshmallow import Schema, ValidationError, fields
from werkzeug.exceptions import RequestEntityTooLarge

from gateway.http.strict_json import read_json
from gateway.settings import GatewaySettings
from shared.contracts import Operation
from shared.errors import Invalid, Malformed, MediaTypeUnsupported, TooLarge

INTEGER = re.compile(r"-?[0-9]{1,18}")


def read_request(
    http: Request, operation: Operation, in_path: dict[str, str], settings: GatewaySettings
) -> dict[str, Any]:
    """Return the operation's request as plain JSON data, not yet checked against its schema.

    Raises ``Malformed``, ``MediaTypeUnsupported`` or ``TooLarge``; ``Invalid`` when one field is given in two places.
    """
    if operation.verb in ("GET", "DELETE"):
        refuse_body(http, settings)
        found = _query(http, operation.request_schema)
    else:
        if http.query_string:
            raise Invalid(
                "本操作的参数应放在请求正文中，不能放在网址的查询串中",
                "this operation takes its fields from the body; put nothing into the query string",
                fields={name: ["in the query string"] for name in http.args},
            )
        found = _form(http, operation, settings) if operation.upload else _json(http, settings)
    doubled = sorted(found.keys() & in_path.keys())
    if doubled:
        raise Invalid(
            f"字段 {'、'.join(doubled)} 已在网址路径中给出，请从正文或查询串中去掉",
            f"{', '.join(doubled)} already stand in the path; leave them out of the body and the query",
            fields={name: ["already in the path"] for name in doubled},
        )
    return {**found, **in_path}


def refuse_body(http: Request, settings: GatewaySettings) -> None:
    """Raise ``Malformed`` when a request that takes no body has one."""
    if http.content_length or (is_chunked(http) and _body(http, settings.json_limit)):
        raise Malformed("本操作不接受请求正文", "this operation takes no body")


def is_chunked(http: Request) -> bool:
    """Return whether the body comes in chunks, without a length told beforehand."""
    return "chunked" in http.headers.get("Transfer-Encoding", "").lower()


def _body(http: Request, limit: int) -> bytes:
    _expect(http, limit)
    http.max_content_length = limit + 1  # werkzeug cuts a chunked body off at its limit without a word
    try:
        body = http.get_data(cache=False)
    except RequestEntityTooLarge:
        raise too_large(limit) from None
    if len(body) > limit:
        raise too_large(limit)
    return body


def _expect(http: Request, limit: int) -> None:
    if http.content_length is not None and http.content_length > limit:
        raise too_large(limit)
    if is_chunked(http):
        # Every server we run under ends a chunked body itself; werkzeug reads none unless it is told so.
        http.environ["wsgi.input_terminated"] = True


def too_large(limit: int) -> TooLarge:
    """Return the fault for a body above ``limit`` bytes."""
    return TooLarge(
        f"请求正文超过上限 {limit:,} 字节，请拆分后分次提交",
        f"the body is above the limit of {limit:,} bytes; split it and send the parts",
        limit=limit,
    )


def _json(http: Request, settings: GatewaySettings) -> dict[str, Any]:
    body = _body(http, settings.json_limit)
    if not body and not http.content_type:
        return {}
    charset = http.mimetype_params.get("charset", "utf-8").lower()
    if http.mimetype != "application/json" or charset not in ("utf-8", "utf8"):
        raise MediaTypeUnsupported(
            f"请求正文的类型为“{(http.content_type or '未说明')[:80]}”，应为 application/json（UTF-8）",
            f"the body is {(http.content_type or 'of no stated type')[:80]!r}; send application/json in UTF-8",
        )
    return read_json(body, settings.json_depth)


def _form(http: Request, operation: Operation, settings: GatewaySettings) -> dict[str, Any]:
    if http.mimetype != "multipart/form-data":
        raise MediaTypeUnsupported(
            "上传文件请使用 multipart/form-data，并把文件放在字段“" + str(operation.upload) + "”中",
            f"send the file as multipart/form-data, in the part {operation.upload!r}",
        )
    _expect(http, settings.upload_limit)
    http.max_content_length = settings.upload_limit
    http.max_form_parts = 32
    try:
        form, files = http.form, http.files
    except RequestEntityTooLarge:
        raise too_large(settings.upload_limit) from None
    if any(name is None for name in (*form, *files)):  # werkzeug keeps a part whose name it could not read as None
        raise Malformed(
            "表单中有一部分没有名称（Content-Disposition 缺少可读的 name），请补上字段名后重新提交",
            "a part of the form has no name (Content-Disposition lacks a readable name); name it and send it again",
        )
    strangers = sorted(set(files) - {operation.upload})
    if strangers or len(files.getlist(str(operation.upload))) > 1:
        raise Invalid(
            f"只接受一个文件，放在字段“{operation.upload}”中；请去掉：{'、'.join(strangers) or '多余的文件'}",
            f"exactly one file is taken, in the part {operation.upload!r}; leave out {strangers or 'the others'}",
            fields={name: ["unexpected file"] for name in strangers},
        )
    found = typed_texts(form, operation.request_schema)
    part = files.get(str(operation.upload))
    if part is not None:
        found[str(operation.upload)] = base64.b64encode(part.stream.read()).decode("ascii")
        if part.filename and "filename" in operation.request_schema.fields:
            found.setdefault("filename", part.filename)
    return found


def _query(http: Request, schema: Schema) -> dict[str, Any]:
    return typed_texts(http.args, schema)


def typed_texts(texts: Any, schema: Schema) -> dict[str, Any]:
    """Return what a form or a query says, texts turned into the numbers and truth values that a schema wants."""
    found: dict[str, Any] = {}
    for name, values in texts.lists():
        field = schema.fields.get(name)
        if isinstance(field, fields.List):
            found[name] = [_value(field.inner, value) for value in values]
        elif len(values) > 1:
            raise Invalid(
                f"参数“{name[:80]}”只能给出一次",
                f"{name[:80]!r} may be given once only",
                fields={name[:80]: ["given twice"]},
            )
        else:
            found[name] = _value(field, values[0])
    return found


def _value(field: fields.Field[Any] | None, text: str) -> Any:
    """Text of a query or form becomes the number or truth value the field wants; the schema judges the rest."""
    if isinstance(field, fields.Integer):
        return int(text) if INTEGER.fullmatch(text) else text
    if isinstance(field, (fields.Float, fields.Boolean)):
        try:
            return field.deserialize(text)
        except ValidationError:
            return text
    return text
