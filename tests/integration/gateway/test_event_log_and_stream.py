from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
from flask.testing import FlaskClient

from shared.security.caller import Role
from tests.integration.gateway.conftest import House


def event(number: int, unit_id: str | None = None, type: str = "library.book.lent.v1") -> dict[str, Any]:
    data = {"book_id": f"b{number}"} | ({} if unit_id is None else {"unit_id": unit_id})
    return {
        "specversion": "1.0",
        "id": f"evt_{number}",
        "source": "/diaoxun/library",
        "type": type,
        "time": "2020-05-11T09:00:00Z",
        "data": data,
    }


def log(house: House) -> Any:
    assert house.parts.stream is not None
    return house.parts.stream.log


def sequences(client: FlaskClient, query: str = "") -> list[int]:
    answer = client.get(f"/api/v1/event-log{query}")
    assert answer.status_code == 200, answer.text
    return [item["sequence"] for item in answer.json["items"]]


def gap(client: FlaskClient, query: str = "") -> dict[str, Any] | None:
    answer = client.get(f"/api/v1/event-log{query}")
    assert answer.status_code == 200, answer.text
    return cast("dict[str, Any] | None", answer.json["gap"])


def test_events_are_numbered_in_the_order_they_arrive_and_doubles_dropped(house: House) -> None:
    assert log(house).append([event(5), event(3)]) == 2
    assert log(house).append([event(3), event(4), event(4)]) == 1
    city = house.client(house.key(Role.ORGANISATION_DEPARTMENT))
    assert [item["event"]["id"] for item in city.get("/api/v1/event-log").json["items"]] == ["evt_5", "evt_3", "evt_4"]


def test_many_writers_number_without_gaps_or_doubles(house: House) -> None:
    def write(start: int) -> None:
        for number in range(start, start + 20):
            log(house).append([event(number)])

    threads = [threading.Thread(target=write, args=(start,)) for start in (100, 200, 300)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    city = house.client(house.key(Role.ORGANISATION_DEPARTMENT))
    assert sequences(city, "?limit=200") == list(range(1, 61))


def test_a_unit_sees_the_events_of_its_own_subtree_only(house: House) -> None:
    log(house).append(
        [
            event(1, "jiangcheng.donghu"),
            event(2, "jiangcheng.xihu"),
            event(3, "jiangcheng.donghu.health"),
            event(4),
            event(5, "jiangcheng.donghu2"),
        ]
    )
    assert sequences(house.client(house.key(Role.UNIT, units=("jiangcheng.donghu",)))) == [1, 3]
    assert sequences(house.client(house.key(Role.ORGANISATION_DEPARTMENT))) == [1, 2, 3, 4, 5]
    assert house.client(house.key(Role.TRAINEE)).get("/api/v1/event-log").status_code == 403


def test_the_log_is_read_page_by_page_from_either_end(house: House) -> None:
    log(house).append([event(number) for number in range(1, 6)])
    city = house.client(house.key(Role.ORGANISATION_DEPARTMENT))
    first = city.get("/api/v1/event-log?limit=2")
    assert [item["sequence"] for item in first.json["items"]] == [1, 2]
    assert sequences(city, f"?limit=9&cursor={first.json['next_cursor']}") == [3, 4, 5]
    assert sequences(city, "?since=4") == [5]
    assert sequences(city, "?newest=true&limit=2") == [5, 4]
    assert sequences(city, "?type=library.book.lost.v1") == []
    assert city.get("/api/v1/event-log?cursor=forged").status_code == 422


def test_old_events_leave_the_log(open_house: Callable[..., House]) -> None:
    house = open_house(stream_rows=10)
    for start in (1, 301, 601):
        log(house).append([event(number) for number in range(start, start + 300)])
    place = log(house).place()
    assert (place.first, place.head) == (591, 900)
    city = house.client(house.key(Role.ORGANISATION_DEPARTMENT))
    assert sequences(city, "?limit=1") == [591]
    with city.get("/api/v1/events", headers={"Last-Event-ID": "3"}) as answer:
        told = next(blocks(answer))
    assert (told["event"], told["id"]) == ("diaoxun.gap", "590")
    assert gap(city, "?since=3&limit=1") == json.loads(told["data"])
    assert gap(city, "?since=590") is None
    assert gap(city) is None, "who saw nothing yet missed nothing"


def blocks(answer: Any) -> Iterator[dict[str, str]]:
    """Yield the blocks of a stream that hold an event or an id, as a browser would read them."""
    for piece in answer.response:
        fields = dict(line.split(": ", 1) for line in piece.decode().strip().split("\n") if ": " in line)
        if "data" in fields or "id" in fields:
            yield fields


def test_a_stream_goes_on_after_the_last_event_seen_and_brings_new_ones_at_once(house: House) -> None:
    log(house).append([event(number) for number in (1, 2, 3)])
    city = house.client(house.key(Role.ORGANISATION_DEPARTMENT))
    with city.get("/api/v1/events", headers={"Last-Event-ID": "1"}) as answer:
        assert answer.mimetype == "text/event-stream"
        reading = blocks(answer)
        assert [next(reading)["id"], next(reading)["id"]] == ["2", "3"]
        log(house).append([event(4)])
        began = time.monotonic()
        latest = next(reading)
        assert (latest["id"], latest["event"]) == ("4", "library.book.lent.v1")
        assert time.monotonic() - began < 12
        assert '"id":"evt_4"' in latest["data"]


def test_a_reader_who_saw_more_than_the_log_of_a_backup_holds_is_told_and_goes_on_from_its_end(house: House) -> None:
    log(house).append([event(1)])
    city = house.client(house.key(Role.ORGANISATION_DEPARTMENT))
    with city.get("/api/v1/events", headers={"Last-Event-ID": "900"}) as answer:
        reading = blocks(answer)
        told = next(reading)
        assert (told["event"], told["id"]) == ("diaoxun.gap", "1")
        log(house).append([event(2)])
        assert next(reading)["id"] == "2"


def test_who_polls_beyond_the_log_of_a_backup_is_told_as_the_stream_tells_it_and_goes_on_from_its_end(
    house: House,
) -> None:
    log(house).append([event(1), event(2)])
    city = house.client(house.key(Role.ORGANISATION_DEPARTMENT))
    with city.get("/api/v1/events", headers={"Last-Event-ID": "900"}) as answer:
        told = json.loads(next(blocks(answer))["data"])
    assert told == {"sequence": 2, "zh": "事件序号已重新开始，部分事件可能缺失", "en": "the numbers began anew"}
    assert gap(city, "?since=900") == gap(city, "?cursor=s3") == told
    log(house).append([event(3)])
    assert sequences(city, f"?since={told['sequence']}") == [3]
    assert gap(city, "?since=3") is gap(city, "?newest=true&cursor=s900") is None


def test_who_polls_and_seldom_sees_an_event_is_told_of_no_gap_when_the_log_is_trimmed(
    open_house: Callable[..., House],
) -> None:
    house = open_house(stream_rows=400)
    unit = house.client(house.key(Role.UNIT, units=("jiangcheng.donghu",)))
    log(house).append([event(1, "jiangcheng.donghu")])
    reply = unit.get("/api/v1/event-log").json
    assert [item["sequence"] for item in reply["items"]] == [1]
    for start in range(100, 1900, 300):
        log(house).append([event(number, "jiangcheng.xihu") for number in range(start, start + 300)])
        reply = unit.get(f"/api/v1/event-log?since={reply['next_since']}").json
        assert (reply["items"], reply["gap"]) == ([], None)
    assert log(house).place().first > 1000
    log(house).append([event(2, "jiangcheng.donghu"), event(3, "jiangcheng.xihu"), event(4, "jiangcheng.donghu")])
    reply = unit.get(f"/api/v1/event-log?limit=1&since={reply['next_since']}").json
    assert ([item["event"]["id"] for item in reply["items"]], reply["next_since"]) == (["evt_2"], 1802)
    reply = unit.get(f"/api/v1/event-log?limit=1&since={reply['next_since']}").json
    assert ([item["event"]["id"] for item in reply["items"]], reply["next_since"]) == (["evt_4"], 1804)
    assert unit.get("/api/v1/event-log?newest=true").json["next_since"] is None


def test_an_event_that_is_logged_while_the_log_is_read_is_not_passed_over(house: House) -> None:
    city = house.client(house.key(Role.ORGANISATION_DEPARTMENT))
    read = log(house).after
    log(house).append([event(1)])

    def after(*asked: Any) -> Any:
        found = read(*asked)
        log(house).append([event(2)])
        return found

    log(house).after = after
    reply = city.get("/api/v1/event-log?since=0").json
    log(house).after = read
    assert sequences(city, f"?since={reply['next_since']}") == [2]


def test_a_head_that_a_backup_set_back_lets_streams_wait_for_what_comes(house: House) -> None:
    stream = house.parts.stream
    assert stream is not None
    stream._move(900)
    stream._move(1)
    assert not stream.wait_beyond(1, 0.01)
    stream._move(2)
    assert stream.wait_beyond(1, 0.01)


def test_a_stream_without_a_last_event_begins_now(house: House) -> None:
    log(house).append([event(1)])
    city = house.client(house.key(Role.ORGANISATION_DEPARTMENT))
    with city.get("/api/v1/events") as answer:
        reading = blocks(answer)
        assert next(iter(answer.response)) == b"retry: 2000\n\n"
        log(house).append([event(2)])
        assert next(reading)["id"] == "2"


def test_a_stream_shows_a_unit_its_own_events_and_moves_its_place_past_the_others(house: House) -> None:
    unit = house.client(house.key(Role.UNIT, units=("jiangcheng.donghu",)))
    log(house).append([event(1), event(2, "jiangcheng.donghu"), event(3, "jiangcheng.xihu")])
    with unit.get("/api/v1/events?last_event_id=0") as answer:
        reading = blocks(answer)
        assert next(reading)["id"] == "2"
        log(house).append([event(4, "jiangcheng.xihu")])
        passed = next(reading)
        assert int(passed["id"]) >= 3
        assert "data" not in passed


def test_a_stream_can_be_narrowed_to_types(house: House) -> None:
    log(house).append([event(1), event(2, type="library.book.lost.v1")])
    city = house.client(house.key(Role.ORGANISATION_DEPARTMENT))
    with city.get("/api/v1/events?last_event_id=0&type=library.book.lost.v1") as answer:
        assert next(blocks(answer))["id"] == "2"


def test_streams_have_a_bounded_number_of_seats_and_give_them_back(open_house: Callable[..., House]) -> None:
    house = open_house(stream_seats=1)
    key = house.key(Role.ORGANISATION_DEPARTMENT)
    first = house.client(key).get("/api/v1/events")
    full = house.client(key).get("/api/v1/events")
    assert (full.status_code, full.headers["Retry-After"]) == (503, "10")
    first.close()
    again = house.client(key).get("/api/v1/events")
    assert again.status_code == 200
    again.close()


@pytest.mark.parametrize("place", ["-1", "evt_1", "9" * 20])
def test_a_last_event_id_that_is_no_number_is_refused(house: House, place: str) -> None:
    city = house.client(house.key(Role.ORGANISATION_DEPARTMENT))
    assert city.get("/api/v1/events", headers={"Last-Event-ID": place}).status_code == 422
