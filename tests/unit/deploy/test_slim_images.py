"""What is taken out of an image's environment is not missed by what stays."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[3]
_SLIM = ROOT / "deploy/docker/slim"


def test_slimmed_libraries_are_smaller_and_still_load(tmp_path: Path) -> None:
    for name in ("typst", "yaml", "greenlet"):
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
    assert _size(tmp_path) < 0.9 * before
    tried = (
        "import sys; sys.path.insert(0, sys.argv[1]); import typst, yaml, greenlet;"
        "assert all(m.__file__.startswith(sys.argv[1]) for m in (typst, yaml, greenlet));"
        "assert yaml.load('a: 1', yaml.CSafeLoader) == {'a': 1};"
        "assert greenlet.greenlet(lambda: 7).switch() == 7;"
        "assert typst.compile(b'= A').startswith(b'%PDF')"
    )
    subprocess.run([sys.executable, "-c", tried, str(tmp_path)], check=True)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
