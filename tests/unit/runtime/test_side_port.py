from __future__ import annotations

import json
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator

import eventlet
import pytest

from shared.runtime.side_port import SidePort


class State:
    live, is_ready = True, False


@pytest.fixture
def side() -> Iterator[tuple[SidePort, State]]:
    state = State()
    side = SidePort("127.0.0.1", 0, lambda: (state.live, {"a": 1}), lambda: (state.is_ready, {"为什么": "未就绪"}))
    side.start()
    yield side, state
    side.stop()


def get(side: SidePort, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{side.port}{path}", timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_live_and_ready_are_told_apart_with_the_reason(side: tuple[SidePort, State]) -> None:
    port, state = side
    assert get(port, "/livez") == (200, '{"a": 1}\n')
    status, text = get(port, "/readyz")
    assert (status, json.loads(text)) == (503, {"为什么": "未就绪"})
    state.is_ready = True
    assert get(port, "/readyz?verbose")[0] == 200


def test_other_paths_and_verbs_are_refused(side: tuple[SidePort, State]) -> None:
    assert get(side[0], "/")[0] == 404
    with pytest.raises(urllib.error.HTTPError, match="405"):
        urllib.request.urlopen(f"http://127.0.0.1:{side[0].port}/livez", data=b"x", timeout=30)


def test_metrics_are_rendered_by_the_loop(side: tuple[SidePort, State]) -> None:
    answers: list[tuple[int, str]] = []
    asking = threading.Thread(target=lambda: answers.append(get(side[0], "/metrics")))
    asking.start()
    while asking.is_alive():
        eventlet.sleep(0.02)
    status, text = answers[0]
    assert status == 200
    assert "diaoxun_" in text


def test_a_silent_client_holds_up_nobody(side: tuple[SidePort, State]) -> None:
    with socket.create_connection(("127.0.0.1", side[0].port)):
        assert get(side[0], "/livez")[0] == 200
