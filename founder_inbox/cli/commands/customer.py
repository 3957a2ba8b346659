"""Who is writing: what is known of a customer, and what you write down about them."""

import click

from founder_inbox.app.queue.customer import known_of, note_customer, people_at, person_of
from founder_inbox.cli.arguments import read_text
from founder_inbox.cli.context import answer, data_command, workspace
from founder_inbox.cli.customer_page import (
    colleague_shape,
    company_page,
    customer_page,
    customer_shape,
)
from founder_inbox.system import clock


@data_command("customer")
@click.argument("who", metavar="TICKET|ADDRESS|COMPANY")
@click.option("--company", is_flag=True, help="Everybody there; a domain, or as they sign.")
@click.option("--note", metavar="TEXT", help='What is good to know; "" takes it away, - is input.')
def customer(who: str, company: bool, note: str | None) -> None:
    """Who writes in a ticket, or under an address: what is known, and nothing guessed.

    With --note what you write stands on their card in place of what stood there. With --company
    everybody who writes from a domain, or signs with that name.
    """
    if company and note is not None:
        raise click.UsageError("A note is about one person: leave out --company.")
    with workspace() as ws:
        now = clock.now()
        if company:
            people = people_at(ws, who, now)
            answer(lambda: [colleague_shape(one) for one in people], lambda: company_page(people))
            return
        person = person_of(ws, who)
        if note is not None:
            note_customer(ws, person.address, read_text("-") if note == "-" else note, now)
        found = known_of(ws, person, now)
        answer(lambda: customer_shape(found), lambda: customer_page(found, now, ws.hours.zone))
