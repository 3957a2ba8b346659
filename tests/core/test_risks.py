"""Which files are asked about, and in which words."""

import pytest

from founder_inbox.core.mime.risks import why_ask

PDF = b"%PDF-1.7\n"
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize(
    ("name", "type_", "beginning"),
    [
        ("plan.pdf", "application/pdf", PDF),
        ("photo.png", "image/png", PNG),
        ("list.csv", "text/csv", b"a;b\n1;2\n"),
        ("letter.docx", "application/octet-stream", b"PK\x03\x04word/document.xml"),
        ("log.txt", "text/plain", b"The page <html> was empty, said the browser.\n"),
        ("archive.zip", "application/zip", b"PK\x03\x04"),
        ("notes", "text/plain", b"just words"),
        ("", "", b""),
    ],
)
def test_ordinary_files_open_without_a_question(name: str, type_: str, beginning: bytes) -> None:
    assert why_ask(name, type_, beginning) is None


PROGRAMS = """
    a.exe a.EXE a.scr a.com a.bat a.cmd a.ps1 a.vbs a.js a.jar a.app a.command a.sh a.desktop a.lnk
    a.msi a.hta a.py a.deb a.AppImage a.dmg a.iso a.reg a.url a.exe. a.apk a.workflow
"""


@pytest.mark.parametrize("name", PROGRAMS.split())
def test_programs_are_asked_about_by_name(name: str) -> None:
    assert "program or script" in (why_ask(name, "application/octet-stream", b"") or "")


@pytest.mark.parametrize(
    "beginning",
    [
        b"\x7fELF\x02\x01", b"MZ\x90\x00", b"#!/bin/sh\nrm", b"\xef\xbb\xbf#!/bin/sh",
        b"\xcf\xfa\xed\xfe\x07", b"L\x00\x00\x00\x01\x14\x02\x00\x00",
        b"# a comment\n[Desktop Entry]\nExec=rm", b"\xca\xfe\xba\xbe\x00\x00",
    ],
)  # fmt: skip
def test_a_program_is_known_by_what_is_in_it(beginning: bytes) -> None:
    words = why_ask("invoice.pdf", "application/pdf", beginning)

    assert words is not None
    assert words.startswith("invoice.pdf says that it is a .pdf, but inside is a program")


def test_a_second_ending_is_named() -> None:
    words = why_ask("invoice.pdf.exe", "application/pdf", b"MZ")

    assert words is not None
    assert words.startswith("invoice.pdf.exe looks like a .pdf, but it is a program")


@pytest.mark.parametrize(
    ("name", "type_", "beginning"),
    [
        ("login.html", "text/html", b"<p>"),
        ("logo.svg", "image/svg+xml", b"<svg>"),
        ("bill", "application/octet-stream", b"\n<!DOCTYPE  html><script>"),
        ("bill.pdf", "application/pdf", b"<HTML>"),
        ("bill.txt", "text/html", b"words"),
        ("bill.dat", "", "<script>".encode("utf-16")),
    ],
)
def test_pages_are_asked_about(name: str, type_: str, beginning: bytes) -> None:
    assert "web page" in (why_ask(name, type_, beginning) or "")


@pytest.mark.parametrize(
    ("name", "type_", "beginning"),
    [
        ("offer.docm", "", b"PK\x03\x04"),
        ("offer.docx", "", b"PK\x03\x04....word/vbaProject.bin"),
        ("offer.xls", "application/vnd.ms-excel.sheet.macroEnabled.12", b""),
    ],
)
def test_office_files_with_macros_are_asked_about(name: str, type_: str, beginning: bytes) -> None:
    assert "macros" in (why_ask(name, type_, beginning) or "")


def test_a_type_that_says_program_is_believed() -> None:
    assert why_ask("update", "application/x-msdownload", b"") is not None
    assert why_ask("update", "text/javascript", b"") is not None
