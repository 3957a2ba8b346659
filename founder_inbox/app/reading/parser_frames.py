"""What the parser process and we say to each other: one frame a question, one an answer.

A question is one letter and the mail's bytes; for an attachment the part's number, in four bytes,
stands between them. An answer is one letter and what follows from it.
"""

from typing import Final

import msgspec

import founder_inbox
from founder_inbox.core.mime.version import PARSER_VERSION
from founder_inbox.core.model import Mail

MODULE: Final = "founder_inbox.app.reading.parser_process"
# The child says this first: a program that was upgraded while we run answers something else.
HELLO: Final = f"founder-inbox {founder_inbox.__version__} parser {PARSER_VERSION}".encode()

PARSE: Final = b"p"
ATTACHMENT: Final = b"a"
PART_BYTES: Final = 4

DONE: Final = b"d"
NO_MEMORY: Final = b"m"
FAILED: Final = b"f"
# The exit code where there was no room even for the question.
NO_ROOM: Final = 12

encode_mail = msgspec.msgpack.Encoder().encode
decode_mail = msgspec.msgpack.Decoder(Mail).decode
