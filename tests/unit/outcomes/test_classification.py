"""Security markings are told from talk about secrets."""

import pytest

from services.outcomes.domain.classification import marking


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("机密★1年\n关于军民融合的报告", "机密★1年"),
        ("秘　密 ★ 20年", "秘密★20年"),
        ("绝密★长期", "绝密★长期"),
        ("密级：秘密", "密级:秘密"),
        ("【机密】产业项目清单.docx", "[机密]"),
        ("标题\n  机 密  \n正文", "机密"),
    ],
)
def test_a_marking_is_found(text: str, found: str) -> None:
    assert marking(text) is not None
    assert (marking(text) or "").replace("【", "[").replace("】", "]") == found


@pytest.mark.parametrize(
    "text",
    [
        "加强商业秘密保护，严守国家秘密",
        "机密文件的管理要求是什么？",
        "如何做好保密工作",
        "涉及秘密级事项的，按规定另行报送",
        "绝密航线（电影）观后感",
        "",
    ],
)
def test_talk_about_secrets_is_no_marking(text: str) -> None:
    assert marking(text) is None
