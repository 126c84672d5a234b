"""The built-in fee standards: each reads the table shipped beside this module."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import ClassVar

from services.enrollment.domain.fee_table_standard import TableStandard as TableStandard


class ShippedTable(TableStandard):
    """A standard whose table is ``table``.json in this package."""

    table: ClassVar[str]

    def __init__(self) -> None:
        text = files(__package__).joinpath(f"{self.table}.json").read_text("utf-8")
        super().__init__(json.loads(text))


class Central(ShippedTable):
    """财行〔2016〕540号, and the rule of 2014 before it."""

    table = "central"


class Jinan(ShippedTable):
    """Shandong and Jinan, 2014: one rate, steps at 15 and 30 days, fewer staff."""

    table = "jinan_2014"


class Jiaozuo(ShippedTable):
    """Jiaozuo: steps at 15 and 30 days, arrival and departure together at most one day."""

    table = "jiaozuo"


class ZhuzhouLectures(ShippedTable):
    """Zhuzhou: lecture fees only, with an uplift for lecturers from elsewhere."""

    table = "zhuzhou_lectures"


class ItemisedCaps(ShippedTable):
    """A province with two classes, lodging and meals each capped by itself."""

    table = "itemised_caps"
