"""Word documents: what Word shows once every change is accepted is read, however Word wraps it."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml import parse_xml

from services.scheduling.domain.notice_draft import Reading
from services.scheduling.domain.notice_file import UnreadableNotice
from services.scheduling.notices import NotANotice, read_notice_file
from services.scheduling.plugins.notice_docx import READER
from shared.plugins import Registry

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
HEAD = "2021年公务员培训计划"
START, END = "1．甲专题培训班。举办2期，共培训", "人，举办时间：5月11日至5月15日，学制5天。围绕子、丑进行培训。"
WHOLE = f"{START}80{END}"
SECOND = "2．乙专题培训班。举办1期，共培训40人，举办时间：6月1日至6月5日，学制5天。围绕寅进行培训。"
CHANGED = "未接受的修订"


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def gone(text: str) -> str:
    return f'<w:del w:id="1" w:author="a"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


def put_in(text: str) -> str:
    return f'<w:ins w:id="2" w:author="a">{run(text)}</w:ins>'


def paragraph(*inner: str, properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{''.join(inner)}</w:p>"


def cell(*inner: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(inner) or '<w:p/>'}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def word(*blocks: str) -> bytes:
    """A document of these blocks: XML of the main part, or the text of a paragraph."""
    document = docx.Document()
    body = document.element.body
    for block in blocks:
        xml = block if block.startswith("<") else paragraph(run(block))
        body.insert(len(body) - 1, parse_xml(xml.replace(">", f" {NAMESPACES}>", 1)))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def plugins() -> Registry:
    return Registry().discover()


def trainees(reading: Reading) -> list[int | None]:
    return [each.trainees for each in reading.draft.programmes]


def two_ways(newer: str, older: str) -> str:
    """The same for programs that know something and for those that do not."""
    return (
        f"<mc:AlternateContent><mc:Choice Requires='a'>{newer}</mc:Choice><mc:Fallback>{older}</mc:Fallback>"
        "</mc:AlternateContent>"
    )


CONTROL = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"


@pytest.mark.parametrize(
    "eighty",
    [
        f'<w:smartTag w:uri="u" w:element="chsdate"><w:smartTagPr/>{run("80")}</w:smartTag>',
        f'<w:smartTag w:element="a"><w:smartTag w:element="b">{run("80")}</w:smartTag></w:smartTag>',
        f'<w:fldSimple w:instr="DOCPROPERTY n">{run("80")}</w:fldSimple>',
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF 99</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("80")}<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        CONTROL.format(run("80")),
        f'<w:hyperlink w:anchor="a">{CONTROL.format(run("8"))}{run("0")}</w:hyperlink>',
        f'<w:customXml w:uri="u" w:element="n">{run("80")}</w:customXml>',
        f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('99')}</w:rt><w:rubyBase>{run('80')}</w:rubyBase></w:ruby></w:r>",
        f"<w:r>{two_ways('<w:t>80</w:t>', '<w:t>80</w:t>')}</w:r>",
        f"<w:r>{two_ways('', '<w:t>80</w:t>')}</w:r>",
    ],
)
def test_text_is_read_whatever_it_is_wrapped_in(eighty: str, plugins: Registry) -> None:
    reading = read_notice_file(word(HEAD, paragraph(run(START), eighty, run(END))), plugins)
    assert reading == read_notice_file(word(HEAD, WHOLE), plugins)
    assert trainees(reading) == [80]
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ([put_in("1"), run("80")], 180),
        ([gone("80"), put_in("120")], 120),
        ([f'<w:moveFrom w:id="1" w:author="a">{run("80")}</w:moveFrom>', put_in("60")], 60),
        ([f'<w:moveTo w:id="1" w:author="a">{run("80")}</w:moveTo>'], 80),
        ([f'<w:ins w:id="1" w:author="a">{gone("99")}{run("80")}</w:ins>'], 80),
    ],
)
def test_tracked_changes_are_read_as_accepted_and_told(written: list[str], read: int, plugins: Registry) -> None:
    reading = read_notice_file(word(HEAD, "", paragraph(run(START), *written, run(END))), plugins)
    assert trainees(reading) == [read]
    (told,) = reading.problems
    assert (told.line, told.text) == (3, f"{START}{read}{END}")
    assert told.zh == "文档含未接受的修订（1段，第一处在此），已按接受后的文字读取，请核对"
    assert "tracked changes" in told.en


def test_a_programme_put_in_by_a_change_is_read(plugins: Registry) -> None:
    mark = '<w:rPr><w:ins w:id="9" w:author="a"/></w:rPr>'
    reading = read_notice_file(word(HEAD, WHOLE, paragraph(put_in(SECOND), properties=mark)), plugins)
    assert trainees(reading) == [80, 40]
    assert [(each.line, CHANGED in each.zh) for each in reading.problems] == [(3, True)]


NUMBERED = '<w:pStyle w:val="ListNumber"/>'
END_GONE = '<w:rPr><w:del w:id="9" w:author="a"/></w:rPr>'


def test_a_programme_taken_out_by_a_change_is_not_read_nor_counted(plugins: Registry) -> None:
    parts = [WHOLE[2:], gone(SECOND[2:]), SECOND[2:].replace("40", "50")]
    blocks = [
        paragraph(run(parts[0]), properties=NUMBERED),
        paragraph(parts[1], properties=NUMBERED + END_GONE),
        paragraph(run(parts[2]), properties=NUMBERED),
    ]
    reading = read_notice_file(word(HEAD, *blocks), plugins)
    assert [(each.ordinal, each.trainees) for each in reading.draft.programmes] == [(1, 80), (2, 50)]
    assert [(each.line, CHANGED in each.zh) for each in reading.problems] == [(3, True)]


def test_a_paragraph_whose_end_is_taken_out_goes_on_in_the_next(plugins: Registry) -> None:
    blocks = [
        paragraph(run("甲专题培训班。举办2期，共培训"), properties=NUMBERED + END_GONE),
        paragraph(run(f"80{END}"), properties=NUMBERED),
        paragraph(run(SECOND[2:]), properties=NUMBERED + END_GONE),
    ]
    assert READER.text(word(HEAD, *blocks)).split("\n") == [
        HEAD,
        f"1.甲专题培训班。举办2期，共培训80{END}",
        f"2.{SECOND[2:]}",
    ]


@pytest.mark.parametrize(
    "holder", [CONTROL, '<w:customXml w:uri="u" w:element="n">{}</w:customXml>', CONTROL.format(CONTROL)]
)
def test_blocks_are_read_through_what_is_around_them(holder: str, plugins: Registry) -> None:
    both = paragraph(run(WHOLE)) + table(row(cell(paragraph(run(SECOND)))))
    reading = read_notice_file(word(HEAD, holder.format(both)), plugins)
    assert trainees(reading) == [80, 40]
    assert reading.problems == ()


def test_rows_and_cells_are_read_through_what_is_around_them_and_a_table_in_a_cell() -> None:
    inner = table(row(cell(paragraph(run("丙"))), cell(paragraph(run("丁")))))
    wrapped = CONTROL.format(
        row(CONTROL.format(cell(paragraph(run("甲")), paragraph(run("乙")))), cell(inner, "<w:p/>"))
    )
    assert READER.text(word(table(wrapped))) == "甲\n乙  丙  丁"


def test_merged_cells_read_in_every_row_and_once_in_each() -> None:
    wide, first, more = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = [
        row(cell(paragraph(run("甲")), properties=wide), cell(paragraph(run("乙")), properties=first)),
        row(cell(paragraph(run("丙"))), cell(paragraph(run("丁"))), cell(properties=more)),
        row(cell(paragraph(run("戊"))), cell(paragraph(run("己"))), cell(properties=more)),
    ]
    assert READER.text(word(table(*rows))).split("\n") == ["甲  乙", "丙  丁  乙", "戊  己  乙"]


def test_rows_and_cells_that_a_change_takes_out_are_not_read(plugins: Registry) -> None:
    out, cell_out = '<w:del w:id="1" w:author="a"/>', '<w:cellDel w:id="1" w:author="a"/>'
    rows = [
        row(cell(paragraph(run(WHOLE)))),
        row(cell(paragraph(run(SECOND))), properties=out),
        row(cell(paragraph(run(SECOND.replace("40", "50")))), cell(paragraph(run("旧")), properties=cell_out)),
    ]
    content = word(HEAD, table(*rows))
    assert READER.text(content).split("\n") == [HEAD, WHOLE, SECOND.replace("40", "50")]
    assert [(each.line, CHANGED in each.zh) for each in read_notice_file(content, plugins).problems] == [(3, True)]


def test_signs_of_a_run_read_as_what_they_stand_for() -> None:
    signs = "<w:tab/><w:ptab/><w:noBreakHyphen/><w:br/><w:cr/><w:br w:type='page'/><w:softHyphen/>"
    stops = '<w:tabs><w:tab w:val="left" w:pos="1"/></w:tabs>'
    assert (
        READER.text(word(paragraph(f"<w:r><w:t>甲</w:t>{signs}<w:t>乙</w:t></w:r>", properties=stops)))
        == "甲\t\t-\n\n乙"
    )


def test_a_content_control_that_nobody_filled_in_is_an_open_place(plugins: Registry) -> None:
    asks = "<w:sdt><w:sdtPr><w:showingPlcHdr{}/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    unfilled = word(HEAD, paragraph(run(START), asks.format("", run("单击此处输入文字。")), run(END)))
    filled = word(HEAD, paragraph(run(START), asks.format(' w:val="0"', run("80")), run(END)))
    assert trainees(read_notice_file(unfilled, plugins)) == [None]
    assert read_notice_file(unfilled, plugins).problems == ()
    assert trainees(read_notice_file(filled, plugins)) == [80]


def test_a_table_of_contents_is_no_second_notice(plugins: Registry) -> None:
    contents = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    line = paragraph(run("1．甲专题培训班 2"))
    listed = f"<w:sdt><w:sdtPr>{contents}</w:sdtPr><w:sdtContent>{line}</w:sdtContent></w:sdt>"
    assert read_notice_file(word(HEAD, listed, WHOLE), plugins) == read_notice_file(word(HEAD, WHOLE), plugins)


def test_what_stands_in_text_boxes_is_told_and_read_once(plugins: Registry) -> None:
    box = f"<w:txbxContent>{paragraph(run('内部资料'))}</w:txbxContent>"
    both = two_ways(box, box)
    reading = read_notice_file(word(HEAD, paragraph(run(START), f"<w:r>{both}</w:r>", run(f"80{END}"))), plugins)
    assert trainees(reading) == [80]
    assert [(each.line, each.text, "文本框" in each.zh) for each in reading.problems] == [(1, "内部资料", True)]
    empty = f"<w:r>{both.replace(run('内部资料'), '')}</w:r>"
    assert read_notice_file(word(HEAD, paragraph(run(WHOLE), empty)), plugins).problems == ()


def test_a_merged_cell_that_repeats_without_end_is_refused() -> None:
    first = row(cell(paragraph(run("甲" * 100_000)), properties='<w:vMerge w:val="restart"/>'))
    rows = row(cell(properties="<w:vMerge/>")) * 60
    inner = table(first, rows)
    for document in (word(inner), word(table(row(cell(inner, "<w:p/>"))))):
        with pytest.raises(UnreadableNotice, match="表格中有超过"):
            READER.text(document)


def test_elements_nested_as_deep_as_a_parser_allows_are_read() -> None:
    deep = run("甲")
    for _ in range(200):
        deep = f'<w:smartTag w:uri="u" w:element="n">{deep}</w:smartTag>'
    tables = paragraph(run("乙"))
    for _ in range(60):
        tables = table(row(cell(tables, "<w:p/>")))
    ways = run("丙")
    for _ in range(80):
        ways = two_ways(ways, run("丁"))
    lines = READER.text(word(paragraph(deep), tables, paragraph(ways))).split("\n")
    assert [line for line in lines if line.strip()] == ["甲", "乙", "丙"]


def test_a_document_without_anything_in_it_is_no_notice(plugins: Registry) -> None:
    with pytest.raises(NotANotice):
        read_notice_file(word(), plugins)
