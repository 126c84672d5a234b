"""Files of reports: read where they are what they say, refused with a reason where they are not."""

from __future__ import annotations

import pytest
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from services.outcomes.domain.classification import marking
from services.outcomes.reportfiles.blinding import Blindfold, blind_copy
from services.outcomes.reportfiles.findings import FileLimits, Unreadable
from services.outcomes.reportfiles.package import read_package
from services.outcomes.reportfiles.reading import read_report
from tests.fixtures.reports import Parts, changed, packed, parts_of, portable, rewritten, word

LIMITS = FileLimits(unpacked=4 << 20, pages=3, characters=5000)
TEXT = "基层治理调研报告：网格化管理的成效与不足。"
GOOD = word(TEXT, table="调查对象：12个村")


def read(content: bytes, limits: FileLimits = LIMITS):  # type: ignore[no-untyped-def]
    return read_report(content, limits, lambda fn, *args: fn(*args))


def refusal(content: bytes, limits: FileLimits = LIMITS) -> str:
    with pytest.raises(Unreadable) as refused:
        read(content, limits)
    assert refused.value.zh
    assert refused.value.en
    return refused.value.reason


def part(name: str, content: bytes = b"x"):  # type: ignore[no-untyped-def]
    return lambda parts: parts.update({name: content})


def replaced(name: str, old: bytes, new: bytes):  # type: ignore[no-untyped-def]
    def change(parts: Parts) -> None:
        assert old in parts[name]
        parts[name] = parts[name].replace(old, new)

    return change


@pytest.mark.parametrize(
    ("content", "kind"),
    [(GOOD, "docx"), (portable(TEXT), "pdf"), (TEXT.encode(), "txt"), (TEXT.encode("gb18030"), "txt")],
    ids=["docx", "pdf", "utf-8", "gb18030"],
)
def test_each_kind_of_file_is_told_by_its_bytes_and_read(content: bytes, kind: str) -> None:
    found = read(content)
    assert found.kind == kind
    assert "网格化管理的成效与不足" in found.text.replace("\n", "")


def test_tables_belong_to_the_text_and_headers_stand_apart() -> None:
    found = read(word(TEXT, table="调查对象：12个村", header="机密★1年", author="王建国"))
    assert "12个村" in found.text
    assert marking(found.text) is None
    assert marking(found.margins) == "机密★1年"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf  \n", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "old-office"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"MZ\x90\x00", "program"),
        (b"<html><body>x</body></html>", "web"),
        (b"text\x00binary", "binary"),
        (b"\xff\xfe\xfd\xfc\xfb" * 9, "encoding"),
        (b"PK\x03\x04 not an archive", "broken"),
        (packed({"xl/workbook.xml": b"<x/>"}), "not-word"),
        (b"%PDF-1.7\nnothing of a PDF", "broken"),
        (portable(TEXT)[:300], "broken"),
    ],
)
def test_what_is_no_report_is_refused_by_what_it_is(content: bytes, reason: str) -> None:
    assert refusal(content) == reason


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (part("word/vbaProject.bin"), "macros"),
        (part("word/VBAPROJECT.BIN"), "macros"),
        (
            replaced("[Content_Types].xml", b"</Types>", b"<!-- application/vnd.ms-office.vbaProject --></Types>"),
            "macros",
        ),
        (part("word/activeX/activeX1.xml"), "active"),
        (part("word/embeddings/oleObject1.bin"), "active"),
        (part("word/big.bin", b"\0" * (5 << 20)), "unpacked-size"),
        (replaced("word/document.xml", b"<w:document", b"<!DOCTYPE w [<!ENTITY a 'b'>]><w:document"), "entities"),
        (replaced("word/document.xml", b"</w:body>", b"</w:bod>"), "broken"),
        (replaced("_rels/.rels", b"word/document.xml", b"word/other.xml"), "main-part"),
        (
            part(
                "word/_rels/settings.xml.rels",
                b'<Relationships><Relationship Type="http://x/attachedTemplate" Target="http://evil/x.dotm"'
                b' TargetMode="External"/></Relationships>',
            ),
            "remote",
        ),
    ],
    ids=["macro", "macro-case", "macro-type", "activex", "ole", "bomb", "entity", "xml", "decoy", "template"],
)
def test_a_word_document_that_does_something_is_refused(change, reason: str) -> None:  # type: ignore[no-untyped-def]
    assert refusal(changed(GOOD, change)) == reason


def test_an_archive_that_lies_about_its_sizes_is_counted_while_it_is_unpacked() -> None:
    bomb = changed(GOOD, part("word/media/a.bin", b"\0" * (5 << 20)))
    size = (5 << 20).to_bytes(4, "little")
    assert bomb.count(size) >= 2
    assert refusal(bomb.replace(size, (9).to_bytes(4, "little"))) in ("broken", "unpacked-size")


def test_two_parts_of_one_name_are_refused() -> None:
    doubled = packed({**parts_of(GOOD), "word/documenT.xml": b"<x/>"}).replace(
        b"word/documenT.xml", b"word/document.xml"
    )
    assert refusal(doubled) == "doubled"


def test_links_to_the_web_are_no_danger() -> None:
    rels = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9"'
        b' Type="http://x/hyperlink" Target="http://www.gov.cn" TargetMode="External"/></Relationships>'
    )
    assert read(changed(GOOD, part("word/_rels/header9.xml.rels", rels))).kind == "docx"


def test_a_pdf_with_scripts_attachments_or_a_password_is_refused() -> None:
    plain = portable(TEXT)
    script = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x()")})
    opening = {NameObject("/OpenAction"): script}
    assert refusal(rewritten(plain, lambda pdf: pdf.root_object.update(opening))) == "active"
    assert refusal(rewritten(plain, lambda pdf: pdf.add_attachment("a.exe", b"MZ"))) == "active"
    assert refusal(rewritten(plain, lambda pdf: pdf.encrypt("secret"))) == "password"


def test_pages_and_characters_are_limited() -> None:
    assert read(portable(TEXT, 3)).kind == "pdf"
    assert refusal(portable(TEXT, 4)) == "pages"
    short = FileLimits(LIMITS.unpacked, LIMITS.pages, 10)
    assert [refusal(content, short) for content in (GOOD, portable(TEXT), TEXT.encode())] == ["characters"] * 3


BLINDFOLD = Blindfold(["王建国", "东湖区卫生健康局", "东湖区"])


def test_a_blind_copy_of_a_word_document_tells_nothing_of_its_author() -> None:
    signed = word(
        TEXT,
        "作者：王建国   单位：东湖区卫生健康局",
        "笔者所在的东湖区卫生健康局开展了调研。",
        author="王建国",
        title="东湖区调研",
        header="王 建国",
        runs=["课题负责人王", "建", "国"],
        table="填表人 王建国",
    )
    kind, copy = blind_copy("docx", read_package(signed, LIMITS), "", BLINDFOLD)
    assert kind == "docx"
    everything = b"".join(parts_of(copy).values()).decode("utf-8", "replace")
    assert not [word_ for word_ in ("王建国", "王 建国", "东湖区") if word_ in everything]
    found = read(copy)
    assert TEXT in found.text
    assert "课题负责人×××" in found.text
    assert "单位" not in found.text


def test_comments_and_tracked_changes_lose_their_authors() -> None:
    tracked = replaced(
        "word/document.xml",
        b"</w:body>",
        '<w:p><w:ins w:author="王建国" w:id="9"><w:r><w:t>补充</w:t></w:r></w:ins></w:p></w:body>'.encode(),
    )
    _, copy = blind_copy("docx", read_package(changed(GOOD, tracked), LIMITS), "", BLINDFOLD)
    assert "王建国".encode() not in parts_of(copy)["word/document.xml"]
    assert "补充" in read(copy).text


def test_of_a_pdf_reviewers_get_the_text_and_of_a_text_a_text() -> None:
    kind, copy = blind_copy("pdf", None, f"姓名：王建国\n{TEXT}\x07", BLINDFOLD)
    assert kind == "docx"
    assert read(copy).text == f"姓名：×××\n{TEXT}"
    assert b"python-docx" not in parts_of(copy)["docProps/core.xml"]
    assert blind_copy("txt", None, "王建国：正文", BLINDFOLD) == ("txt", "×××：正文".encode())
