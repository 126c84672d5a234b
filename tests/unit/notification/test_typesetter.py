"""What the typesetter promises: same bytes, no tofu, data never run as markup."""

from __future__ import annotations

import io
import tempfile
import threading
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from services.notification.typesetting.fonts import MissingGlyphs
from services.notification.typesetting.typesetter import Typesetter, TypesettingFailed
from tests.unit.notification.sample_letters import (
    DATED,
    admission_facts,
    rendered,
    trainee,
    transfer_facts,
    typesetter,
)


@pytest.fixture(scope="module")
def setter() -> Typesetter:
    return typesetter()


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).replace("\n", "")


def test_the_same_letter_gives_the_same_bytes_on_another_press(setter: Typesetter) -> None:
    facts = transfer_facts(trainee(1), trainee(2, "李娜"))
    other = typesetter()
    assert rendered(setter, "transfer_letter", facts) == rendered(other, "transfer_letter", facts)


def test_threads_get_their_own_letters(setter: Typesetter) -> None:
    names = [f"{family}{given}" for family in "赵钱孙李" for given in "伟芳敏"]
    texts: dict[str, str] = {}

    def render(name: str) -> None:
        texts[name] = text_of(rendered(setter, "admission_notice", admission_facts(trainee(1, name))))

    threads = [threading.Thread(target=render, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(f"{name}同志" in texts[name] for name in names)


def test_a_character_no_font_has_is_named_and_not_printed_as_a_box(setter: Typesetter) -> None:
    with pytest.raises(MissingGlyphs) as caught:
        rendered(setter, "admission_notice", admission_facts(trainee(1, "王\U0002b8a1")))
    assert caught.value.characters == ("\U0002b8a1",)


@pytest.mark.parametrize("name", ["王喆", "李堃", "张燚", "刘䶮", "陈𬀩", "阿卜杜拉·买买提"])
def test_rare_characters_of_names_are_shown(setter: Typesetter, name: str) -> None:
    assert f"{name}同志" in text_of(rendered(setter, "admission_notice", admission_facts(trainee(1, name))))


@pytest.mark.parametrize("name", ['#read("/etc/passwd")', "*粗* _斜_ $x$", "= 标题", "@引用 <标签>", '"; import "'])
def test_data_is_shown_and_never_run(setter: Typesetter, name: str) -> None:
    shown = text_of(rendered(setter, "admission_notice", admission_facts(trainee(1, name))))
    assert name.replace(" ", "") in shown.replace(" ", "")
    assert "root:" not in shown


def test_a_template_reads_nothing_outside_its_folder(setter: Typesetter) -> None:
    setter.add("curious", '#read("/../../etc/hostname")')
    with pytest.raises(TypesettingFailed):
        setter.render("curious", {}, DATED)


def test_fonts_are_embedded_as_subsets_of_the_open_ones(setter: Typesetter) -> None:
    pdf = rendered(setter, "transfer_letter", transfer_facts())
    reader = PdfReader(io.BytesIO(pdf))
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index,union-attr]
    }
    assert fonts
    assert all("+NotoSerifSC" in name or "+NotoSansSC" in name for name in fonts)
    assert len(pdf) < 200_000


def test_a_template_reads_nothing_but_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret.typ").write_text("a secret", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    made = Typesetter()
    for slug, path in (
        ("there", "secret.typ"),
        ("above", "/../typesetter.py"),
        ("whole", str(tmp_path / "secret.typ")),
    ):
        made.add(slug, f'#read("{path}")')
        with pytest.raises(TypesettingFailed):
            made.render(slug, {}, date(2020, 5, 11))


def test_nothing_is_left_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    made = Typesetter()
    made.add("plain", "#set page(width: 10cm, height: 10cm)")
    assert made.render("plain", {}, date(2020, 5, 11)).startswith(b"%PDF")
    assert list(tmp_path.iterdir()) == []
