"""Become another program that ends with its parent: ``python tied_child.py PARENT_PID SIGNAL PROGRAM [ARGUMENT…]``.

Linux sends the child ``SIGNAL`` (``SIGTERM``, ``SIGKILL``) when its parent is gone (``PR_SET_PDEATHSIG``), also when
the parent was killed with ``kill -9``.
It runs as a script of its own so that nothing happens between fork and exec in a process full of greenlets.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> None:
    """Tie this process to its parent, then become the program."""
    parent, farewell, program, rest = int(arguments[0]), signal.Signals[arguments[1]], arguments[2], arguments[2:]
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_PDEATHSIG, farewell, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG) failed: run the stack on Linux")
    if os.getppid() != parent:
        sys.exit("the parent ended before its child began")
    os.execv(program, rest)  # noqa: S606 - the program is the store we were told to run


if __name__ == "__main__":
    main(sys.argv[1:])
