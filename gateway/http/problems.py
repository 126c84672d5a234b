"""Every failure as a problem document (RFC 9457), in the reader's language and with nothing of our insides."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import structlog
from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException

from gateway.faults import MethodNotAllowed, RequestRefused, RouteUnknown
from gateway.http.replies import encode
from gateway.http.surroundings import language
from shared.errors import Fault, MediaTypeUnsupported, RemoteFault, TooLarge
from shared.observability.masking import masked_texts

MEDIA_TYPE = "application/problem+json"
_log = structlog.get_logger("gateway")
_RETRY_SECONDS = {429: 1, 503: 2, 504: 2}


def problem(fault: Fault) -> dict[str, Any]:
    """Return the problem document of a fault for the request at hand.

    It repeats what was wrong, but no identity number, phone or key, wherever the caller put it.
    """
    tongue = language(request)
    document: dict[str, Any] = {
        "type": f"/problems/{fault.code}",
        "title": getattr(fault.title, tongue),
        "status": fault.status,
        "detail": getattr(fault.message, tongue),
        "instance": quote(request.path, safe="/:@!$'()*+,;=~"),
        "code": fault.code,
        "message": fault.message.to_wire(),
        "details": fault.details,
        "correlation_id": g.get("correlation_id"),
    }
    masked: dict[str, Any] = masked_texts(document)
    return masked


def respond_problem(fault: Fault) -> Response:
    """Return the response for a fault, with ``Retry-After`` or ``WWW-Authenticate`` where they belong."""
    response = Response(encode(problem(fault)), fault.status, mimetype=MEDIA_TYPE)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Language"] = "zh-CN" if language(request) == "zh" else "en"
    if fault.status in _RETRY_SECONDS:
        response.headers["Retry-After"] = str(fault.details.get("retry_after", _RETRY_SECONDS[fault.status]))
    if fault.status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="diaoxun"'
    return response


def install(app: Flask) -> None:
    """Answer every exception of ``app`` with a problem."""
    app.register_error_handler(Fault, respond_problem)
    app.register_error_handler(HTTPException, _respond_http)
    app.register_error_handler(Exception, _respond_unexpected)


def _respond_http(error: HTTPException) -> Response:
    response = respond_problem(_translate(error))
    for name, value in error.get_headers(request.environ):
        if name.lower() == "allow":
            response.headers[name] = value
    return response


def _translate(error: HTTPException) -> Fault:
    if error.code == 404:
        return RouteUnknown(
            "此地址不存在，可在 /docs 查看全部接口", "there is nothing at this address; /docs lists every operation"
        )
    if error.code == 405:
        return MethodNotAllowed(
            f"此地址不支持 {request.method}，可用的方法见 Allow 响应头",
            f"this address does not take {request.method}; the Allow header lists what it takes",
        )
    if error.code == 413:
        return TooLarge("请求内容超过上限", "the request is above the limit")
    if error.code == 415:
        return MediaTypeUnsupported("不支持此内容类型", "this media type is not taken")
    return RequestRefused(
        "请求的格式有误，无法处理，请检查请求行与请求头",
        "the request cannot be handled; check its line and headers",
        http_status=error.code,
    )


def _respond_unexpected(error: Exception) -> Response:
    _log.exception("request failed", correlation_id=g.get("correlation_id"), error=type(error).__name__)
    return respond_problem(
        RemoteFault(
            "系统内部错误，请稍后重试；如仍失败，请把 correlation_id 告知运维人员",
            "something broke here; try again later, and if it fails again give the operator the correlation_id",
        )
    )
