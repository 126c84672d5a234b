"""One tree of faults with stable codes, the same in a service, on the wire and in a problem document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from shared.wording import Words

_BY_CODE: dict[str, type[Fault]] = {}


class Fault(Exception):
    """A refusal with a stable code, an HTTP status and a message in two languages.

    ``zh`` and ``en`` say what was wrong, with which value, and what to do.
    ``details`` is plain JSON data for programs; it never holds personal data.
    A subclass sets ``code``, ``status`` and ``title`` and is registered by its code.
    """

    code: ClassVar[str] = "fault"
    status: ClassVar[int] = 500
    title: ClassVar[Words] = Words("系统错误", "Internal fault")
    transient: ClassVar[bool] = False

    def __init__(self, zh: str, en: str, **details: Any) -> None:
        super().__init__(f"{zh} / {en}")
        self.message = Words(zh, en)
        self.details: dict[str, Any] = details

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        known = _BY_CODE.get(cls.code)
        if known is not None and (known.__module__, known.__qualname__) != (cls.__module__, cls.__qualname__):
            raise TypeError(f"two faults share the code {cls.code!r}: {known.__qualname__}, {cls.__qualname__}")
        _BY_CODE[cls.code] = cls

    def to_wire(self) -> dict[str, Any]:
        """Return the JSON envelope that crosses RPC and becomes a problem document."""
        return {
            "code": self.code,
            "status": self.status,
            "title": self.title.to_wire(),
            "message": self.message.to_wire(),
            "details": self.details,
        }


class Invalid(Fault):
    """The request itself is wrong; sending it again unchanged will fail again."""

    code = "invalid"
    status = 422
    title = Words("请求内容有误", "Invalid request")


class Malformed(Fault):
    """The bytes could not be read at all: broken JSON, wrong encoding, not the file type it claims to be."""

    code = "malformed"
    status = 400
    title = Words("无法读取请求", "Unreadable request")


class Unauthenticated(Fault):
    """No caller, or credentials that do not hold."""

    code = "unauthenticated"
    status = 401
    title = Words("未通过身份验证", "Not authenticated")


class Forbidden(Fault):
    """The caller is known and may not do this, or not for this unit."""

    code = "forbidden"
    status = 403
    title = Words("无权进行此操作", "Not allowed")


class NotFound(Fault):
    """Nothing with that identifier that the caller may see."""

    code = "not-found"
    status = 404
    title = Words("未找到", "Not found")


class Conflict(Fault):
    """The state of the thing forbids it now."""

    code = "conflict"
    status = 409
    title = Words("与当前状态冲突", "Conflicts with the current state")


class KeyReused(Conflict):
    """An idempotency key came back with another request."""

    code = "idempotency-key-reused"
    status = 422
    title = Words("幂等键被用于不同请求", "Idempotency key reused")


class StaleVersion(Fault):
    """The caller changed a version that is no longer the current one."""

    code = "stale-version"
    status = 412
    title = Words("版本已过期", "Stale version")


class TooLarge(Fault):
    """Body, file or row count above the stated limit."""

    code = "too-large"
    status = 413
    title = Words("内容过大", "Too large")


class MediaTypeUnsupported(Fault):
    """The body is of a kind this operation does not take."""

    code = "media-type-unsupported"
    status = 415
    title = Words("不支持的内容类型", "Unsupported media type")


class TooManyRequests(Fault):
    """Above the caller's rate; ``details["retry_after"]`` says when to come back, in seconds."""

    code = "too-many-requests"
    status = 429
    title = Words("请求过于频繁", "Too many requests")
    transient = True


class Unavailable(Fault):
    """A part of the platform cannot answer now; safe to try again with the same idempotency key."""

    code = "unavailable"
    status = 503
    title = Words("服务暂不可用", "Temporarily unavailable")
    transient = True


class DeadlineExceeded(Fault):
    """No answer before the caller's deadline; a command may or may not have run."""

    code = "deadline-exceeded"
    status = 504
    title = Words("处理超时", "Deadline exceeded")
    transient = True


class RemoteFault(Fault):
    """Something unexpected broke elsewhere; its internals stay there (P19)."""

    code = "remote-fault"
    status = 500
    title = Words("服务内部错误", "Remote fault")


def fault_from_wire(envelope: Mapping[str, Any]) -> Fault:
    """Rebuild the fault a service sent; a code unknown here becomes an opaque ``RemoteFault`` (P19)."""
    kind = _BY_CODE.get(str(envelope.get("code")), RemoteFault)
    message = envelope.get("message")
    if kind is RemoteFault or not isinstance(message, Mapping):
        return RemoteFault(
            "服务内部错误，请稍后重试或联系运维人员",
            "The service failed; try again later or tell the operator",
            code=str(envelope.get("code")),
        )
    fault = kind.__new__(kind)
    Fault.__init__(fault, str(message.get("zh")), str(message.get("en")), **dict(envelope.get("details") or {}))
    return fault
