"""The certificate of a server on this machine, which no authority vouches for (Proton's Bridge).

Only for loopback: there nobody stands in between, so what is seen is what is there.
"""

import hashlib
import ssl

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from founder_inbox.core.setup.places import Place
from founder_inbox.errors import ServerUnreachable
from founder_inbox.mail.imap_faults import ODD_ANSWERS, broken
from founder_inbox.mail.imap_server import let_go

LOOPBACK = frozenset({"127.0.0.1", "localhost"})
_SECONDS = 10


def fingerprint_of(place: Place) -> str:
    """`sha256:…` of the certificate an IMAP server here shows. Raises ServerUnreachable."""
    if place.host not in LOOPBACK:
        raise ServerUnreachable(f"{place.host} is not this machine; its certificate is verified.")
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    client = None
    try:
        tls = place.security == "tls"
        client = IMAPClient(
            place.host, place.port, ssl=tls, ssl_context=context if tls else None, timeout=_SECONDS
        )
        if not tls:
            client.starttls(context)
        sock = client._imap.sock
        raw = sock.getpeercert(binary_form=True) if isinstance(sock, ssl.SSLSocket) else None
    except (IMAPClientError, *ODD_ANSWERS) as error:
        raise broken(str(place), error) from error
    finally:
        let_go(client)
    return f"sha256:{hashlib.sha256(raw or b'').hexdigest()}"
