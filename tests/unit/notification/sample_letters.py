"""Letters for the layout tests, and what poppler says about where things stand in them."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from services.notification.domain.facts import Contact, Facts, Issuer, Term, Trainee
from services.notification.plugins import AdmissionNoticeWording, TransferLetterWording
from services.notification.plugins.admission_notice import AdmissionNotice
from services.notification.plugins.transfer_letter import TransferLetter
from services.notification.typesetting.typesetter import Typesetter

MM = 72 / 25.4
DATED = date(2020, 4, 28)
TERM = Term(
    "term_1",
    "推进国家治理体系和治理能力现代化专题培训班",
    1,
    date(2020, 5, 11),
    date(2020, 5, 15),
    5,
    date(2020, 5, 10),
    "14:00至18:00",
    "09:00",
    "市委党校主校区",
    "",
    "一号楼报告厅",
    5,
    False,
    date(2020, 5, 6),
)
LONG_POST = "基层卫生与妇幼健康科（职业健康科、老龄健康科）副科长（主持工作）"
DOCUMENTS: dict[str, Any] = {
    "transfer_letter": TransferLetter(**TransferLetterWording().load({})),
    "admission_notice": AdmissionNotice(**AdmissionNoticeWording().load({})),
}


def trainee(number: int = 1, name: str = "张伟", post: str = "疾控科科长") -> Trainee:
    return Trainee(f"nomination_{number}", name, "男", "东湖区卫生健康局", post, "一级主任科员")


def transfer_facts(*trainees: Trainee) -> Facts:
    issuer = Issuer("transfer", "中共江城市委组织部", "中共江城市委组织部", "江组函", Contact("王海", "027-00000000"))
    return Facts("transfer", issuer, TERM, "jiangcheng.donghu", "东湖区委", trainees or (trainee(),))


def admission_facts(someone: Trainee) -> Facts:
    name = "中共江城市委党校（江城市行政学院）"
    issuer = Issuer("admission", name, "中共江城市委党校", "江校学", Contact("李明", "027-00000002"))
    return Facts("admission", issuer, TERM, "jiangcheng.donghu", "东湖区委", (someone,))


def typesetter() -> Typesetter:
    made = Typesetter()
    for slug, document in DOCUMENTS.items():
        made.add(slug, document.template())
    return made


def rendered(setter: Typesetter, slug: str, facts: Facts) -> bytes:
    number = f"{facts.issuer.series}〔2020〕12号"
    return setter.render(slug, DOCUMENTS[slug].compose(facts, number, DATED), DATED)


@dataclass(frozen=True)
class Word:
    """A word on a page; distances in mm from the left and top edge of the paper to its box of font height."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def words(pdf: bytes, folder: Path) -> list[list[Word]]:
    """Return the words of each page as pdftotext finds them."""
    source = folder / "letter.pdf"
    source.write_bytes(pdf)
    program = shutil.which("pdftotext")
    assert program, "the layout tests need poppler-utils"
    found = subprocess.run([program, "-bbox", str(source), "-"], capture_output=True, check=True, text=True).stdout
    pages = []
    for page in found.split("<page ")[1:]:
        matches = re.findall(
            r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', page
        )
        pages.append([Word(text, *(float(edge) / MM for edge in edges)) for *edges, text in matches])
    return pages


@dataclass(frozen=True)
class Picture:
    """A page as pixels, 10 to the mm."""

    width: int
    height: int
    rgb: bytes

    def rows(self, wanted: str) -> list[tuple[float, float, float]]:
        """Return (top, left, right) in mm of each pixel row that holds ``red`` or ``black``."""
        found = []
        for y in range(self.height):
            row = self.rgb[y * self.width * 3 : (y + 1) * self.width * 3]
            red, green = row[0::3], row[1::3]
            if wanted == "red":
                hits = [x for x in range(self.width) if red[x] > 150 and green[x] < 90]
            else:
                hits = [x for x in range(self.width) if red[x] < 110 and green[x] < 110]
            if hits:
                found.append((y / 10, hits[0] / 10, (hits[-1] + 1) / 10))
        return found


def picture(pdf: bytes, folder: Path, page: int = 1) -> Picture:
    """Return a page as pdftoppm draws it."""
    source = folder / "letter.pdf"
    source.write_bytes(pdf)
    program = shutil.which("pdftoppm")
    assert program, "the layout tests need poppler-utils"
    command = [program, "-r", "254", "-f", str(page), "-l", str(page), "-aa", "no", str(source)]
    raw = subprocess.run(command, capture_output=True, check=True).stdout
    header = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", raw)
    assert header
    return Picture(int(header[1]), int(header[2]), raw[header.end() :])
