"""The delivery ledger: retries, isolation of broken channels, preferences."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from services.notification import contract
from services.notification.commands import sending
from services.notification.commands.sending import hand_over
from services.notification.domain.delivery import CLAIM, WAITS
from services.notification.ports import NotDelivered, Parcel, Receipt
from shared.errors import NotFound
from shared.plugins import State
from shared.security.caller import Caller, Role
from tests.fixtures.store import MakeStore
from tests.integration.notification.notification_city import UNIT, City


class FakeChannel:
    """A channel that does what the test says for each call."""

    def __init__(self, *behaviour: Any) -> None:
        self.behaviour = list(behaviour)
        self.parcels: list[Parcel] = []

    def send(self, parcel: Parcel) -> Any:
        self.parcels.append(parcel)
        step = self.behaviour.pop(0) if self.behaviour else Receipt("taken")
        if isinstance(step, BaseException):
            raise step
        return step() if callable(step) else step


@pytest.fixture
def city(make_store: MakeStore, tmp_path: Path) -> City:
    made = City(make_store, tmp_path)
    made.place_term()
    return made


def parcel(delivery_id: str) -> Parcel:
    return Parcel(
        delivery_id=delivery_id,
        letter_id="letter_1",
        kind="transfer",
        number="江组函〔2020〕1号",
        title="函",
        unit_id=UNIT,
        recipient=UNIT,
        filename="a.pdf",
        content=b"%PDF",
        sha256="",
        attempt=1,
        sent_at=datetime(2020, 5, 11, tzinfo=UTC),
        data_folder=Path(),
    )


def use(city: City, channel: FakeChannel) -> FakeChannel:
    plugin = city.registry.load("channels/outbox_folder")
    plugin.instance = channel
    return channel


def deliveries(city: City, **wanted: object) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = city.harness.call(contract.LIST_DELIVERIES, {"limit": 200, **wanted})["items"]
    return items


def issue_one(city: City) -> list[str]:
    city.admit("张伟")
    city.roster_admitted()
    return city.settle()


def tick(city: City) -> None:
    city.harness.tick("deliveries", city.clock.now())


def calls(city: City) -> list[str]:
    return [task["state"] for task in city.harness.call(contract.LIST_PHONE_TASKS)["items"]]


def void_all(city: City) -> None:
    for letter in city.harness.call(contract.LIST_LETTERS)["items"]:
        city.harness.call(contract.VOID_LETTER, {"letter_id": letter["letter_id"], "reason": "作废"})


def test_each_letter_is_one_delivery_with_its_receipt(city: City) -> None:
    issue_one(city)
    rows = deliveries(city)
    assert {(row["recipient_kind"], row["state"], row["attempts"]) for row in rows} == {
        ("unit", "delivered", 1),
        ("trainee", "delivered", 1),
    }
    assert rows[0]["receipt"].endswith("号.pdf")


def test_a_missed_delivery_is_tried_again_when_its_time_comes(city: City) -> None:
    channel = use(city, FakeChannel(NotDelivered("满", "full"), NotDelivered("满", "full")))
    issue_one(city)
    assert {row["state"] for row in deliveries(city)} == {"queued"}
    assert deliveries(city)[0]["reason"] == {"zh": "满", "en": "full"}
    city.clock.move(WAITS[0] - timedelta(seconds=30))
    tick(city)
    assert len(channel.parcels) == 2
    city.clock.move(timedelta(seconds=30))
    tick(city)
    assert {(row["state"], row["attempts"]) for row in deliveries(city)} == {("delivered", 2)}
    assert channel.parcels[2].content == channel.parcels[0].content
    assert {parcel.delivery_id for parcel in channel.parcels[:2]} == {p.delivery_id for p in channel.parcels[2:]}
    assert city.settle() == ["notification.letters.delivered.v1"]


def test_after_the_last_attempt_it_is_failed_and_announced(city: City) -> None:
    use(city, FakeChannel(*[NotDelivered("满", "full") for _ in range(100)]))
    issue_one(city)
    for wait in WAITS:
        city.clock.move(wait + timedelta(seconds=1))
        tick(city)
    assert {(row["state"], row["attempts"]) for row in deliveries(city)} == {("failed", len(WAITS) + 1)}
    assert city.settle().count("notification.letter.failed.v1") == 2


def test_a_final_refusal_fails_at_once_and_a_person_can_start_it_anew(city: City) -> None:
    use(city, FakeChannel(NotDelivered("无此人", "no such mailbox", final=True)))
    issue_one(city)
    (failed,) = deliveries(city, state="failed")
    again = city.harness.call(contract.RETRY_DELIVERY, {"delivery_id": failed["delivery_id"]})
    assert (again["state"], again["attempts"]) == ("queued", 0)
    assert calls(city) == ["open"]
    tick(city)
    assert {row["state"] for row in deliveries(city)} == {"delivered"}
    assert calls(city) == ["cancelled"]
    with pytest.raises(contract.DeliveryClosed):
        city.harness.call(contract.RETRY_DELIVERY, {"delivery_id": failed["delivery_id"]})


def test_nobody_rings_about_a_letter_that_was_acknowledged(city: City) -> None:
    use(city, FakeChannel(NotDelivered("无此人", "no such mailbox", final=True)))
    issue_one(city)
    (failed,) = deliveries(city, state="failed")
    letters = [row["letter_id"] for row in city.harness.call(contract.LIST_LETTERS)["items"]]
    for letter_id in sorted(letters, key=lambda each: each == failed["letter_id"]):
        assert calls(city) == ["open"]
        city.harness.call(contract.ACKNOWLEDGE_LETTER, {"letter_id": letter_id, "note": "王海来电确认收到"})
    assert calls(city) == ["cancelled"]


def test_somebody_rings_as_long_as_one_channel_failed_with_a_letter(city: City) -> None:
    for slug in ("outbox_folder", "webhook"):
        use_as(city, slug, FakeChannel(NotDelivered("无此人", "no such mailbox", final=True)))
    channels = [{"channel": "outbox_folder"}, {"channel": "webhook", "address": "https://unit.example/"}]
    city.harness.call(contract.PUT_CHANNEL_PREFERENCE, {"recipient": f"unit:{UNIT}", "channels": channels})
    issue_one(city)
    for left, failed in ((["open"], 1), (["cancelled"], 0)):
        delivery_id = deliveries(city, state="failed")[0]["delivery_id"]
        city.harness.call(contract.RETRY_DELIVERY, {"delivery_id": delivery_id})
        tick(city)
        assert (calls(city), len(deliveries(city, state="failed"))) == (left, failed)


def test_a_sender_that_disappeared_is_replaced_when_its_claim_ends(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    use(city, FakeChannel(NotDelivered("满", "full"), NotDelivered("满", "full")))
    issue_one(city)
    city.clock.move(WAITS[0])

    def power_cut(*args: Any) -> Any:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(sending, "hand_over", power_cut)
        with pytest.raises(KeyboardInterrupt):
            tick(city)
    assert {row["state"] for row in deliveries(city)} == {"sending"}
    city.clock.move(CLAIM - timedelta(minutes=1))
    tick(city)
    assert {row["state"] for row in deliveries(city)} == {"sending"}
    city.clock.move(timedelta(minutes=1))
    tick(city)
    assert {(row["state"], row["attempts"]) for row in deliveries(city)} == {("delivered", 3)}


@pytest.mark.parametrize("broken", [RuntimeError("boom"), SystemExit(3), "not a receipt", None])
def test_whatever_a_channel_does_the_letter_waits_with_a_reason(city: City, broken: Any) -> None:
    use(city, FakeChannel(broken if broken is not None else (lambda: None), Receipt("taken")))
    issue_one(city)
    assert sorted(row["state"] for row in deliveries(city)) == ["delivered", "queued"]
    (waiting,) = deliveries(city, state="queued")
    assert waiting["reason"]["zh"]
    assert "boom" not in waiting["reason"]["en"]


def test_a_hanging_channel_is_left_behind_and_sends_nothing_later(city: City) -> None:
    released: list[bool] = []

    def hang() -> Receipt:
        while not released:
            time.sleep(0.01)
        return Receipt("too late")

    channel = use(city, FakeChannel(Receipt("taken"), hang))
    parcels = [parcel(str(number)) for number in range(3)]
    outcomes = hand_over(city.registry, "outbox_folder", parcels, timeout=3)
    assert isinstance(outcomes["0"], Receipt)
    assert isinstance(outcomes["1"], NotDelivered)
    assert isinstance(outcomes["2"], NotDelivered)
    released.append(True)
    deadline = time.monotonic() + 1
    while time.monotonic() < deadline and len(channel.parcels) < 3:
        time.sleep(0.02)
    assert len(channel.parcels) == 2


def test_a_slow_channel_leaves_the_handler_time_to_write_down_what_it_sent(city: City) -> None:
    def slowly() -> Receipt:
        time.sleep(0.5)
        return Receipt("taken")

    channel = use(city, FakeChannel(*[slowly] * 9))
    city.admit(*(f"学员{number}" for number in range(8)))
    city.roster_admitted()
    (batch,) = city.harness.take()
    began = time.monotonic()
    city.harness.deliver(contract.BATCH_REGISTERED, batch.data, event_id=batch.id, seconds=4)
    assert time.monotonic() - began < 4
    sent = {row.delivery_id for row in channel.parcels}
    delivered = {row["delivery_id"] for row in deliveries(city, state="delivered")}
    assert 1 <= len(delivered) < 9
    assert len(delivered) + len(deliveries(city, state="queued")) == 9
    assert len(sent - delivered) <= 1  # the one that was under way


def test_a_channel_is_not_begun_in_the_last_moment(city: City) -> None:
    channel = use(city, FakeChannel())
    city.admit("张伟")
    city.roster_admitted()
    (batch,) = city.harness.take()
    city.harness.deliver(contract.BATCH_REGISTERED, batch.data, event_id=batch.id, seconds=0.5)
    assert channel.parcels == []
    assert {(row["state"], row["attempts"]) for row in deliveries(city)} == {("queued", 1)}
    city.clock.move(WAITS[0])
    tick(city)
    assert {row["state"] for row in deliveries(city)} == {"delivered"}


def test_a_disabled_channel_leaves_its_letters_waiting(city: City) -> None:
    city.registry.disable("channels/outbox_folder")
    issue_one(city)
    assert {row["state"] for row in deliveries(city)} == {"queued"}
    city.registry.enable("channels/outbox_folder")
    assert city.registry.get("channels/outbox_folder").state is not State.DISABLED
    city.clock.move(WAITS[0])
    tick(city)
    assert {row["state"] for row in deliveries(city)} == {"delivered"}


def test_a_void_letter_is_not_delivered_any_more(city: City) -> None:
    channel = use(city, FakeChannel(NotDelivered("满", "full"), NotDelivered("满", "full")))
    issue_one(city)
    void_all(city)
    city.clock.move(timedelta(days=2))
    tick(city)
    assert len(channel.parcels) == 2
    assert {row["state"] for row in deliveries(city)} == {"cancelled"}


@pytest.mark.parametrize("final", [False, True])
def test_a_letter_made_void_while_it_is_first_sent_is_not_sent_again(city: City, final: bool) -> None:
    def voided() -> Receipt:
        void_all(city)
        raise NotDelivered("邮件服务器无应答", "the mail server does not answer", final=final)

    channel = use(city, FakeChannel(voided, Receipt("taken")))
    issue_one(city)
    city.clock.move(timedelta(days=2))
    tick(city)
    assert len(channel.parcels) == 2
    assert sorted(row["state"] for row in deliveries(city)) == ["cancelled", "delivered"]
    assert calls(city) == []


def test_a_failed_delivery_of_a_void_letter_is_not_tried_again(city: City) -> None:
    channel = use(city, FakeChannel(NotDelivered("无此人", "no such mailbox", final=True)))
    issue_one(city)
    (failed,) = deliveries(city, state="failed")
    assert calls(city) == ["open"]
    void_all(city)
    assert calls(city) == ["cancelled"]
    with pytest.raises(contract.DeliveryClosed, match="作废"):
        city.harness.call(contract.RETRY_DELIVERY, {"delivery_id": failed["delivery_id"]})
    tick(city)
    assert len(channel.parcels) == 2


def test_a_delivery_started_anew_while_it_is_sent_is_sent_once(city: City) -> None:
    refused: list[contract.DeliveryClosed] = []

    def pressed() -> Receipt:
        with pytest.raises(contract.DeliveryClosed) as closed:
            city.harness.call(contract.RETRY_DELIVERY, {"delivery_id": channel.parcels[-1].delivery_id})
        refused.append(closed.value)
        return Receipt("taken")

    channel = use(city, FakeChannel(NotDelivered("满", "full"), Receipt("taken"), pressed))
    issue_one(city)
    city.clock.move(WAITS[0])
    tick(city)
    tick(city)
    assert (len(channel.parcels), [each.details["state"] for each in refused]) == (3, ["sending"])


def test_a_unit_of_its_own_choice_is_reached_by_all_its_channels(city: City) -> None:
    city.registry.settings.configure(
        "channels/webhook", {"allowed_networks": ["127.0.0.0/8"], "allow_http": True, "timeout": 1}
    )
    choice = {"channel": "webhook", "address": "http://127.0.0.1:9/", "secret": "s3cret"}
    request = {"recipient": f"unit:{UNIT}", "channels": [{"channel": "outbox_folder"}, choice]}
    reply = city.harness.call(contract.PUT_CHANNEL_PREFERENCE, request)
    assert "s3cret" not in str(reply)
    assert [(shown["channel"], shown["signed"]) for shown in reply["channels"]] == [
        ("outbox_folder", False),
        ("webhook", True),
    ]
    seen = use_as(city, "webhook", FakeChannel())
    issue_one(city)
    assert [(row["recipient_kind"], row["channel"]) for row in deliveries(city)] == [
        ("unit", "outbox_folder"),
        ("unit", "webhook"),
        ("trainee", "outbox_folder"),
    ]
    assert [(parcel.address, parcel.secret) for parcel in seen.parcels] == [("http://127.0.0.1:9/", "s3cret")]


@pytest.mark.parametrize(
    ("recipient", "choice"),
    [
        ("unit", {"channel": "pigeon"}),
        ("trainee", {"channel": "webhook", "address": "https://1.1.1.1/"}),
        ("unit", {"channel": "webhook"}),
        ("unit", {"channel": "webhook", "address": "https://192.168.1.1/"}),
    ],
)
def test_a_channel_that_cannot_serve_is_refused_when_it_is_chosen(
    city: City, recipient: str, choice: dict[str, str]
) -> None:
    with pytest.raises(contract.ChannelUnusable):
        city.harness.call(contract.PUT_CHANNEL_PREFERENCE, {"recipient": recipient, "channels": [choice]})
    assert {row["version"] for row in city.harness.call(contract.LIST_CHANNEL_PREFERENCES)["items"]} == {0}


def test_a_unit_sees_deliveries_of_its_own_only(city: City) -> None:
    issue_one(city)
    clerk = Caller("test:clerk", frozenset({Role.UNIT}), ("jiangcheng.finance",))
    assert city.harness.call(contract.LIST_DELIVERIES, caller=clerk)["items"] == []


def test_an_unknown_delivery_is_not_found(city: City) -> None:
    with pytest.raises(NotFound):
        city.harness.call(contract.RETRY_DELIVERY, {"delivery_id": "delivery_none"})


def use_as(city: City, slug: str, channel: FakeChannel) -> FakeChannel:
    plugin = city.registry.load(f"channels/{slug}")
    plugin.instance = channel
    return channel
