"""Notices as files: encodings, Word documents, and what is no notice at all."""

from __future__ import annotations

import io
import sys
import zipfile
from importlib.metadata import EntryPoint
from types import ModuleType
from typing import Any

import docx
import pytest

from services.scheduling.domain.notice_draft import Problem
from services.scheduling.notices import MOST_BYTES, NotANotice, read_notice_file
from shared.errors import TooLarge
from shared.plugins import Manifest, Registry
from shared.wording import Words
from tests.unit.scheduling.test_notice_real import open_notice


@pytest.fixture(scope="module")
def plugins() -> Registry:
    return Registry().discover()


def word(*paragraphs: str, style: str | None = None) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text, style=style)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_reads_the_same_in_every_usual_encoding(encoding: str, plugins: Registry) -> None:
    reading = read_notice_file(open_notice().encode(encoding), plugins)
    assert reading.problems == ()
    assert len(reading.draft.programmes) == 4
    assert reading.draft.title == "2020年公务员培训计划"


def test_a_word_document_reads_like_the_text_in_it(plugins: Registry) -> None:
    text = open_notice()
    expected = read_notice_file(text.encode(), plugins)
    assert read_notice_file(word(*text.split("\n")), plugins) == expected
    assert read_notice_file(word(text), plugins) == expected


def test_numbers_that_word_makes_itself_are_read(plugins: Registry) -> None:
    document = docx.Document()
    document.add_paragraph("2021年公务员培训计划")
    for name in ("甲", "乙"):
        document.add_paragraph(f"{name}专题培训班", style="List Number")
        document.add_paragraph("计划举办1期、共培训40人，举办时间5月11日至5月15日，学制5天。围绕子、丑进行培训。")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "市委组织部联系人：张三"
    table.cell(0, 1).text = "联系电话：88880001"
    out = io.BytesIO()
    document.save(out)
    draft = read_notice_file(out.getvalue(), plugins).draft
    assert [(each.ordinal, each.title, each.terms) for each in draft.programmes] == [
        (1, "甲专题培训班", 1),
        (2, "乙专题培训班", 1),
    ]
    assert [(each.person, each.phone) for each in draft.contacts] == [("张三", "88880001")]


def broken_word() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<broken")
    return out.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    """A notice that reads well but for one part put into it or in another's place."""
    out = io.BytesIO()
    whole = word(*open_notice().split("\n"))
    with zipfile.ZipFile(io.BytesIO(whole)) as read, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for each in read.namelist():
            if each != name:
                made.writestr(each, read.read(each))
        made.writestr(name, content)
    return out.getvalue()


def lying_about_sizes(content: bytes) -> bytes:
    """The archive with every part's unpacked size declared as ten bytes in the central directory."""
    made = bytearray(content)
    at = made.find(b"PK\x01\x02")
    while at >= 0:
        made[at + 24 : at + 28] = (10).to_bytes(4, "little")
        at = made.find(b"PK\x01\x02", at + 4)
    return bytes(made)


BLANKS = b" " * (65 * 1024 * 1024)
ENTITY = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空的"),
        (b" \n\n", "空的"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "旧版 Word"),
        (b"PK\x03\x04 not really a zip", "格式"),
        (bytes(range(256)) * 20, "读出中文"),
        (open_notice().encode("big5", "ignore"), "读出中文"),
        (open_notice().encode("euc-kr", "ignore"), "读出中文"),
        (open_notice().encode("shift-jis", "ignore"), "读出中文"),
        (open_notice().encode()[:-1] + b"\xff\xfe\xff", "读出中文"),
        ("你好，世界。".encode(), "没有读到任何班次"),
        (b"hello world", "没有读到任何班次"),
        (broken_word(), "损坏"),
        (with_part("word/document.xml", BLANKS), "解压"),
        (with_part("word/media/image1.png", BLANKS), "解压"),
        (lying_about_sizes(with_part("word/media/image1.png", BLANKS)), "损坏"),
        (with_part("word/vbaProject.bin", b"macro"), "宏"),
        (with_part("word/VBAData.xml", b"<macro/>"), "宏"),
        (with_part("word/document.xml", ENTITY), "实体"),
        (with_part("word/document.xml", ENTITY.decode().encode("utf-16")), "实体"),
        (with_part("customXml/item1.xml", ENTITY), "实体"),
        (word("一封信"), "没有读到任何班次"),
    ],
)
def test_what_is_no_notice_is_refused_in_clear_words(content: bytes, said: str, plugins: Registry) -> None:
    with pytest.raises(NotANotice) as refusal:
        read_notice_file(content, plugins)
    assert said in refusal.value.message.zh
    assert refusal.value.message.en


def test_a_file_beyond_all_reason_is_refused(plugins: Registry) -> None:
    with pytest.raises(TooLarge):
        read_notice_file(b"a" * (MOST_BYTES + 1), plugins)


class OnlyText:
    """A reader as the contract had it at first: it tells nothing but the text."""

    def recognises(self, content: bytes) -> bool:
        return True

    def text(self, content: bytes) -> str:
        return open_notice()


class Tells(OnlyText):
    """A reader that has more to tell."""

    def text_and_problems(self, content: bytes) -> tuple[str, list[Problem]]:
        return self.text(content), [Problem(2, "甲", "请核对", "please check")]


@pytest.mark.parametrize(("reader", "told"), [(OnlyText(), []), (Tells(), [(2, "甲", "请核对")])])
def test_a_reader_may_tell_of_its_file_and_need_not(
    reader: Any, told: list[tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    card = Manifest(
        "ours", "importers", "1.0.0", "1", Words("读", "Reads"), "ours_body:READER", capabilities=("notice",)
    )
    for name, holds in (("ours_card", {"MANIFEST": card}), ("ours_body", {"READER": reader})):
        module = ModuleType(name)
        vars(module).update(holds)
        monkeypatch.setitem(sys.modules, name, module)
    plugins = Registry().discover([EntryPoint("ours", "ours_card:MANIFEST", "diaoxun.importers")])
    reading = read_notice_file(b"any", plugins)
    assert len(reading.draft.programmes) == 4
    assert [(each.line, each.text, each.zh) for each in reading.problems] == told
