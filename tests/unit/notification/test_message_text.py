"""Wordings with placeholders, digests, and the table of rules."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notification.contract import CONTRACT
from services.notification.domain.message_rule import MessageRule, sources_of
from services.notification.domain.message_text import Wording, WordingRefused, digest
from services.notification.rulebook import meanings, rules, templates
from shared.plugins import Registry
from shared.runtime.directory import installed_contracts


class TestWording:
    def test_placeholders_are_filled_and_values_are_not_read_again(self) -> None:
        wording = Wording("{term}", "{person}：{term}", "{person}")
        filled = wording.filled({"term": "第1期", "person": "{term}{0}"})
        assert filled == Wording("第1期", "{term}{0}：第1期", "{term}{0}")

    @pytest.mark.parametrize(
        ("body", "refusal"),
        [
            ("{term}{nobody}", (("nobody",), (), False)),
            ("no placeholder", ((), ("term",), False)),
            ("{term} {", ((), (), True)),
            ("{term.title}", ((), ("term",), True)),
            ("{term!r}", ((), ("term",), True)),
            ("{term:>9}", ((), ("term",), True)),
        ],
    )
    def test_what_cannot_be_used_is_refused_with_its_names(self, body: str, refusal: tuple[object, ...]) -> None:
        with pytest.raises(WordingRefused) as refused:
            Wording("s", body, "k").check(("term", "due"), ("term",))
        assert (refused.value.unknown, refused.value.missing, refused.value.stray) == refusal


class TestDigest:
    def test_one_message_keeps_its_own_subject(self) -> None:
        only = digest([Wording("请确认返岗", "请于5月20日前确认。", "请确认")], "东湖区委：\n\n", "市委组织部")
        assert only.subject == "请确认返岗"
        assert only.body == "东湖区委：\n\n请于5月20日前确认。\n\n市委组织部"

    @given(
        st.lists(st.tuples(st.text(min_size=1, max_size=60), st.text(min_size=1, max_size=80)), min_size=2, max_size=40)
    )
    def test_a_digest_loses_nothing(self, texts: list[tuple[str, str]]) -> None:
        items = [
            Wording(f"题{number}{subject}", f"文{number}{body}", "x") for number, (subject, body) in enumerate(texts)
        ]
        whole = digest(items, "某单位：\n\n", "落款")
        at = 0
        for item in items:
            for part in (item.subject, item.body):
                at = whole.body.index(part, at) + len(part)
        assert f"{len(items)}项" in whole.subject
        assert f"{len(items)}项" in whole.short
        assert len(whole.short) <= 300

    def test_numbers_go_on_beyond_ten(self) -> None:
        body = digest([Wording("题", "文", "x")] * 32, "", "").body
        assert [line.split("、")[0] for line in body.splitlines() if line.endswith("、题")][8:32:11] == [
            "九",
            "二十",
            "三十一",
        ]


class TestTable:
    def test_every_rule_names_an_event_that_is_declared_and_fields_it_has(self) -> None:
        declared = {
            event.type: set(event.schema.fields)
            for contract in installed_contracts(Registry().discover()).contracts
            for event in contract.events
        }
        for rule in rules().values():
            fields = declared[rule.event]
            named = {*rule.when, *rule.unless, *rule.anew, *rule.subject, *([rule.due] if rule.due else [])}
            named |= {source for said in rule.fields.values() for source in sources_of(said)[0]}
            named |= set() if rule.audience.kind == "office" else {rule.audience.source.split(".")[0]}
            own = {"due_on", "count"} if rule.event.startswith("notification.") else set()
            strangers = {name for name in named if not name.startswith("@")} - fields - own
            assert not strangers, f"{rule.key}: {rule.event} has no {strangers}"
            for event, names in rule.met_by.items():
                assert set(names) <= declared[event], f"{rule.key}: {event} has no {set(names) - declared[event]}"
                assert len(names) == len(rule.subject), f"{rule.key}: {event} spells another subject"
            for event, name in rule.done_by.items():
                assert {name, *rule.subject} <= declared[event], f"{rule.key}: {event} does not name who has done what"
                assert rule.audience.kind in {"unit", "lecturer"}, rule.key
            for event, wanted in rule.met_when.items():
                assert event in rule.met_by
                assert set(wanted) <= declared[event], f"{rule.key}: {event} has no {set(wanted) - declared[event]}"

    def test_every_template_is_built_in_with_placeholders_its_rules_fill(self) -> None:
        for rule in rules().values():
            for key in filter(None, (rule.template, rule.overdue)):
                card = templates()[key]
                filled = {*rule.fields, "unit", "outstanding"}
                assert set(card.uses) <= filled, f"{rule.key}: nobody fills {set(card.uses) - filled} of {key}"

    def test_the_words_of_the_box_keep_their_own_rules(self) -> None:
        for card in templates().values():
            card.built_in.check(card.uses, card.must)
            assert set(card.uses) <= set(meanings()), card.key
            if not card.part_of_letter:
                assert len(card.built_in.short) <= 120, card.key
                assert re.search(r"[一-鿿]", card.built_in.subject), card.key

    def test_only_what_cannot_wait_is_urgent(self) -> None:
        assert {rule.event for rule in rules().values() if rule.urgent} == {
            "compliance.person.missing.v1",
            "compliance.person.found.v1",
        }

    def test_no_event_of_the_table_is_forgotten_in_the_contract(self) -> None:
        assert {rule.event for rule in rules().values() if not rule.event.startswith("notification.")} <= set(
            CONTRACT.consumes
        )


def rule(**given: object) -> MessageRule:
    row = {"key": "k", "event": "a.b.c.v1", "audience": "unit:unit_id", "template": "t", "subject": ["id"], **given}
    return MessageRule.parse(row)


class TestRule:
    def test_conditions(self) -> None:
        assert rule(when={"decision": ["return"]}).counts({"decision": "return"})
        assert not rule(when={"decision": ["return"]}).counts({"decision": "accept"})
        assert not rule(when={"ids": ["*"]}).counts({"ids": []})
        assert not rule(unless={"awaits": ["x"]}).counts({"awaits": "x"})
        assert not rule().changed(False, False, None).counts({})

    def test_what_ends_the_waiting_may_do_so_with_some_values_only(self) -> None:
        paid = rule(met_by={"a.b.paid.v1": ["id"]}, met_when={"a.b.paid.v1": {"left": [None]}})
        assert [paid.is_met("a.b.paid.v1", data) for data in ({"left": None}, {}, {"left": 0})] == [True, True, False]
        assert not paid.is_met("a.b.other.v1", {})

    def test_a_list_names_everybody_once(self) -> None:
        assert rule(audience="unit:unit_ids").named({"unit_ids": ["a", "b", "a"]}) == ["a", "b"]
        assert rule(audience="units_of_term:terms.term_id").named(
            {"terms": [{"term_id": "t1"}, {"term_id": "t2"}]}
        ) == [
            "t1",
            "t2",
        ]
        assert rule(audience="unit:unit_id").named({"unit_id": None}) == []

    @pytest.mark.parametrize("audience", ["unit", "everybody:x", "unit:"])
    def test_a_line_that_makes_no_sense_is_refused(self, audience: str) -> None:
        with pytest.raises(ValueError, match="audience"):
            rule(audience=audience)
