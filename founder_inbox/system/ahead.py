"""Getting the next thing while the present one is worked on."""

from collections.abc import Callable, Generator, Iterator
from typing import TypeVar

T = TypeVar("T")


def one_ahead(source: Iterator[T], cut: Callable[[], object]) -> Generator[T, None, None]:
    """The items of `source`, whose next one is got in another thread while one is used.

    Never more than one is held. To be closed (`contextlib.closing`): whoever leaves early has
    `cut` called when an item is being waited for, which must make `source` give up soon.
    """
    from concurrent.futures import ThreadPoolExecutor

    nothing: list[T] = []

    def take() -> list[T]:
        return [item] if (item := next(source, None)) is not None else nothing

    pool = ThreadPoolExecutor(1, "ahead")
    coming = pool.submit(take)
    try:
        while got := coming.result():
            coming = pool.submit(take)
            yield got[0]
    finally:
        if not coming.done():
            cut()
        pool.shutdown()
