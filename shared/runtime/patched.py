"""Importing this module makes the process green; it must be the first import of a process that runs services (P21)."""

from __future__ import annotations

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
