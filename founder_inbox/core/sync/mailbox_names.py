"""What a mailbox is for, by its name, where the server does not say (RFC 6154)."""

_NAMES = {
    "sent": (
        "sent|sent items|sent messages|sent mail|gesendet|gesendete elemente|gesendete objekte|"
        "enviados|elementos enviados|mensajes enviados|envoyés|éléments envoyés|messages envoyés|"
        "posta inviata|inviati|enviadas|itens enviados|verzonden|verzonden items|wysłane|"
        "skickat|skickade objekt|sendt|lähetetyt|отправленные|送信済み|已发送"
    ),
    "archive": "archive|archives|archiv|archivo|archivi|arquivo|archief|archiwum|арkив|архив",
    "junk": "junk|junk e-mail|junk email|spam|bulk mail|correo no deseado|courrier indésirable",
    "trash": (
        "trash|deleted items|deleted messages|papierkorb|gelöschte elemente|papelera|corbeille|"
        "cestino|lixeira|prullenbak|kosz|удаленные|ゴミ箱"
    ),
    "drafts": "drafts|draft|entwürfe|borradores|brouillons|bozze|rascunhos|concepten",
}
_BY_NAME = {name: role for role, names in _NAMES.items() for name in names.split("|")}


def role_by_name(mailbox: str) -> str | None:
    """The role that a mailbox's last name part stands for: "Sent", but not "Sent to clients"."""
    last = mailbox.replace("/", ".").rpartition(".")[2]
    return _BY_NAME.get(last.strip().casefold())
