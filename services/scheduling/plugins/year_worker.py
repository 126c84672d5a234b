"""The process of a worker that solves pieces of a year.

Pickled messages on standard input and output: first the grid, then one order after the other, until the input ends.
"""

from __future__ import annotations

import os
import pickle
import sys
from typing import IO, Any

from services.scheduling.plugins.year_pieces import Pieces


def main() -> None:
    """Solve what standard input asks for."""
    answers = os.fdopen(os.dup(1), "wb")
    # A solver's native code may print: what it says goes to standard error, the answers stay clean.
    os.dup2(2, 1)
    pieces = Pieces(received(sys.stdin.buffer))
    while True:
        try:
            order = received(sys.stdin.buffer)
        except EOFError:
            return
        send(answers, pieces.solve(*order))


def send(stream: IO[bytes], what: Any) -> None:
    """Write one message."""
    pickle.dump(what, stream, pickle.HIGHEST_PROTOCOL)
    stream.flush()


def received(stream: IO[bytes]) -> Any:
    """Return the next message. Raises ``EOFError`` at the end."""
    return pickle.load(stream)  # noqa: S301 - from our own process


if __name__ == "__main__":
    main()
