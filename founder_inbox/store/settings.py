"""Small facts about this data folder: names and values, never a secret of the mail account."""

from founder_inbox.store.database import Store


def get_setting(store: Store, name: str) -> str | None:
    """The value under a name, or None."""
    row = store.row("select value from setting where name = ?", name)
    return None if row is None else str(row["value"])


def set_setting(store: Store, name: str, value: str) -> None:
    """Remember a value under a name."""
    with store.write():
        store.run(
            "insert into setting (name, value) values (?, ?) "
            "on conflict (name) do update set value = excluded.value",
            name,
            value,
        )


def machine_of(store: Store) -> str:
    """Eight hexadecimal digits that tell this data folder's events from other machines'."""
    return _made_once(store, "machine", 4)


def new_machine(store: Store) -> tuple[str, str]:
    """This data folder goes on under a new name, another may still use the old: old and new."""
    with store.write():
        old = machine_of(store)
        store.run("delete from setting where name = 'machine'")
        return old, machine_of(store)


def ticket_secret_of(store: Store) -> bytes:
    """The key under which our own ids in References are signed."""
    return bytes.fromhex(_made_once(store, "ticket_secret", 32))


def _made_once(store: Store, name: str, size: int) -> str:
    known = get_setting(store, name)
    if known is not None:
        return known
    import secrets

    value = secrets.token_hex(size)
    with store.write():
        store.run("insert or ignore into setting (name, value) values (?, ?)", name, value)
    return get_setting(store, name) or value
