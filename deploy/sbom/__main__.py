"""``make sbom``: of each image at hand, what its system has, beside the documents that come of the locks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import yaml

from deploy.sbom.system import QUESTION, system

_ROOT = Path(__file__).parents[2]
_SECONDS = 120


def main(folder: Path) -> int:
    """Write the documents into ``folder``, and say which image is not at hand."""
    compose = yaml.safe_load((_ROOT / "docker-compose.yml").read_text("utf-8"))
    for image in sorted({container["image"] for container in compose["services"].values()}):
        _write(image, folder)
    return 0


def _write(image: str, folder: Path) -> None:
    document = folder / f"{image.removeprefix('diaoxun/').replace('/', '-').partition(':')[0]}.system.json"
    document.unlink(missing_ok=True)  # of another image, if none comes of this one
    if (version := _run("image", "inspect", "--format", "{{.Id}}", image)) is None:
        print(f"没有镜像 {image}，未列出其系统软件包 / {image} is not at hand: what its system has is not listed")
        return
    answer = _run("run", "--rm", "--network", "none", "--user", "10001", "--entrypoint", "sh", image, "-c", QUESTION)
    if answer is None:
        print(f"{image} 没有软件包清单 / {image} has no list of packages")
        return
    document.write_text(system(image, version.strip(), answer), "utf-8")
    print(document)


def _run(*words: str) -> str | None:
    """Return what docker says, ``None`` where it fails or is not there."""
    try:
        done = subprocess.run(  # noqa: S603 - words of ours
            ["docker", *words],  # noqa: S607
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
