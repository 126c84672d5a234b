"""The card of the rule."""

from marshmallow import Schema, fields, validate

from shared.plugins import Manifest
from shared.wording import Words


class Config(Schema):
    """What a city sets."""

    oldest = fields.Integer(
        load_default=55,
        strict=True,
        validate=validate.Range(18, 100),
        metadata={"description": "开班当日的年龄上限（周岁） / the highest age in full years on the first day"},
    )
    strict = fields.Boolean(
        load_default=True,
        metadata={"description": "超龄是否不予通过，否则仅提示 / refuse, or only warn"},
    )
    source = fields.String(
        load_default="本市培训通知 / the city's training notice",
        validate=validate.Length(1, 200),
        metadata={"description": "年龄要求的依据 / where the limit comes from"},
    )


MANIFEST = Manifest(
    slug="age_limit",
    kind="eligibility_rules",
    version="1.0.0",
    api_version="1",
    summary=Words("开班当日超过年龄上限的不予通过", "Refuses people above an age limit on the first day of the term"),
    body="diaoxun_age_limit.rule:AgeLimit",
    config=Config,
    capabilities=("personal",),
)
