"""What a request says about itself in headers: idempotency key, patience, correlation, trace, language."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from random import getrandbits  # not os.urandom: each system call hands the interpreter lock to another thread
from typing import Literal

from flask import Request

from shared.contracts import Operation
from shared.errors import Malformed
from shared.security.caller import Caller

KEY_LIMIT = 200
_KEY = re.compile(rf"[\x21-\x7e]{{1,{KEY_LIMIT}}}")
_CORRELATION = re.compile(r"[A-Za-z0-9._:-]{1,128}")
_TRACE = re.compile(r"00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")


def command_id(http: Request, operation: Operation, caller: Caller) -> str | None:
    """Return what makes a command repeatable: the caller's ``Idempotency-Key``, or a fresh one; ``None`` for a query.

    The key is put under the caller's own name, so two agencies that both count from 1 never meet. A fresh one still
    guards against the broker delivering the request twice. Raises ``Malformed`` for a key of another shape.
    """
    if operation.kind == "query":
        return None
    given = http.headers.get("Idempotency-Key")
    if given is None:
        return f"cmd_{getrandbits(128):032x}"
    if not _KEY.fullmatch(given):
        raise Malformed(
            f"Idempotency-Key 应为 1 至 {KEY_LIMIT} 个可见 ASCII 字符（不含空格），请更换后重新提交",
            f"Idempotency-Key has to be 1 to {KEY_LIMIT} visible ASCII characters without blanks; send another one",
        )
    return f"{caller.subject}/{given}"


def deadline(http: Request, operation: Operation) -> datetime:
    """Return until when the caller waits: the operation's timeout, or less by ``Prefer: wait=<seconds>``."""
    seconds = operation.timeout
    for preference in http.headers.get("Prefer", "").split(","):
        name, _, value = preference.strip().partition("=")
        if name.lower() == "wait" and value.isascii() and value.isdigit() and len(value) < 6:
            seconds = min(seconds, float(value))
    return datetime.now(UTC) + timedelta(seconds=seconds)  # machine time: a deadline of the wire


def correlation_id(http: Request) -> str:
    """Return the caller's ``X-Correlation-ID`` when it has a fit shape, else a new one."""
    given = http.headers.get("X-Correlation-ID", "")
    return given if _CORRELATION.fullmatch(given) else f"req_{getrandbits(96):024x}"


def traceparent(http: Request) -> str | None:
    """Return the caller's W3C ``traceparent`` when it has the right shape: the request becomes a step of that trace."""
    given = http.headers.get("traceparent", "")
    return given if _TRACE.fullmatch(given) else None


def language(http: Request) -> Literal["zh", "en"]:
    """Return the language of ``title`` and ``detail``; Chinese unless English is asked for first."""
    best = http.accept_languages.best_match(["zh", "zh-CN", "en", "en-US", "en-GB"], default="zh")
    return "en" if str(best).startswith("en") else "zh"
