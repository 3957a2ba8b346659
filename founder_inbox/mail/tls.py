"""TLS as it has to be: verified always; a pinned fingerprint instead of an authority if asked."""

import hashlib
import socket
import ssl

from founder_inbox.errors import ConfigError, ServerUnreachable


def make_context(ca_file: str | None, fingerprint: str | None) -> ssl.SSLContext:
    """A verifying context, TLS 1.2 or newer.

    With a fingerprint, trust comes from `check_fingerprint` after the handshake.
    Raises ConfigError when the CA file can't be used.
    """
    try:
        context = ssl.create_default_context(cafile=ca_file)
    except (OSError, ssl.SSLError) as error:
        raise ConfigError(
            f"ca_file {ca_file} can't be used: {error}. Nothing was sent anywhere."
        ) from error
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if fingerprint:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def check_fingerprint(connection: socket.socket | None, fingerprint: str | None, host: str) -> None:
    """Compare the certificate of a TLS socket with `sha256:…`. Raises ServerUnreachable."""
    if not fingerprint:
        return
    raw = (
        connection.getpeercert(binary_form=True) if isinstance(connection, ssl.SSLSocket) else None
    )
    seen = hashlib.sha256(raw or b"").hexdigest()
    wanted = fingerprint.lower().removeprefix("sha256:").replace(":", "")
    if seen != wanted:
        raise ServerUnreachable(
            f"{host} shows another certificate (sha256:{seen}) than the one in your "
            "configuration, so nothing was sent to it. If you changed it yourself, "
            "write the new fingerprint into the configuration."
        )
