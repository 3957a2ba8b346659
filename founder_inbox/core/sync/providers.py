"""What is known of mail providers."""

# These put a copy of submitted mail into Sent themselves; a second one would stand there twice.
_FILES_SENT = (
    "gmail.com",
    "googlemail.com",
    "google.com",
    "office365.com",
    "outlook.com",
    "protonmail.ch",
    "proton.me",
)


def files_sent_mail(smtp_host: str) -> bool:
    """Whether the submission server is known to file the Sent copy by itself."""
    host = smtp_host.casefold().rstrip(".")
    return any(host == name or host.endswith("." + name) for name in _FILES_SENT)
