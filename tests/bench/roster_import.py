"""Import of one roster, from the upload to the annotated copy: 1,000 rows against 10,000.

``python -m tests.bench.roster_import [ROWS …]`` runs it on a store of its own and prints rows per second and the ratio
of the times; a linear import has the ratio of the rows. ``MONGODB_URI`` takes another server.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from services.enrollment import contract, store
from services.enrollment.service import EnrollmentService
from shared.clock import SettableClock
from shared.runtime.testing import ServiceHarness
from shared.security.fields import Keyring
from shared.storage import Store
from tests.fixtures.store import StoreServer
from tests.integration.enrollment.conftest import OPENING, Desk, line, workbook

TARGET_ROWS, TARGET_SECONDS = 10_000, 60.0
_TERMS = 20


def main(sizes: list[int]) -> int:
    """Import rosters of these sizes and print what it took; 1 when the target is missed."""
    with tempfile.TemporaryDirectory(prefix="diaoxun-bench-") as folder:
        server = StoreServer(Path(folder))
        uri = os.environ.get("MONGODB_URI") or server.start()
        try:
            taken = {size: _one(uri, size) for size in sizes}
        finally:
            server.kill()
    for size, (upload, job) in taken.items():
        total = upload + job
        print(f"{size:>7} rows: upload {upload:6.2f} s, import {job:6.2f} s, {size / total:7.0f} rows/s")
    small, large = min(sizes), max(sizes)
    ratio = sum(taken[large]) / sum(taken[small])
    print(f"ratio of times {ratio:.1f} for {large / small:.0f} times the rows")
    missed = TARGET_ROWS in taken and sum(taken[TARGET_ROWS]) > TARGET_SECONDS
    print(f"target: {TARGET_ROWS} rows under {TARGET_SECONDS:.0f} s: {'missed' if missed else 'reached'}")
    return int(missed)


def _one(uri: str, size: int) -> tuple[float, float]:
    keyring = Keyring.parse("k1:" + Keyring.new_key())
    clock = SettableClock(datetime(2020, 4, 1, 1, 0, tzinfo=UTC))
    kept = Store.open(uri, store.SCHEMA, clock=clock, keyring=keyring, prefix=f"bench_{uuid4().hex[:8]}_")
    kept.ensure()
    try:
        desk = Desk(ServiceHarness(EnrollmentService, kept))
        desk.unit("city.donghu")
        for number in range(_TERMS):
            desk.place(f"term_{number}", 1, number + 1, OPENING + timedelta(weeks=number), capacity=size)
            desk.allot(f"term_{number}", donghu=size)
        content = workbook(line(serial, 1, serial % _TERMS + 1) for serial in range(1, size + 1))
        begun = time.perf_counter()
        import_id = desk.receive("city.donghu", content)
        received = time.perf_counter()
        roster = desk.run_import(import_id, "city.donghu")
        done = time.perf_counter()
        counts = roster["counts"]
        if counts["filed"] + counts["warned"] != size:
            raise SystemExit(f"{size} rows were sent and {counts} came out")
        if len(desk.call(contract.GET_ROSTER_FILE, {"import_id": import_id})["content"]) < size:
            raise SystemExit("the annotated copy is missing")
        return received - begun, done - received
    finally:
        if "MONGODB_URI" in os.environ:  # a server of our own goes with its folder
            kept.drop()
        kept.close()


if __name__ == "__main__":
    sys.exit(main([int(size) for size in sys.argv[1:]] or [1_000, 10_000]))
