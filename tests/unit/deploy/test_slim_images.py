"""What is taken out of an image's environment is not missed by what stays."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
_LEAN = ROOT / "deploy/docker/lean"
_SLIM = ROOT / "deploy/docker/slim"
_WARM = ROOT / "deploy/docker/warm"


def test_slimmed_libraries_are_smaller_and_still_load(tmp_path: Path) -> None:
    for name in ("typst", "yaml", "greenlet", "fontTools", "pygments", "pylopdf_fonts_zh_cn"):
        spec = find_spec(name)
        assert spec is not None
        assert spec.origin is not None
        shutil.copytree(Path(spec.origin).parent, tmp_path / name)
    stranger = tmp_path / "yaml" / "_yaml.cpython-39-x86_64-linux-gnu.so"
    stranger.write_bytes(b"for another Python")
    before = _size(tmp_path)

    subprocess.run([sys.executable, _SLIM, tmp_path], check=True)

    assert not stranger.exists()
    assert not (tmp_path / "greenlet" / "tests").exists()
    assert not [path for path in tmp_path.rglob("*") if path.suffix in {".c", ".cpp", ".h"}]
    assert _size(tmp_path) < 0.9 * before
    tried = (
        "import sys; sys.path.insert(0, sys.argv[1]); import typst, yaml, greenlet, fontTools, pygments;"
        "assert all(m.__file__.startswith(sys.argv[1]) for m in (typst, yaml, greenlet, fontTools, pygments));"
        "from services.notification.typesetting.fonts import FontShelf; assert len(FontShelf().coverage) > 20_000;"
        "from rich.console import Console; Console().print({'a': 1});"
        "assert yaml.load('a: 1', yaml.CSafeLoader) == {'a': 1};"
        "assert greenlet.greenlet(lambda: 7).switch() == 7;"
        "assert typst.compile(b'= A').startswith(b'%PDF')"
    )
    subprocess.run([sys.executable, "-c", tried, str(tmp_path)], check=True, cwd=ROOT)


def test_what_a_service_imports_is_compiled_and_what_another_does_is_not(tmp_path: Path) -> None:
    done = _warmed(tmp_path, "notification", without="apispec openpyxl")
    assert done.returncode == 0, done.stderr
    compiled = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.pyc")}
    tag = sys.implementation.cache_tag
    assert f"services/notification/typesetting/__pycache__/fonts.{tag}.pyc" in compiled
    assert f"shared/contracts/__pycache__/asyncapi.{tag}.pyc" not in compiled
    assert not [name for name in compiled if name.startswith("services/outcomes/commands")]
    kept = (tmp_path / f"services/notification/typesetting/__pycache__/fonts.{tag}.pyc").read_bytes()
    assert int.from_bytes(kept[4:8], "little") == 1  # of the file's content, not looked at again


@pytest.mark.parametrize(
    ("service", "missing"),
    [
        ("notification", "fontTools"),
        ("notification", "services.notification.service"),
        ("gateway", "apispec"),
        ("gateway", "gateway.wsgi"),
        ("compliance", "deploy.cli.app"),
        ("nothing", "services.nothing"),
    ],
)
def test_an_image_whose_service_cannot_be_imported_is_not_built(tmp_path: Path, service: str, missing: str) -> None:
    done = _warmed(tmp_path, service, without=missing)
    assert done.returncode == 1
    assert f"ModuleNotFoundError: No module named '{missing}'" in done.stderr
    assert not list(tmp_path.rglob("*.pyc"))


def _warmed(folder: Path, service: str, without: str) -> subprocess.CompletedProcess[str]:
    """Warm in an environment without these modules."""
    (folder / "sitecustomize.py").write_text(
        "import os, sys\n"
        "class Without:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name in os.environ['WITHOUT'].split():\n"
        "            raise ModuleNotFoundError(f'No module named {name!r}', name=name)\n"
        "sys.meta_path.insert(0, Without())\n",
        "utf-8",
    )
    return subprocess.run(
        [sys.executable, "-B", _WARM, service, ROOT, folder],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}", "WITHOUT": without},
        capture_output=True,
        text=True,
    )


def test_a_base_whose_tkinter_alone_lacks_its_library_is_whole_without_it(tmp_path: Path) -> None:
    tkinter = _library(tmp_path, "_tkinter", unlinked=True)
    kept = _library(tmp_path, "_ssl")
    (tmp_path / "tkinter").mkdir()

    done = subprocess.run(["sh", _LEAN, tmp_path], capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    assert not tkinter.exists()
    assert not (tmp_path / "tkinter").exists()
    assert kept.exists()


def test_a_base_that_lacks_any_other_library_is_refused_and_the_file_is_named(tmp_path: Path) -> None:
    _library(tmp_path, "_json")
    broken = _library(tmp_path, "_ssl", unlinked=True)
    done = subprocess.run(["sh", _LEAN, tmp_path], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith(f"{broken}:")
    assert "libq.so.6 => not found" in done.stderr


def test_a_base_of_which_ldd_says_nothing_is_refused(tmp_path: Path) -> None:
    done = subprocess.run(["sh", _LEAN, tmp_path], capture_output=True, text=True)
    assert done.returncode == 1
    assert "ldd says nothing" in done.stderr


def _library(stdlib: Path, name: str, *, unlinked: bool = False) -> Path:
    """Lay a compiled module into a standard library, on request one that is linked with what is nowhere."""
    spec = find_spec("greenlet._greenlet")
    assert spec is not None
    assert spec.origin is not None
    content = Path(spec.origin).read_bytes()
    assert b"\0libc.so.6\0" in content
    path = stdlib / "lib-dynload" / f"{name}.cpython-311-x86_64-linux-gnu.so"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content.replace(b"\0libc.so.6\0", b"\0libq.so.6\0") if unlinked else content)
    return path


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
