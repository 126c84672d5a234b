"""Figures for the report of a year: each with the rows behind it, the same shape from every service."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.contracts.schema import Reply, Request

UNITS = ("people", "hours", "days", "yuan", "terms", "items", "percent")
"""What a figure's value counts."""


class GetFigures(Request):
    """Which plan's figures."""

    plan_id = fields.String(required=True, validate=validate.Length(1, 80))


class Title(Reply):
    """Words shown to people."""

    zh = fields.String(required=True)
    en = fields.String(required=True)


class FigureColumn(Reply):
    """One column of the rows behind a figure."""

    key = fields.String(required=True)
    title = fields.Nested(Title, required=True)


class Figure(Reply):
    """One figure; ``value`` is null when there is nothing to say yet. ``columns`` name what stands in its ``rows``."""

    key = fields.String(required=True)
    title = fields.Nested(Title, required=True)
    unit = fields.String(required=True, validate=validate.OneOf(UNITS))
    value = fields.Float(required=True, allow_none=True)
    columns = fields.List(fields.Nested(FigureColumn), required=True)
    rows = fields.List(fields.Dict(keys=fields.String()), required=True)


class Figures(Reply):
    """What one service contributes to the report of a year."""

    figures = fields.List(fields.Nested(Figure), required=True)
