"""A Word document as an archive: looked through before anything unpacks it for good."""

from __future__ import annotations

import re

from services.outcomes.reportfiles.findings import FileLimits, Unreadable, broken, locked
from shared.archives import Archive, Trouble, UnsafeArchive

_ACTIVE = ("/activex/", "/embeddings/oleobject")
_MAIN = re.compile(rb"<[^<>]*/officeDocument\"[^<>]*>")
_DOCUMENT = re.compile(rb"Target=\"/?word/document\.xml\"")
_REMOTE = (b"attachedTemplate", b"oleObject", b"/frame", b"/subDocument")


def read_package(content: bytes, limits: FileLimits) -> dict[str, bytes]:
    """Return the parts of a .docx by name. Raises ``Unreadable``.

    Both the sizes an archive declares and those it really has are counted, block by block. Macros, active controls,
    embedded objects, templates and parts fetched from elsewhere, passwords and XML entities are refused.
    """
    try:
        archive = Archive(content)
        if "word/document.xml" not in archive.names:
            raise Unreadable(
                "not-word",
                "这不是Word文档（.docx）；请上传.docx、.pdf或.txt格式的报告",
                "the archive is no Word document; send the report as .docx, .pdf or .txt",
            )
        _refuse_active(archive.names)
        parts = archive.parts(limits.unpacked)
    except UnsafeArchive as unsafe:
        raise _refused(unsafe.trouble, limits) from None
    _refuse_remote(parts)
    _refuse_disguised(parts)
    return parts


def _refused(trouble: Trouble, limits: FileLimits) -> Unreadable:
    if trouble == "macros":
        return _macros()
    if trouble == "locked":
        return locked()
    if trouble == "too-large":
        return _bomb(limits)
    if trouble == "entities":
        return Unreadable(
            "entities",
            "文件内含XML实体声明，存在安全风险，已拒绝；请用Word另存后再上传",
            "the file declares XML entities and was refused for safety; save it again with Word",
        )
    return broken(trouble)


def _refuse_active(names: list[str]) -> None:
    if any(word in name for name in names for word in _ACTIVE):
        raise Unreadable(
            "active",
            "文件含有ActiveX控件或嵌入对象，为安全起见不予接收；请改为文字或图片后上传",
            "the file holds active controls or embedded objects; turn them into text or pictures",
        )


def _refuse_remote(parts: dict[str, bytes]) -> None:
    for name, content in parts.items():
        if name.endswith(".rels") and b"External" in content and any(kind in content for kind in _REMOTE):
            raise Unreadable(
                "remote",
                "文件引用了外部模板或对象，存在安全风险，已拒绝；请在Word中取消引用后再上传",
                "the file fetches a template or object from elsewhere; remove that in Word",
            )


def _refuse_disguised(parts: dict[str, bytes]) -> None:
    """Refuse a document whose main part, or a macro, stands under another name than the one that was looked at."""
    types = parts.get("[Content_Types].xml", b"").lower()
    if b"vbaproject" in types or b"macroenabled" in types:
        raise _macros()
    main = _MAIN.findall(parts.get("_rels/.rels", b""))
    if len(main) != 1 or not _DOCUMENT.search(main[0]):
        raise broken("main-part")


def _macros() -> Unreadable:
    return Unreadable(
        "macros",
        "文件含有宏，为安全起见不予接收；请另存为不含宏的.docx后上传",
        "the file holds macros; save it as .docx without",
    )


def _bomb(limits: FileLimits) -> Unreadable:
    most = limits.unpacked >> 20
    return Unreadable(
        "unpacked-size",
        f"文件解压后超过{most} MiB，已拒绝；请压缩图片后重新上传",
        f"the file unpacks to more than {most} MiB; make its pictures smaller",
    )
