"""Personal data is taken out of what people write."""

import pytest

from services.outcomes.domain.personal_data import NAME_HIDDEN, without_names, without_personal_numbers


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("老李（11010519491231002X）反映的问题", "老李（（证件号已隐去））反映的问题"),
        ("请致电１３８１２３４５６７８", "请致电（电话已隐去）"),
        ("联系138-1234-5678了解", "联系（电话已隐去）了解"),
        ("办公电话027-87654321", "办公电话（电话已隐去）"),
        ("材料发到wang.wei@example.cn", "材料发到（邮箱已隐去）"),
        ("2020年共3000户、投入12345678901234元", "2020年共3000户、投入12345678901234元"),
        ("  怎么办？ ", "怎么办？"),
    ],
)
def test_numbers_and_addresses_are_masked(text: str, kept: str) -> None:
    assert without_personal_numbers(text) == kept


def test_names_of_the_units_people_are_masked_also_with_a_space_in_them() -> None:
    text = without_names("王建国、李 娜两位同志反映，欧阳明月局长已答复", ["王建国", "李娜", "欧阳明月", "欧阳明"])
    assert text == f"{NAME_HIDDEN}、{NAME_HIDDEN}两位同志反映，{NAME_HIDDEN}局长已答复"


def test_a_single_character_is_no_name() -> None:
    assert without_names("王某反映", ["王", " "]) == "王某反映"
