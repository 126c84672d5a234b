"""`make sbom`: a valid CycloneDX document an image, with every package of its lock, its version and its hashes."""

from __future__ import annotations

import json
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tests.unit.deploy.test_compose_file import DOCKER, locked

# Eight times a program that takes seconds to begin with: minutes on a busy machine.
pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sbom")
    make = ["bash", str(DOCKER / "sbom"), sysconfig.get_path("scripts"), str(folder)]
    subprocess.run(make, check=True, capture_output=True, timeout=800)
    return folder


@pytest.mark.parametrize("image", sorted(path.stem for path in (DOCKER / "locks").glob("*.txt")))
def test_every_package_of_an_image_is_in_its_document(written: Path, image: str) -> None:
    text = (written / f"{image}.json").read_text("utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    document = json.loads(text)
    assert document["bomFormat"] == "CycloneDX"
    assert document["metadata"]["component"]["name"] == "diaoxun"
    lock = locked(DOCKER / "locks" / f"{image}.txt")
    told = {f"{each['name']}=={each['version']}": _hashes(each) for each in document["components"]}
    assert told == {name: hashes for name, hashes in lock.items() if name}


def _hashes(component: dict[str, Any]) -> set[str]:
    found = [each for reference in component["externalReferences"] for each in reference.get("hashes", [])]
    return {f"{each['alg'].lower().replace('-', '')}:{each['content']}" for each in found}
