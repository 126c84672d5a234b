"""A notice sent to the service becomes a draft; what is no notice is refused with the reason."""

import base64
from pathlib import Path

import pytest

from deploy.sample import generate
from services.scheduling import contract
from services.scheduling.service import SchedulingService
from services.scheduling.store import SCHEMA
from shared.errors import Invalid
from shared.runtime.testing import ServiceHarness
from tests.fixtures.store import MakeStore

NOTICE = Path(generate.__file__).parent / "notice-2020.txt"


@pytest.fixture
def scheduling(make_store: MakeStore) -> ServiceHarness:
    return ServiceHarness(SchedulingService, make_store(SCHEMA))


def sent(content: bytes) -> dict[str, str]:
    return {"file": base64.b64encode(content).decode(), "filename": "通知.txt"}


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_notice_is_read_in_the_encodings_offices_use_and_its_draft_makes_a_plan(
    scheduling: ServiceHarness, encoding: str
) -> None:
    text = NOTICE.read_text("utf-8")
    reading = scheduling.call(contract.READ_NOTICE, sent(text.encode(encoding)))
    assert reading["problems"] == []
    assert [programme["ordinal"] for programme in reading["draft"]["programmes"]] == list(range(1, 11))
    plan = scheduling.call(contract.CREATE_PLAN, reading["draft"])
    assert len(plan["programmes"]) == 10


def test_a_notice_in_an_encoding_nobody_reads_is_refused(scheduling: ServiceHarness) -> None:
    damaged = NOTICE.read_text("utf-8").encode("gb18030")[1:]
    with pytest.raises(contract.NotANotice) as refused:
        scheduling.call(contract.READ_NOTICE, sent(damaged[:200] + b"\xff\xff\x00" + damaged[200:]))
    assert refused.value.message.zh
    assert refused.value.message.en


def test_what_cannot_be_read_is_reported_with_its_line_and_the_rest_is_kept(scheduling: ServiceHarness) -> None:
    text = NOTICE.read_text("utf-8").replace("学制4天", "学制若干天", 1)
    reading = scheduling.call(contract.READ_NOTICE, sent(text.encode()))
    (problem,) = reading["problems"]
    assert "若干" in problem["text"]
    assert text.splitlines()[problem["line"] - 1].find("若干") >= 0
    assert len(reading["draft"]["programmes"]) == 10


def test_a_file_without_content_or_not_base64_is_refused(scheduling: ServiceHarness) -> None:
    with pytest.raises(contract.NotANotice):
        scheduling.call(contract.READ_NOTICE, sent(b"  \n"))
    with pytest.raises(contract.NotANotice):
        scheduling.call(contract.READ_NOTICE, {"file": "###"})
    with pytest.raises(Invalid):
        scheduling.call(contract.READ_NOTICE, {})
