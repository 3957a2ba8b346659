"""What the writer of a reply could know: an answer that came from elsewhere since was not seen."""

from founder_inbox.store.database import Store


def answered_elsewhere(store: Store, item: int, ticket: int, machine: str) -> bool:
    """Whether the ticket was answered since that mail was written, but not from this outbox.

    By the answer itself, or by the journal, which is often here before the copy in Sent.
    """
    row = store.row(
        """
        select 1 from outbox_knew
         where outbox = ?1 and (
               exists (select 1 from message
                        where message.ticket = ?2 and message.id > outbox_knew.message
                          and direction = 'out' and role = 'us' and message.outbox is null)
               or exists (select 1 from event join journal_place on journal_place.event = event.id
                           where kind = 'sent' and event.id not like '%-' || ?3
                             and journal_place.uid > outbox_knew.journal
                             and event.ticket in (
                                 select id from ticket where key = ?2
                                 union select id from ticket_alias where ticket = ?2)
                             and json_extract(data, '$.then') in ('wait', 'close')
                             and not exists (select 1 from message where message.message_id
                                                = json_extract(data, '$.message_id'))))
        """,
        item,
        ticket,
        machine,
    )
    return row is not None


def knows_all(store: Store, item: int) -> None:
    """The founder has read what came since. Inside `write()`."""
    store.run(
        """
        update outbox_knew set message = coalesce((select max(id) from message), 0),
               journal = coalesce((select max(uid) from journal_mail), 0)
         where outbox = ?
        """,
        item,
    )
