"""What an image answers about its distribution's packages becomes a valid CycloneDX document; no engine is needed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from deploy.sbom.__main__ import main as list_systems
from deploy.sbom.licences import licence, licensed
from deploy.sbom.licences import main as put_in
from deploy.sbom.system import system
from tests.unit.deploy.test_compose_file import DOCKER, locked

_RELEASE = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\n'
_PACKAGES = (
    "libssl3\t3.0.20-1~deb12u2\tamd64\topenssl\t3.0.20-1~deb12u2\tinstalled\n"
    "libstdc++6\t12.2.0-14+deb12u1\tamd64\tgcc-12\t12.2.0-14+deb12u1\tinstalled\n"
    "login\t1:4.13+dfsg1-1\tamd64\tshadow\t1:4.13+dfsg1-1\tconfig-files\n"
)
_PERMISSIVE = re.compile(r"MIT|BSD|Apache|PSF|Python Software|ISC|MPL|Mozilla|OFL|Unlicense|0BSD")


@pytest.mark.parametrize("python", ["Python 3.11.9\n", ""])
def test_every_installed_package_is_in_it_under_the_name_that_advisories_use(python: str) -> None:
    text = system("diaoxun/front", "sha256:1", f"{_RELEASE}--\n{python}--\n{_PACKAGES}")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    document = json.loads(text)
    assert document["metadata"]["component"]["name"] == "diaoxun/front"
    urls = {each["name"]: each.get("purl") for each in document["components"]}
    assert urls.pop("libssl3") == (
        "pkg:deb/debian/libssl3@3.0.20-1~deb12u2?arch=amd64&distro=debian-12&upstream=openssl%403.0.20-1~deb12u2"
    )
    assert urls.pop("libstdc++6").startswith("pkg:deb/debian/libstdc%2B%2B6@12.2.0-14%2Bdeb12u1?")
    assert urls == {"debian": None} | ({"python": "pkg:generic/python@3.11.9"} if python else {})


def test_an_answer_without_packages_is_no_document() -> None:
    with pytest.raises(ValueError, match="names no package"):
        system("diaoxun/front", "sha256:1", f"{_RELEASE}--\n--\n")


@pytest.mark.parametrize("lock", sorted(path.stem for path in (DOCKER / "locks").glob("*.txt")))
def test_the_licence_of_everything_in_an_image_is_known_and_lets_it_be_handed_on(lock: str) -> None:
    for requirement, hashes in locked(DOCKER / "locks" / f"{lock}.txt").items():
        name, _, version = requirement.partition("==")
        assert version
        assert hashes
        assert _PERMISSIVE.search(licence(name)), f"{name}: {licence(name)!r}"


@pytest.mark.parametrize(
    ("package", "stated"),
    [
        ("structlog", "MIT OR Apache-2.0"),  # an expression
        ("aiosmtpd", "Apache-2.0"),  # a short name, beside the classifier "OSI Approved"
        ("path-py", "MIT License"),  # "UNKNOWN", and a classifier
        ("pymongo", "Apache Software License"),  # the whole text, and a classifier
    ],
)
def test_the_licence_is_what_a_package_says_most_exactly(package: str, stated: str) -> None:
    assert licence(package) == stated


def test_a_document_that_is_not_valid_with_its_licences_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "one.json"
    component = {"type": "library", "name": "pymongo", "version": "4"}
    path.write_text(json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [component]}), "utf-8")
    assert put_in([path]) == 0
    assert "licenses" in path.read_text("utf-8")
    path.write_text('{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{"name": "pymongo"}]}', "utf-8")
    assert put_in([path]) == 1
    assert "one.json" in capsys.readouterr().err
    assert "licenses" not in path.read_text("utf-8")


def test_what_the_system_of_an_image_had_that_is_no_longer_at_hand_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    stale = tmp_path / "front.system.json"
    stale.write_text("{}", "utf-8")
    (tmp_path / "gateway.json").write_text("{}", "utf-8")
    assert list_systems(tmp_path) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["gateway.json"]
    assert "没有镜像 diaoxun/front" in capsys.readouterr().out


def test_licences_are_put_into_a_document() -> None:
    told = json.loads(licensed('{"components": [{"name": "pymongo"}, {"name": "not-installed"}]}'))
    assert [each.get("licenses") for each in told["components"]] == [[{"license": {"name": licence("pymongo")}}], None]
