"""The parts of the OpenAPI document that every operation shares."""

from __future__ import annotations

from typing import Any

_WORDS = {
    "type": "object",
    "required": ["zh", "en"],
    "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
}

PROBLEM_SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "RFC 9457",
    "required": ["type", "title", "status", "detail", "instance", "code", "message", "details", "correlation_id"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string", "format": "uri-reference"},
        "code": {"type": "string", "description": "稳定的问题代码 / stable code"},
        "message": _WORDS,
        "details": {"type": "object", "additionalProperties": True},
        "correlation_id": {"type": ["string", "null"]},
    },
    "examples": [
        {
            "type": "/problems/not-found",
            "title": "未找到",
            "status": 404,
            "detail": "没有编号为 plan_01 的年度培训计划",
            "instance": "/api/v1/plans/plan_01",
            "code": "not-found",
            "message": {"zh": "没有编号为 plan_01 的年度培训计划", "en": "there is no plan plan_01"},
            "details": {},
            "correlation_id": "req_01jd",
        }
    ],
}

PARAMETERS: dict[str, dict[str, Any]] = {
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "description": "同一命令重发时带同一键，只执行一次 / the same key runs the command once",
        "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[\\x21-\\x7e]+$"},
    },
    "IfMatch": {
        "name": "If-Match",
        "description": '读取时得到的 ETag，如 "3"；已变则答 412 / the ETag of the last read; 412 when it changed',
        "schema": {"type": "string"},
    },
    "IfNoneMatch": {
        "name": "If-None-Match",
        "description": (
            "已有副本的弱 ETag（W/ 开头）；未变则答 304。版本号 ETag 只用于 If-Match"
            " / the weak ETag (W/…) of a copy; 304 when unchanged. An ETag that is a version serves If-Match only"
        ),
        "schema": {"type": "string"},
    },
    "CorrelationId": {
        "name": "X-Correlation-ID",
        "description": "贯穿日志与事件的关联号 / travels through logs and events",
        "schema": {"type": "string", "maxLength": 128, "pattern": "^[A-Za-z0-9._:-]+$"},
    },
}

SECURITY_SCHEMES: dict[str, dict[str, Any]] = {
    "apiKey": {"type": "http", "scheme": "bearer", "bearerFormat": "dx_<id>_<secret>_<checksum>"},
    "session": {"type": "apiKey", "in": "cookie", "name": "__Host-dx_session"},
}
