"""The images themselves, as built: how large, without what nobody calls, and with a true list of what is in them."""

from __future__ import annotations

import json
import os
import subprocess

import pytest

from tests.faults.containers.city import no_engine
from tests.fixtures.runner_process import ROOT
from tests.unit.deploy.test_compose_file import COMPOSE

_WITHOUT = no_engine()
pytestmark = [
    pytest.mark.long,
    pytest.mark.timeout(3600),
    pytest.mark.skipif(bool(_WITHOUT), reason=_WITHOUT or "an engine answers"),
]
_SECONDS = 3000
OURS = sorted({each["image"] for each in COMPOSE["services"].values() if each["image"].startswith("diaoxun/")})
_TRUE = """
for package in $(dpkg-query -W -f '${Package} '); do
  for file in $(dpkg-query -L $package | grep '/lib.*[.]so[.]'); do [ -e $file ] || echo $file; done
done
command -v pip pip3 apt perl || true
"""


def made(*words: str, **environment: str) -> str:
    done = subprocess.run(
        ["make", *words], cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True,
        timeout=_SECONDS, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


@pytest.fixture(scope="module", autouse=True)
def printed() -> str:
    """What `make images` prints, with those built too that are usually built only when they are asked for."""
    return made("images", COMPOSE_PROFILES="watch,try")


def test_no_image_of_a_service_but_scheduling_is_above_250_mb_in_all(printed: str) -> None:
    sizes = {line.split()[0]: int(line.split()[1]) for line in printed.splitlines() if line.startswith("diaoxun/")}
    assert set(sizes) >= set(OURS)
    assert {name for name, size in sizes.items() if size > 250} <= {"diaoxun/scheduling", "diaoxun/watch"}


@pytest.mark.parametrize("image", OURS)
def test_what_nobody_calls_is_gone_and_what_is_listed_is_there(image: str) -> None:
    command = ["docker", "run", "--rm", "--network", "none", "--entrypoint", "sh", image, "-c", _TRUE]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    assert done.stdout == ""


def test_every_image_at_hand_lists_what_its_system_has() -> None:
    folder = ROOT / "var" / "sbom"
    said = made("sbom")
    for image in OURS:
        name = f"{image.removeprefix('diaoxun/')}.system.json"
        document = json.loads((folder / name).read_text("utf-8"))
        assert f"var/sbom/{name}" in said
        named = {each["name"] for each in document["components"]}
        assert {"libc6", "bash", "dpkg"} <= named
        assert "apt" not in named
    assert "haproxy" in (folder / "front.system.json").read_text("utf-8")
