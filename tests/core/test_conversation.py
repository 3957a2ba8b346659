"""What Outlook says of a conversation, as an id."""

import base64

from founder_inbox.core.mime.reader import parse

INDEX = bytes(range(22))


def conversation(
    index: bytes = INDEX, topic: str = "Export", sender: str = "tom@okafor.test", folded: str = ""
) -> str:
    text = base64.b64encode(index).decode()
    head = f"From: {sender}\r\nThread-Topic: {topic}\r\nThread-Index: {text[:8]}{folded}{text[8:]}"
    return parse(f"{head}\r\n\r\nHi\r\n".encode()).conversation


def test_an_answer_of_the_same_sender_has_the_same_one() -> None:
    first = conversation()

    assert first.startswith("<")
    assert conversation(INDEX + b"12345", "EXPORT", "Tom <TOM@okafor.test>", "\r\n ") == first


def test_another_sender_topic_or_conversation_has_another_one() -> None:
    others = {
        conversation(),
        conversation(sender="eve@evil.test"),
        conversation(topic="Invoice"),
        conversation(b"x" + INDEX[1:]),
    }

    assert len(others) == 4


def test_none_or_a_broken_one_is_none() -> None:
    assert conversation(INDEX[:21]) == ""
    assert parse(b"From: a@x.test\r\nThread-Index: %%%\r\n\r\nx").conversation == ""
    assert parse(b"From: a@x.test\r\n\r\nx").conversation == ""
    assert parse(b"Thread-Index: " + base64.b64encode(INDEX) + b"\r\n\r\nx").conversation == ""
