"""An answer that was sent is kept as a canned reply, in the founder's own folder."""

from collections.abc import Callable

import pytest

from founder_inbox.app.sending import canned
from founder_inbox.app.sending.saving_replies import check_replies, rewrite_reply, save_reply
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.errors import BadInput, NotFound
from tests.app.desk import NOW, Desk
from tests.app.letters import letter

ANSWER = "Hi Tom,\n\nplease open Settings, Tom, and there choose Export.\n\nAna"


@pytest.fixture
def desk(open_desk: Callable[[str], Desk]) -> Desk:
    """A question of Tom's, and Ana's answer found in Sent."""
    desk = open_desk("desk")
    desk.receive((3, letter("How do I export?", "How do I export my list?")))
    answer = letter(
        "Re: How do I export?",
        ANSWER,
        sender="Ana <support@acme.test>",
        to="tom@okafor.test",
        message_id="<two@acme.test>",
        references="<one@okafor.test>",
    )
    desk.receive((2, answer), role="sent")
    return desk


def only(desk: Desk) -> Ticket:
    [ticket] = desk.all()
    return ticket


def test_the_answer_is_a_reply_that_the_picker_finds(desk: Desk) -> None:
    path = save_reply(desk.ws, only(desk), "export-steps", title="Export, in steps")

    assert path.name == "export-steps.en.md"
    assert path.stat().st_mode & 0o777 == 0o600
    found = canned.find_reply(desk.ws, "export-steps", "en")
    assert found.title == "Export, in steps"
    filled = canned.fill_reply(desk.ws, only(desk), found, {}, NOW)
    assert filled.text == "please open Settings, Tom, and there choose Export."
    assert check_replies(desk.ws)[0].words == "export-steps is there in en and not in de"


def test_a_file_that_is_there_is_never_written_over(desk: Desk) -> None:
    path = save_reply(desk.ws, only(desk), "export-steps")
    path.write_text("mine", encoding="utf-8")

    with pytest.raises(BadInput, match="is there already and stays as it is"):
        save_reply(desk.ws, only(desk), "export-steps")

    assert path.read_text(encoding="utf-8") == "mine"


def test_a_name_that_is_none_or_a_mail_that_is_not_ours_is_refused(desk: Desk) -> None:
    with pytest.raises(BadInput, match="is not a name"):
        save_reply(desk.ws, only(desk), "../../etc/passwd")
    with pytest.raises(BadInput, match="That mail is not yours"):
        save_reply(desk.ws, only(desk), "a", "1")
    with pytest.raises(NotFound):
        save_reply(desk.ws, only(desk), "a", "9")
    assert not desk.ws.paths.replies.exists()
    assert save_reply(desk.ws, only(desk), "a", "2").exists()


def test_what_an_editor_broke_is_not_taken_over(desk: Desk) -> None:
    path = save_reply(desk.ws, only(desk), "a")
    before = path.read_text(encoding="utf-8")

    with pytest.raises(BadInput):
        rewrite_reply(path, "no head")

    assert path.read_text(encoding="utf-8") == before
    rewrite_reply(path, before.replace("Settings", "Options"))
    assert "Options" in path.read_text(encoding="utf-8")
