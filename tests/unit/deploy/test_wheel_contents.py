"""Images install a built wheel: every file the code opens at run time has to be in it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PACKAGES = ("shared", "services", "gateway", "deploy")
NOT_INSTALLED = (
    "deploy/advisories/", "deploy/docker/", "deploy/kubernetes/", "deploy/mail/", "deploy/monitoring/",
    "deploy/rabbitmq/", "deploy/sbom/",
)  # fmt: skip
_BUILD = "import sys, setuptools.build_meta as backend; backend.build_wheel(sys.argv[1])"


def files_of_the_packages() -> set[str]:
    """Return what the packages consist of, without what Python leaves behind and texts for readers."""
    return {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".md"
    } - {
        path.relative_to(ROOT).as_posix() for path in (ROOT / "deploy").glob("*") if path.is_file() and not path.suffix
    }


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel built from a copy of the sources, as the images do."""
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, source / package, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    done = subprocess.run(
        [sys.executable, "-c", _BUILD, str(target)], cwd=source, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return zipfile.ZipFile(next(target.glob("*.whl")))


def test_a_wheel_holds_every_file_of_the_packages_but_the_deployment_s_own(wheel: zipfile.ZipFile) -> None:
    wanted = {name for name in files_of_the_packages() if not name.startswith((*NOT_INSTALLED, "deploy/pictures/"))}
    assert "services/notification/typesetting/templates/official.typ" in wanted
    assert wanted - set(wheel.namelist()) == set()


def test_a_wheel_holds_nothing_of_images_or_tests(wheel: zipfile.ZipFile) -> None:
    foreign = [name for name in wheel.namelist() if name.startswith((*NOT_INSTALLED, "tests/"))]
    assert foreign == []


def test_a_wheel_keeps_the_entry_points(wheel: zipfile.ZipFile) -> None:
    entry_points = next(name for name in wheel.namelist() if name.endswith(".dist-info/entry_points.txt"))
    text = wheel.read(entry_points).decode()
    assert "diaoxun = deploy.cli.app:main" in text
    assert "notification = services.notification.manifest:MANIFEST" in text
