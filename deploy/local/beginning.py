"""When the sample year begins."""

from datetime import datetime

from shared.clock import CITY_ZONE

BEGINNING = datetime(2020, 1, 6, 9, 0, tzinfo=CITY_ZONE)
