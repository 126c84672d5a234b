"""What the two services of the event bench agree on."""

from marshmallow import fields

from shared.contracts import Event, EventData, ServiceContract
from shared.storage import Collection, StoreSchema
from shared.wording import Words


class ThingMade(EventData):
    """A thing was made."""

    thing_id = fields.String(required=True)


MADE = Event("maker.thing.made.v1", Words("已制成", "A thing was made"), ThingMade)
MAKER = ServiceContract("maker", Words("甲", "Maker"), (), (MADE,))
TAKER = ServiceContract("taker", Words("乙", "Taker"), (), (), (MADE,))
THINGS = Collection("things")
TAKEN = Collection("taken")
MAKER_STORE = StoreSchema("maker", (THINGS,))
TAKER_STORE = StoreSchema("taker", (TAKEN,))
