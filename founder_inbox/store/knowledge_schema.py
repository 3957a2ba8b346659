"""What support teaches, in the database: what was asked before, and who wants an idea."""

ASKED_TABLE = """
    create table asked ( -- how-do-I tickets that were compared with earlier ones
        ticket integer primary key references ticket(key) on delete cascade, -- the ticket's row
        times integer not null,              -- how many other customers had asked the same
        article text                         -- the FAQ article that answers it
    ) strict
"""

VOTERS = (
    """
    alter table ticket add column
        voters integer not null -- how many people want the idea it is about
        default 0
    """,
    """
    alter table ticket add column
        idea_rank integer not null -- the voters below zero in the lane of ideas, 0 elsewhere
        default 0
    """,
    "drop index ticket_queue",
    "create index ticket_queue on ticket("
    "status, delivery_failed desc, lane_rank, topic_rank, idea_rank, waiting_since, key)",
    "create index ticket_voters on ticket(voters) where voters > 0",
)
