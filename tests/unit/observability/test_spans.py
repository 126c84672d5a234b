from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from shared.observability import spans
from shared.observability.trace import child_traceparent, new_traceparent
from tests.fixtures.span_collector import collecting


@pytest.fixture(autouse=True)
def off_afterwards() -> Iterator[None]:
    yield
    spans.send_to("")


def test_a_step_arrives_under_its_own_ids_below_the_step_that_caused_it() -> None:
    first = new_traceparent()
    second = child_traceparent(first)
    with collecting() as collector:
        spans.send_to(collector.url)
        spans.ended("enrollment", "admit_term", spans.SERVER, second, first, time.time_ns(), outcome="done")
        spans.ended("gateway", "POST /admissions", spans.SERVER, first, None, time.time_ns())
        spans.stop()
    admitted, posted = collector.named("admit_term"), collector.named("POST /admissions")
    assert admitted is not None
    assert posted is not None
    assert (admitted.service, admitted.attributes) == ("enrollment", ("outcome",))
    assert f"00-{admitted.trace}-{admitted.span}-01" == second
    assert (admitted.parent, posted.parent) == (posted.span, "")


def test_a_caller_who_asks_not_to_be_sampled_is_not() -> None:
    with collecting() as collector:
        spans.send_to(collector.url)
        unsampled = new_traceparent()[:-2] + "00"
        for trace in (unsampled, None, "nonsense"):
            spans.ended("gateway", "GET /", spans.SERVER, trace, None, time.time_ns())
        spans.stop()
    assert collector.spans == []


def test_a_collector_that_is_away_disturbs_nobody() -> None:
    spans.send_to("http://127.0.0.1:9")
    spans.ended("gateway", "GET /", spans.SERVER, new_traceparent(), None, time.time_ns())
    spans.stop()
    spans.ended("gateway", "GET /", spans.SERVER, new_traceparent(), None, time.time_ns())


def test_nothing_of_opentelemetry_is_loaded_while_it_is_off() -> None:
    code = (
        "import sys, time\n"
        "from shared.observability import spans\n"
        "spans.send_to(''); spans.ended('a', 'b', spans.SERVER, '00-' + '1' * 32 + '-' + '2' * 16 + '-01', None, 1)\n"
        "print(sorted(name for name in sys.modules if name.startswith('opentelemetry')))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
