"""The company in a signature: what is written there, and never more."""

import pytest

from founder_inbox.core.tickets.companies import company_in


@pytest.mark.parametrize(
    ("signature", "domain", "company"),
    [
        ("--\nAna Ruiz\nRuiz Studio S.L.\n+34 600 000 000", "", "Ruiz Studio S.L."),
        ("Best,\nTom Okafor\nCTO, Bees & Honey Ltd | +44 20 0000", "", "Bees & Honey Ltd"),
        ("Jonas Brandt\nBrandt Druck GmbH · Lange Str. 4 · Berlin", "", "Brandt Druck GmbH"),
        ("Jonas Brandt\nBrandt GmbH & Co. KG, 10115 Berlin", "", "Brandt GmbH & Co. KG"),
        ("Lee\nCEO at Northwind", "", "Northwind"),
        ("Lee\nGeschäftsführer bei der Nordwind Werft", "", "Nordwind Werft"),
        ("Marie\nFondatrice chez Papier Plume", "", "Papier Plume"),
        ("Marie\nCompany: Papier Plume", "", "Papier Plume"),
        ("田中 由紀\n田中印刷株式会社", "", "田中印刷株式会社"),
        ("Ana\nRuiz Studio\nLisbon", "ruizstudio.pt", "Ruiz Studio"),
        ("Ana\nRuiz Studio\nLisbon", "ruiz-studio.pt", "Ruiz Studio"),
        # Nothing is invented.
        ("Ana Ruiz\nLisbon", "gmail.com", ""),
        ("Ana\nRuiz Studio", "other.pt", ""),
        ("Sent with Mailtool Inc.", "", ""),
        ("Get Outlook for iOS", "", ""),
        ("Registered in England, Big Group Ltd, no. 123", "", ""),
        ("I am limited in time\nAna", "", ""),
        ("This mail is confidential and belongs to Big Inc.", "", ""),
        ("Tom, founder at heart", "", ""),
        ("", "acme.test", ""),
    ],
)
def test_a_company_is_named_where_the_signature_says_so(
    signature: str, domain: str, company: str
) -> None:
    assert company_in([signature], domain) == company


def test_the_newest_signature_that_names_one_counts() -> None:
    assert company_in(["Ana", "Ana\nNew Shop Ltd", "Ana\nOld Shop Ltd"]) == "New Shop Ltd"


def test_an_endless_signature_takes_no_time() -> None:
    assert company_in(["a " * 50_000 + "Ltd", ("x" * 190 + "\n") * 5_000]) == ""
