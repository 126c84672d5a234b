"""Faults that only an HTTP edge can have."""

from __future__ import annotations

from shared.errors import Fault, Unavailable
from shared.wording import Words


class RouteUnknown(Fault):
    """No operation or page at that address."""

    code = "route-unknown"
    status = 404
    title = Words("地址不存在", "No such address")


class MethodNotAllowed(Fault):
    """The address is known, the verb is not."""

    code = "method-not-allowed"
    status = 405
    title = Words("不支持该请求方法", "Method not allowed")


class Locked(Fault):
    """Too many wrong passwords; the account opens again by itself."""

    code = "account-locked"
    status = 429
    title = Words("账号已临时锁定", "Account locked for a while")


class Overloaded(Unavailable):
    """More requests wait for services than the gateway lets wait; nothing was done about this one."""

    code = "overloaded"
    title = Words("系统繁忙", "Busy")


class RequestRefused(Fault):
    """The HTTP server refused the request for a reason of its own, such as a header that is too long."""

    code = "request-refused"
    status = 400
    title = Words("请求被拒绝", "Request refused")
