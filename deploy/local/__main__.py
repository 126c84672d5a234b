"""``python -m deploy.local``: what ``diaoxun run`` becomes."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from deploy.local.main_line import SAMPLE
from deploy.local.run import run


def main() -> int:
    """Read the options and run."""
    parser = argparse.ArgumentParser(prog="diaoxun run")
    parser.add_argument("--once", action="store_true")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--port", type=int)
    parser.add_argument("--sample", type=Path, default=SAMPLE, help="a folder like deploy/sample")
    given = parser.parse_args()
    var = Path(os.environ.get("DIAOXUN_VAR") or "var")
    return run(var, given.sample, once=given.once, out=given.out, fresh=given.fresh, port=given.port)


if __name__ == "__main__":
    sys.exit(main())
