"""Calling code that is not ours: whatever it raises, however long it hangs, the host goes on."""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from shared.errors import Fault
from shared.wording import Words

T = TypeVar("T")


class PluginFailed(Fault):
    """A plugin broke, hung or tried to end the process; the host is unharmed."""

    code = "plugin-failed"
    status = 500
    title = Words("插件运行失败", "Plugin failed")


def guarded(name: str, fn: Callable[..., T], /, *args: Any, timeout: float | None = None, **kwargs: Any) -> T:
    """Call ``fn`` and return its value; a ``Fault`` it raises passes, everything else becomes ``PluginFailed``.

    ``timeout`` in seconds: the call then runs in a thread of its own (a green one in a service), and one that
    outlasts it is left behind. Without a timeout the call runs right here, which is much cheaper: guard a whole
    batch rather than each row.
    """
    if timeout is None:
        return _run(name, fn, args, kwargs)
    return _run_aside(name, fn, args, kwargs, timeout)


def _run(name: str, fn: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
    try:
        return fn(*args, **kwargs)
    except Fault:
        raise
    except BaseException as error:
        if _ends_the_host(error):
            raise
        raise failure(name, error) from error


def _ends_the_host(error: BaseException) -> bool:
    # Ctrl-C and a greenlet being killed by its container are meant for the host, not raised by the plugin.
    return isinstance(error, KeyboardInterrupt) or type(error).__name__ == "GreenletExit"


def _run_aside(name: str, fn: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any], timeout: float) -> T:
    outcome: list[tuple[bool, Any]] = []
    surroundings = contextvars.copy_context()

    def body() -> None:
        try:
            outcome.append((True, surroundings.run(fn, *args, **kwargs)))
        except BaseException as error:
            outcome.append((False, error))

    thread = threading.Thread(target=body, name=f"plugin {name}", daemon=True)
    thread.start()
    thread.join(timeout)
    if not outcome:
        raise PluginFailed(
            f"插件“{name}”超过 {timeout:g} 秒未返回，已放弃等待；请联系插件提供方，或用 diaoxun plugins disable 停用",
            f"plugin {name!r} did not answer within {timeout:g} s and was left behind; "
            "tell its author or switch it off with 'diaoxun plugins disable'",
            plugin=name,
            cause="timeout",
        )
    fine, value = outcome[0]
    if fine:
        result: T = value
        return result
    if isinstance(value, Fault):
        raise value
    raise failure(name, value) from value


def failure(name: str, error: BaseException) -> PluginFailed:
    """Return the fault for an error of a plugin: it names the error's type, never its text (P19)."""
    cause = type(error).__name__
    return PluginFailed(
        f"插件“{name}”运行出错（{cause}），详情见运行日志；可用 diaoxun plugins check 检查",
        f"plugin {name!r} broke ({cause}); the log has the details, 'diaoxun plugins check' examines it",
        plugin=name,
        cause=cause,
    )
