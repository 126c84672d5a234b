"""Plugins in a bad mood, in distributions of their own: one leaks, leaves, hangs or spins, one crashes."""

from __future__ import annotations

from pathlib import Path

_CARD = """
from shared.plugins import Manifest
from shared.wording import Words

MANIFEST = Manifest(
    slug="{slug}", kind="eligibility_rules", version="1.0.0", api_version="1",
    summary=Words("{slug}", "{slug}"), body="{package}.rule:RULE",
)
"""
_MOODY = """
import os, time
from pathlib import Path

from services.enrollment.domain.eligibility import passed


class Moody:
    def judge(self, facts, policies):
        try:
            mood = Path(os.environ["DIAOXUN_MOOD"]).read_text().strip()
        except OSError:
            mood = ""
        if mood == "leaks":
            raise KeyError("something of mine")
        if mood == "leaves":
            raise SystemExit(3)
        if mood == "hangs":
            time.sleep(3600)
        while mood == "spins" and Path(os.environ["DIAOXUN_MOOD"]).exists():
            pass
        return passed("好", "fine", "test")


RULE = Moody()
"""
_CRASHING = """
raise SystemExit("it ends whoever imports it")
"""


def install(site: Path) -> None:
    """Lay the two distributions into a folder for ``PYTHONPATH``, as an installer would."""
    for slug, body in (("moody", _MOODY), ("crashing", _CRASHING)):
        package = site / f"diaoxun_{slug}"
        package.mkdir(parents=True)
        (package / "__init__.py").write_text(_CARD.format(slug=slug, package=package.name), "utf-8")
        (package / "rule.py").write_text(body, "utf-8")
        described = site / f"diaoxun_{slug}-1.0.dist-info"
        described.mkdir()
        (described / "METADATA").write_text(f"Metadata-Version: 2.1\nName: diaoxun-{slug}\nVersion: 1.0\n", "utf-8")
        entry = f"[diaoxun.eligibility_rules]\n{slug} = {package.name}:MANIFEST\n"
        (described / "entry_points.txt").write_text(entry, "utf-8")
