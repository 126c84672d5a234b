"""Importing this module makes the process green; it must be the first import of a process that runs services (P21)."""

from __future__ import annotations

import _thread
import logging
import sys
import warnings

_TOO_LATE = ("nameko", "kombu", "amqp", "pymongo", "requests", "concurrent.futures.thread")
_early = [name for name in _TOO_LATE if name in sys.modules]

# P22: known and planned for (eventlet stays behind this package); no need to say it at every start.
warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
import eventlet  # noqa: E402

if _early and not eventlet.patcher.is_monkey_patched("socket"):
    # P21: what was imported before keeps the blocking sockets and locks it saw, and hangs at its first wait.
    raise RuntimeError(f"imported before the patch: {', '.join(_early)}; import shared.runtime.patched first")

eventlet.monkey_patch()


def _lock_natively(handler: logging.Handler) -> None:
    """Give a handler a lock of the operating system."""
    handler.lock = _thread.RLock()
    logging._register_at_fork_reinit_lock(handler)  # type: ignore[attr-defined]


# P22: native threads log as well (a font library does at DEBUG). A green lock they meet with the loop would be handed
# to a greenlet of another thread, which ends the loop for ever. Writing a line never yields, so a native lock is safe.
logging._lock = _thread.RLock()  # type: ignore[attr-defined]
logging.Handler.createLock = _lock_natively  # type: ignore[assignment, method-assign]
for _handler in (logging.lastResort, *(reference() for reference in logging._handlerList)):  # type: ignore[attr-defined]
    if _handler is not None:
        _handler.createLock()
