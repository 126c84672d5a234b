"""Comparing a report with all there are: 200 against 2,000 earlier reports.

``python -m tests.bench.similarity [REPORTS …]`` fills a store of its own and prints what one more report takes: its
fingerprints, finding candidates, comparing them. A tenth of each report is copied from one earlier.
"""

from __future__ import annotations

import itertools
import random
import sys
import tempfile
import time
from pathlib import Path
from uuid import uuid4

from services.outcomes.commands.preparing import candidates, shared_with
from services.outcomes.domain.fingerprints import SCHEME, fingerprints, fold, sketch
from services.outcomes.store import SCHEMA
from services.outcomes.store.reports import PREPARATIONS, keep_copy
from shared.clock import SystemClock
from shared.context import Context
from shared.security.caller import service_caller
from shared.security.fields import Keyring
from shared.storage import Store, Transaction
from tests.fixtures.store import StoreServer

TARGET_REPORTS, TARGET_SECONDS = 2_000, 1.0
_CHARACTERS = 4_000
_LETTERS = [chr(0x4E00 + each) for each in range(3_000)]
_TRIES = 10


def main(sizes: list[int]) -> int:
    """Compare with so many reports and print what it took; 1 when the target is missed."""
    taken = {}
    with tempfile.TemporaryDirectory(prefix="diaoxun-bench-") as folder:
        server = StoreServer(Path(folder))
        uri = server.start()
        try:
            taken = {size: _one(uri, size) for size in sizes}
        finally:
            server.kill()
    for size, (prints, search, compare, found) in taken.items():
        whole = prints + search + compare
        print(
            f"{size:>6} reports: fingerprints {prints * 1000:5.0f} ms, candidates {search * 1000:5.0f} ms,"
            f" comparison {compare * 1000:5.0f} ms, together {whole * 1000:5.0f} ms; {found} of {_TRIES} copies found"
        )
    missed = TARGET_REPORTS in taken and sum(taken[TARGET_REPORTS][:3]) > TARGET_SECONDS
    print(f"target: {TARGET_REPORTS} reports under {TARGET_SECONDS:.0f} s: {'missed' if missed else 'reached'}")
    return int(missed)


def _one(uri: str, size: int) -> tuple[float, float, float, int]:
    keyring = Keyring.parse("k1:" + Keyring.new_key())
    store = Store.open(uri, SCHEMA, clock=SystemClock(), keyring=keyring, prefix=f"bench_{uuid4().hex[:8]}_")
    store.ensure()
    context = Context(caller=service_caller("outcomes"))
    chance = random.Random(size)
    texts = [_text(chance) for _ in range(size)]
    for start in range(0, size, 50):
        store.transact(context, lambda tx, start=start: _fill(tx, texts, start), operation="fill")  # type: ignore[misc]
    spent, found = [0.0, 0.0, 0.0], 0
    for _ in range(_TRIES):
        source = chance.randrange(size)
        text = texts[source][: _CHARACTERS // 10] + _text(chance)[_CHARACTERS // 10 :]
        moments = [time.perf_counter()]
        mine = sketch(fingerprints(fold(text).text))
        moments.append(time.perf_counter())
        others = candidates(store.view(context), "report_new", mine)
        moments.append(time.perf_counter())
        _, sources = shared_with(text, others, 30)
        moments.append(time.perf_counter())
        found += [each["report_id"] for each in sources] == [f"report_{source}"]
        steps = [after - before for before, after in itertools.pairwise(moments)]
        spent = [sum(pair) for pair in zip(spent, steps, strict=True)]
    store.close()
    prints, search, compare = (each / _TRIES for each in spent)
    return prints, search, compare, found


def _fill(tx: Transaction, texts: list[str], start: int) -> dict[str, str]:
    for number, text in enumerate(texts[start : start + 50], start):
        report_id = f"report_{number}"
        keep_copy(tx, report_id, "1/text", text.encode())
        facts = {"number": 1, "scheme": SCHEME, "sketch": sketch(fingerprints(fold(text).text))}
        tx.rows(PREPARATIONS).insert({"_id": report_id, **facts, "blind_title": "", "blind_kind": "txt"})
    return {}


def _text(chance: random.Random) -> str:
    return "".join(chance.choices(_LETTERS, k=_CHARACTERS))


if __name__ == "__main__":
    sys.exit(main([int(size) for size in sys.argv[1:]] or [200, 2_000]))
