"""Cards of the built-in fee standards; what they reckon by stands in the tables beside them."""

from marshmallow import Schema, fields, validate

from shared.plugins import Manifest
from shared.wording import Words


class CityTable(Schema):
    """A city's own standard, written down by itself."""

    editions = fields.List(
        fields.Dict(keys=fields.String()),
        required=True,
        validate=validate.Length(1, 50),
        metadata={
            "description": "本市标准的各个版本，写法同 central.json / the editions of the city's own standard, "
            "written as in central.json"
        },
    )


def _standard(slug: str, zh: str, en: str, body: str, config: type[Schema] | None = None) -> Manifest:
    return Manifest(
        slug=slug,
        kind="fee_standards",
        version="1.0.0",
        api_version="1",
        summary=Words(zh, en),
        body=f"services.enrollment.plugins.fee_standards.tables:{body}",
        config=config,
    )


CENTRAL = _standard("central", "中央和国家机关培训费标准", "Training fees of central organs", "Central")
JINAN_2014 = _standard("jinan_2014", "山东省直、济南市直培训费标准", "Training fees of Shandong and Jinan", "Jinan")
JIAOZUO = _standard("jiaozuo", "焦作市市直培训费标准", "Training fees of Jiaozuo", "Jiaozuo")
ZHUZHOU_LECTURES = _standard("zhuzhou_lectures", "株洲市讲课费标准", "Lecture fees of Zhuzhou", "ZhuzhouLectures")
ITEMISED_CAPS = _standard("itemised_caps", "分项限额的培训费标准", "A standard with capped items", "ItemisedCaps")
CITY_TABLE = _standard(
    "city_table", "本市自定的培训费标准", "A standard a city writes itself", "TableStandard", CityTable
)
