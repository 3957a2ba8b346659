"""Which files are asked about before they are opened: those that can do something by themselves.

Decided by name, declared type and content together, because a stranger chooses all three.
"""

import re

BEGINNING = 4096
"""Bytes of a file that are enough to judge it."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PROGRAMS = _words(
    """
    action app appimage application appref-ms apk applescript ash bash bat bin cab chm class cmd
    com command cpl crx csh deb desktop diagcab dll dmg ear elf exe fish gadget hta img inf ins
    iso jar jnlp js jse ksh library-ms lnk mjs mpkg msc msi msix msp mst osx out pif pkg pl prf
    ps1 ps1xml psc1 psd1 psm1 py pyc pyw pyz rb reg rpm run scf scpt scr sct search-ms
    settingcontent-ms sh shb shs sys terminal tool udf url vb vbe vbs vhd vhdx war webloc
    website workflow ws wsc wsf wsh xbap xll xpi zsh
    """
)
_PAGES = _words("htm html xht xhtml shtml mht mhtml svg svgz xsl xslt swf")
_MACROS = _words(
    "docm dotm xlsm xltm xlam xlsb pptm potm ppam ppsm sldm accdb accde mdb ade adp odb"
)
_PROGRAM_TYPES = re.compile(
    r"(?:application|text)/(?:x-)?(?:ms-?dos-program|msdownload|msdos-program|executable|elf|sh"
    r"|shellscript|bat|msi|dosexec|mach-binary|java-archive|java-applet|javascript|ecmascript"
    r"|python|perl|ruby|vbscript|desktop|hta|ms-shortcut|apple-diskimage)"
    r"|application/(?:hta|vnd\.microsoft\.portable-executable|vnd\.android\.package-archive)"
)
_PAGE_TYPES = re.compile(r"text/html|application/xhtml\+xml|image/svg\+xml")
_PROGRAM_BEGINS = (
    b"\x7fELF", b"MZ", b"ZM", b"#!", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe", b"L\x00\x00\x00\x01\x14\x02\x00", b"!<arch>\n", b"dex\n",
    b"\xed\xab\xee\xdb",
)  # fmt: skip
_PAGE = re.compile(
    rb"<(?:!doctype\s{1,20}html|html|script|svg|head|body|iframe|hta:application)\b", re.IGNORECASE
)
_MACRO = re.compile(rb"vbaProject\.bin|macroEnabled", re.IGNORECASE)
_HARMLESS = _words(
    "pdf png jpg jpeg gif webp txt csv doc docx xls xlsx ppt pptx odt ods mp3 mp4 zip"
)


def why_ask(name: str, type_: str, beginning: bytes) -> str | None:
    """Why this file is not simply opened, in a sentence; None for one that is.

    `beginning` are its first bytes, `BEGINNING` of them where there are so many.
    """
    words = name.lower().rstrip(". ").split(".")
    suffix = words[-1] if len(words) > 1 else ""
    kind = _kind(suffix, type_.lower(), beginning)
    if kind is None:
        return None
    if suffix in _HARMLESS:
        return f"{name} says that it is a .{suffix}, but inside is {_WHAT[kind]}."
    disguise = words[-2] if len(words) > 2 and words[-2] in _HARMLESS else ""
    if disguise:
        return f"{name} looks like a .{disguise}, but it is {_WHAT[kind]}."
    return f"{name} is {_WHAT[kind]}."


_WHAT = {
    "program": "a program or script: opened, it can do anything that you can do on this machine",
    "page": "a web page: opened, it can run scripts, load things from the web, and pretend to be "
    "a login",
    "macro": "an Office file with macros: opened, it can run programs",
}


def _kind(suffix: str, type_: str, beginning: bytes) -> str | None:
    start = beginning[:BEGINNING]
    bare = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    is_program = bare.startswith(_PROGRAM_BEGINS) or b"[Desktop Entry]" in bare
    if suffix in _PROGRAMS or is_program or _PROGRAM_TYPES.fullmatch(type_):
        return "program"
    is_macro = start.startswith(b"PK") and _MACRO.search(start)
    if suffix in _MACROS or is_macro or "macroenabled" in type_:
        return "macro"
    if suffix in _PAGES or _PAGE_TYPES.fullmatch(type_) or _is_page(start, suffix):
        return "page"
    return None


def _is_page(start: bytes, suffix: str) -> bool:
    """Whether a browser would take it for a page; a note about HTML in a text file is none."""
    plain = start.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")  # UTF-8, UTF-16
    begins = _PAGE.match(plain)
    return bool(begins if suffix in {"txt", "log", "md", "csv"} else _PAGE.search(plain))
