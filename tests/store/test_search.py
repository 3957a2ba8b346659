"""Search as the founder types it."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from founder_inbox.core.model import Address, Lane, Status
from founder_inbox.core.tickets.query import Term, parse_query
from founder_inbox.store.database import Store
from founder_inbox.store.search import search_tickets
from tests.store.conftest import NOON, at
from tests.store.filing import SUPPORT, add_ticket, file_mail, make_mail

JOSE = Address("José Müller", "jose@muller.test")
ANA = Address("Ana Ruiz", "ana@ruiz.studio")


@pytest.fixture
def names(store: Store) -> dict[int, str]:
    """Four tickets, by key."""
    billing = make_mail("I was charged twice in November.", sender=ANA, subject="Rechnung Nr. 7")
    export = make_mail(
        "The naïve export_csv is empty, see C++ code.",
        sender=JOSE,
        subject="Export",
        attachment="screenshot.png",
        quoted="On Monday Ana wrote about refunds",
    )
    thanks = make_mail("It works, thank you!", subject="Re: 100% done")
    to_ana = make_mail("We refunded you.", sender=SUPPORT, to=ANA, subject="Refund")
    return {
        add_ticket(store, billing, lane=Lane.URGENT, moved_at=at(-10)): "billing",
        add_ticket(store, export, unread=True, moved_at=at(-60 * 24 * 3)): "export",
        add_ticket(store, thanks, lane=Lane.THANKS, status=Status.CLOSED): "thanks",
        add_ticket(
            store, to_ana, status=Status.HANDED_OFF, quick_fix=True, moved_at=at(-5)
        ): "refund",
    }


CASES = {
    "charged": ["billing"],
    "CHARGED": ["billing"],
    "char": ["billing"],
    "c": ["billing", "export"],
    "charged november": ["billing"],
    "charged export": [],
    '"charged twice"': ["billing"],
    '"twice charged"': [],
    '"charged twi': ["billing"],
    "naive": ["export"],
    "jose": ["export"],
    "from:jose": ["export"],
    "from:JOSÉ": ["export"],
    "from:muller": ["export"],
    "from:ana": ["billing"],
    "to:ana": ["refund"],
    'from:"Ana Ruiz"': ["billing"],
    "from:ana@ruiz.studio": ["billing"],
    "from:ana@ru": ["billing"],
    "company:muller": ["export"],
    "company:MULLER.TEST": ["export"],
    "company:ruiz": ["billing"],
    'company:"Ruiz Studio"': ["billing"],
    "company:studio": [],
    "company:uiz": [],
    "company:%": [],
    "company:_uiz": [],
    "from:support": ["refund"],
    "-from:ana": ["thanks", "refund", "export"],
    "subject:rechnung": ["billing"],
    "subject:charged": [],
    "subject:100%": ["thanks"],
    "is:open": ["billing", "export"],
    "is:handed-off": ["refund"],
    "is:unread": ["export"],
    "is:read": ["thanks", "refund", "billing"],
    "is:quick_fix": ["refund"],
    "has:attachment": ["export"],
    "-has:attachment is:open": ["billing"],
    "lane:urgent": ["billing"],
    "-lane:urgent is:open": ["export"],
    "before:2026-11-20": ["export"],
    "after:2026-11-22": ["thanks", "refund", "billing"],
    "older_than:2d": ["export"],
    "screenshot": ["export"],
    "refunds": ["export"],
    "-works is:closed": [],
    "export_csv": ["export"],
    "C++": ["billing", "export"],
    "!!!": [],
    "": ["thanks", "refund", "billing", "export"],
}  # fmt: skip


@pytest.mark.parametrize(("text", "found"), CASES.items(), ids=list(CASES))
def test_a_search_finds_exactly_these_last_moved_first(
    store: Store, names: dict[int, str], text: str, found: list[str]
) -> None:
    keys = search_tickets(store, parse_query(text, NOON))

    assert [names[key] for key in keys] == found


def test_who_signs_for_a_company_is_found_and_who_only_quotes_it_is_not(store: Store) -> None:
    mail = make_mail("Hello", sender=Address("Mia", "mia@gmail.com"))
    add_ticket(store, make_mail("Hello", quoted="Honey Ltd. wrote to us"))
    key = add_ticket(store, replace(mail, signature="Mia\nHoney Ltd."))

    assert search_tickets(store, parse_query('company:"honey ltd"', NOON)) == [key]
    assert search_tickets(store, parse_query("company:gmail.com", NOON)) == []


def test_each_word_may_stand_in_another_mail_of_the_ticket(store: Store) -> None:
    key = add_ticket(store, make_mail("first words"))
    file_mail(store, key, make_mail("second thoughts", sender=JOSE))

    assert search_tickets(store, parse_query("first second from:jose", NOON)) == [key]


def test_a_search_gives_at_most_what_was_asked_for(store: Store, names: dict[int, str]) -> None:
    assert len(search_tickets(store, [], limit=2)) == 2


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.builds(
            Term,
            st.sampled_from(["", "from", "to", "subject"]),
            st.text(min_size=1, max_size=20),
            st.booleans(),
        ),
        max_size=3,
    )
)
def test_no_text_breaks_the_search(store: Store, terms: list[Term]) -> None:
    assert search_tickets(store, terms) == []


@pytest.mark.parametrize(
    "text", ['a"b', "a*b", "NEAR(a b)", "a AND", "col:x", "^a", "{a}", "a\0b", "\ud800x", "%", "_"]
)
def test_the_index_own_language_is_only_text(store: Store, text: str) -> None:
    key = add_ticket(store, make_mail("words"))

    assert set(search_tickets(store, [Term("", text), Term("from", text)])) <= {key}


def test_a_common_word_is_looked_for_in_the_newest_mails_and_nothing_is_missed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("founder_inbox.store.search.NEWEST", 5)
    keys = [
        add_ticket(
            store,
            make_mail(f"The walrus, letter {number}.", sender=ANA, subject="Walrus"),
            status=Status.CLOSED if number == 0 else Status.OPEN,
            moved_at=at(number),
        )
        for number in range(20)
    ]

    def found(text: str, limit: int) -> list[int]:
        return search_tickets(store, parse_query(text, NOON), limit)

    assert found("walrus", 3) == keys[:-4:-1]
    assert found("walrus", 20) == keys[::-1]
    assert found("walrus is:closed", 3) == keys[:1]
    assert found("subject:walrus letter", 2) == keys[:-3:-1]
    assert found('walrus -"letter 19"', 2) == keys[-2:-4:-1]
