"""What the receiving server found out about a sender (RFC 8601, RFC 7489).

Only bad news counts. A server of ours writes on top of what came, so the first word on DMARC is
its own; a "pass" further down may be anybody's, and none is needed to be read like other mail.
"""

import re

from founder_inbox.core.mime.headers import Headers

_FIELD = "authentication-results"
_MOST = 10
_LONGEST = 4_000
_COMMENT = re.compile(r"\([^()]{0,500}\)")
_RESULT = re.compile(r"(?:^|[;\s])(dmarc|spf|dkim)\s{0,9}=\s{0,9}([a-z]{1,20})")


def is_refuted(headers: Headers) -> bool:
    """Whether the sender's domain does not stand by this mail.

    DMARC failed; where no server has a word on DMARC: SPF failed, and no signature held.
    """
    for value in headers.fields.get(_FIELD, [])[:_MOST]:
        text = _COMMENT.sub(" ", value[:_LONGEST].decode("ascii", "ignore").lower())
        results = _RESULT.findall(text)
        said = {method for method, _ in results}
        if "dmarc" in said:
            return ("dmarc", "fail") in results and ("dmarc", "pass") not in results
        if "spf" in said:
            return ("spf", "fail") in results and ("dkim", "pass") not in results
    return False
