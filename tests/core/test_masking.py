"""What must not become public is taken out; what explains stays."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.knowledge.masking import mask
from founder_inbox.core.knowledge.said_names import names_of

_STRIPE = "sk_" + "live_51HabcDEF"


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Hi Tom Okafor, dear Tom", "Hi [name], dear [name]"),
        ("write to tom+x@okafor.test.", "write to [address]."),
        (f"the key {_STRIPE} works", "the key [key] works"),
        ("your password is hunter2!", "your password is [key]"),
        ("token: 9f86d081884c7d659a2feaa0c55ad015", "token: [key]"),
        ("call +49 (0)30 123456-7 now", "call [number] now"),
        ("order no. 2026-0012 is here", "order no. [number] is here"),
        ("DE89 3704 0044 0532 0130 00", "[number]"),
        ("card 4111 1111 1111 1111", "card [number]"),
        ("ticket #k7f3q2d", "ticket [number]"),
        ("from 192.168.1.10", "from [number]"),
        ("12 Main Street, Hauptstraße 5", "[address], [address]"),
        ("https://acme.test/reset?token=abc", "[link]"),
        ("https://acme.test/u/9fK3kdkd93kdkDkd9392", "[link]"),
        ("https://tom:pw@acme.test/", "[link]"),
    ],
)
def test_what_is_private_is_masked(said: str, left: str) -> None:
    assert mask(said, ["Tom Okafor"]) == left


@pytest.mark.parametrize(
    "said",
    [
        "1. Open Settings, 2. press Export",
        "In 2026 use version 3.11.2 for 1,000 rows of 20 MB",
        "Your password is under Settings",
        "https://acme.test/help/how-to-export-your-subscriber-list",
        "the file how-to-export-your-subscriber-list.csv",
        "It costs 9 EUR a month, 90 EUR a year",
        "Wie kann ich meiner Kollegin Zugriff geben?",
        "Hi there,\nHello everyone,\nDear all,\nHallo zusammen,",
        "Choose Password: at least 12 characters. The token is required; enter your PIN.",
        "Use UTF-8 or ISO-8859-1, SHA-256 and TLS 1.3; error code 404 is no HTTP-502",
        "reader-list-2026-export.csv has 1000000 rows at most, 10-20 a second",
        "Write #1a2b3c or #fff as the colour, 600x200 px",
        "Order 3 letters, client 3.2 and above, the account page 2026",
        "Danke, das geht.\nÖffne Listen\nund dann Export",
    ],
)
def test_what_explains_stays(said: str) -> None:
    assert mask(said, ["Tom Okafor", "The Support Team"]) == said


# A number, a key or an address as people of several countries write it: what may not survive.
NUMBERS = """
020 7946 0958|+44 7700 900123|(415) 555-0132|1-800-555-0199|0176 55512345|030/123456
+33 1 23 45 67 89|01.23.45.67.89|+34 612 345 678|612 345 678|+81-3-1234-5678|+91 98765 43210
+7 (912) 345-67-89|+358 40 1234567|GB33BUKB20201555555555|de89370400440532013000
FR14 2004 1010 0505 0001 3M02 606|NL91ABNA0417164300|BIC DEUTDEFF500|ATU12345678|order 12345
Order #A-1009|Bestellnummer: 2024-55512|Bestell-Nr. 55512|Rechnungsnr. RE-2024-017|INV-0031
n° de commande 48213|commande n° 48213|factura 2024/0017|pedido n.º 48213
numéro de client : C-48213|2001:db8::1|00:1A:2B:3C:4D:5E|03.04.1985|cvc 123|exp 12/27
123-45-6789|passport C01X00T47|tel 555-0132
"""
KEYS = """
AKIAIOSFODNN7EXAMPLE|Bearer abc12345XYZ|eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcDEF-123_xyz
Passwort lautet Sommer2024|mot de passe : Soleil!75|contraseña: Verano2024|mi clave es abc12345
mot de passe est azerty99|pw: geheim12|Password: hunter|password is “correct horse”
ABCD-EFGH-IJKL-MNOP|4F7G-9K2L-8M3N|your code is 4829|sub_1NvXyZABcd|pk.eyJ1IjoidG9tIn0.abcdefghij
550e8400-e29b-41d4-a716-446655440000|SGVsbG8gd29ybGQgdGhpcyBpcyBiYXNlNjQ=
https://acme.test/login/abcdefabcdefabcdef|https://acme.test/r/Zk8|acme.test/reset?token=abc123
https://acme.test/invite/somebody|https://acme.test/unsubscribe#tok=12345
"""
ADDRESSES = """
12 rue de la Paix, 75002 Paris|Calle Mayor 15, 28013 Madrid|Av. de la Constitución 3
Am Markt 5, 10115 Berlin|Berliner Straße 12|1600 Pennsylvania Avenue NW|PO Box 1234|Postfach 12 34
tom (at) okafor (dot) test|tom [at] okafor.test|"tom okafor"@okafor.test|o'brien@x.test
"""
HOME = "/" + "home"
# What leads to it, and may stay.
LEADS = """
order bestellnummer: bestell-nr. rechnungsnr. n° de commande factura pedido n.º numéro client
: cvc exp passport tel bic bearer passwort lautet mot passe contraseña: mi clave es est pw:
password: password is your code pk.
"""


@pytest.mark.parametrize("said", "|".join((NUMBERS + KEYS + ADDRESSES).split("\n")).split("|"))
def test_nothing_private_of_any_country_survives(said: str) -> None:
    left = mask(f"See this:\n{said}\nand answer")
    bare = re.sub(r"\[(?:number|key|address|link)\]|#", " ", left).splitlines()

    assert (bare[0], bare[-1]) == ("See this:", "and answer")
    assert {word.strip(",").casefold() for word in bare[1].split()} <= {*LEADS.split()}


def test_names_that_a_text_itself_gives_away_are_masked() -> None:
    said = f"""Hi Ana, my colleague Peter Schmidt asked.
Sehr geehrte Frau Müller-Lüdenscheidt,
Bonjour Camille,
Estimada Lucía:
My name is Sarah Connor and I write for Dr. Silberman.
Ich heiße Ben Krause. Je m'appelle Luc Martin. Me llamo Pedro.
It is in C:\\Users\\tokafor\\Desktop and in {HOME}/tom/letters, as @tomokafor said.
Thanks, Zoë

Best regards,
Maria de la Cruz

Mit freundlichen Grüßen

Katrin Sommer
Cordialement,
Camille Lefèvre
Un saludo,
Lucía Fernández"""
    assert (
        mask(said)
        == f"""Hi [name], my colleague [name] asked.
Sehr geehrte Frau [name],
Bonjour [name],
Estimada [name]:
My name is [name] and I write for Dr. [name].
Ich heiße [name]. Je m'appelle [name]. Me llamo [name].
It is in C:\\Users\\[name]\\Desktop and in {HOME}/[name]/letters, as [name] said.
Thanks, [name]

Best regards,
[name]

Mit freundlichen Grüßen

[name]
Cordialement,
[name]
Un saludo,
[name]"""
    )


def test_a_known_name_is_found_however_it_is_spelled_and_in_links() -> None:
    names = [*names_of("José Müller", "jose@fjordbaker.test"), *names_of("Rose", "r@gmail.com")]
    said = "JOSÉ, Jose, josé müller; Mueller of Fjordbaker (fjordbaker.test) sent a rose to Rose."

    assert mask(said, names) == (
        "[name], [name], [name]; [name] of [name] ([name]) sent a rose to [name]."
    )
    for link in ("https://fjordbaker.test/list", "https://acme.test/u/jose-mueller"):
        assert mask(f"See {link}.", names) == "See [link]."
    assert mask("Your gmail.com address", names) == "Your gmail.com address"


@given(st.text(max_size=300), st.lists(st.text(max_size=20), max_size=3))
def test_any_text_can_be_masked(text: str, names: list[str]) -> None:
    assert isinstance(mask(text, names), str)


@given(st.from_regex(r"[a-z]{1,8}@[a-z]{1,8}\.test", fullmatch=True), st.text(max_size=40))
def test_no_mail_address_survives(address: str, around: str) -> None:
    assert address not in mask(f"{around} {address} {around}")
