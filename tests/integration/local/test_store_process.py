from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pymongo
import pytest

from deploy.local.store_process import StoreProcess
from shared.errors import Unavailable

PARENT = """
    import sys
    from pathlib import Path
    import pymongo
    from deploy.local.store_process import StoreProcess
    store = StoreProcess(Path(sys.argv[1]))
    rows = pymongo.MongoClient(store.start(), w="majority", journal=True).t.rows
    print(store._process.pid, flush=True)
    number = 0
    while True:
        rows.insert_one({"_id": number})
        print(number, flush=True)
        number += 1
"""


@pytest.fixture
def store(tmp_path):
    store = StoreProcess(tmp_path)
    yield store
    store.stop()


def alive(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def wait_until(condition, seconds=20.0):
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends
        time.sleep(0.02)


def test_the_store_starts_on_a_free_port_and_stops_in_order(store):
    with pymongo.MongoClient(store.start()) as client:
        assert client.admin.command("ping")["ok"]
    assert store.running
    store.stop()
    assert not store.running
    assert not (store.data.parent / "store.json").exists()


def test_what_was_acknowledged_survives_kill_9_of_the_stack_and_its_store_ends_with_it(store):
    parent = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(PARENT), str(store.data.parent)], stdout=subprocess.PIPE, text=True
    )
    child = int(parent.stdout.readline())
    acknowledged = [int(parent.stdout.readline()) for _ in range(60)]
    os.kill(child, signal.SIGKILL)
    parent.send_signal(signal.SIGKILL)
    acknowledged += [int(line) for line in parent.stdout.read().split("\n")[:-1]]
    parent.wait()
    wait_until(lambda: not alive(child))
    with pymongo.MongoClient(store.start()) as client:
        assert {row["_id"] for row in client.t.rows.find()} >= set(acknowledged)


def test_the_store_ends_when_only_its_parent_is_killed(store):
    parent = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(PARENT), str(store.data.parent)], stdout=subprocess.PIPE, text=True
    )
    child = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    wait_until(lambda: not alive(child))


def test_a_stray_store_is_ended_before_a_new_one_starts(tmp_path):
    first, second = StoreProcess(tmp_path), StoreProcess(tmp_path)
    first.start()
    stray = first._process.pid
    uri = second.start()
    first._process.wait(20)
    assert not alive(stray)
    with pymongo.MongoClient(uri) as client:
        assert client.admin.command("ping")["ok"]
    second.stop()


def test_a_store_that_cannot_start_says_why(tmp_path):
    (tmp_path / "db" / "WiredTiger.lock").mkdir(parents=True)
    with pytest.raises(Unavailable, match="did not start"):
        StoreProcess(tmp_path).start()
