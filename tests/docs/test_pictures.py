"""The pictures in the docs show the app as it is."""

from tests.generate_pictures import ALL, PICTURES, draw, words_in


def test_every_picture_is_there_and_loads_nothing_from_elsewhere() -> None:
    for picture in ALL:
        svg = (PICTURES / f"{picture.name}.svg").read_text(encoding="utf-8")

        assert "https://" not in svg.replace("https://www.textualize.io", "")
        assert "@font-face" not in svg


async def test_the_picture_of_the_queue_is_as_the_app_draws_it() -> None:
    queue = next(picture for picture in ALL if picture.name == "queue")
    kept = (PICTURES / "queue.svg").read_text(encoding="utf-8")

    assert words_in(await draw(queue)) == words_in(kept)
