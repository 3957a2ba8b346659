"""What is new in a reply is told from what it quotes, and nothing is lost."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.mime.quotes import split
from tests.core.reply_styles import (
    Reply,
    announced_replies,
    interleaved_replies,
    top_posted_replies,
)
from tests.tools.measure_quotes import is_interleaved, judge_reply, judged

HEADERS = [
    "On Mon, 2 Nov 2026 at 08:00, Ana <ana@x.test> wrote:",
    "On Nov 2, 2026, at 8:00 AM, Somebody <\nsomebody.with.a.long.name@x.test>\nwrote:",
    "On Tue, Nov 2, 2026 at 8:00 AM Ana Ruiz\n\n<\nmailto:Ana Ruiz <ana@x.test>\n> wrote:",
    "On 2 Nov 2026, 08:00 +0100, Ana <ana@x.test>, wrote:",
    "*On Mon, 2 Nov 2026 at 08:00, Ana <ana@x.test> wrote:*",
    "---- On Mon, 02 Nov 2026 08:00:00 +0100 Ana <ana@x.test> wrote ----",
    'At 2026-11-02 08:00:00, "Ana" <ana@x.test> wrote:',
    "2026-11-02 8:00 GMT+01:00 Ana <ana@x.test>:",
    "Am 02.11.2026 um 08:00 schrieb Ana Ruiz:",
    "Am Mo., 2. Nov. 2026 um 08:00 Uhr schrieb Ana Ruiz <\nana@x.test>:",
    "Ana <ana@x.test> schrieb am Mo., 2. Nov. 2026, 08:00:",
    "Am Montag, 2. November 2026 um 08:00:00 MEZ hat Ana <ana@x.test> Folgendes geschrieben:",
    "Le 2 nov. 2026 à 08:00, Ana <ana@x.test> a écrit :",
    "Le lun. 2 nov. 2026 à 08:00, Ana <ana@x.test> a\nécrit :",
    "El lun, 2 nov 2026 a las 8:00, Ana (<ana@x.test>) escribió:",
    "Il giorno lun 2 nov 2026 alle 08:00 Ana <ana@x.test> ha scritto:",
    "Em seg., 2 de nov. de 2026 às 08:00, Ana <ana@x.test> escreveu:",
    "Op ma 2 nov 2026 om 08:00 schreef Ana <ana@x.test>:",
    "Op 2 nov. 2026, om 08:00 heeft Ana <ana@x.test> het volgende geschreven:",
    "Den mån 2 nov. 2026 kl 08:00 skrev Ana <ana@x.test>:",
    "man. 2. nov. 2026 kl. 08:00 skrev Ana <ana@x.test>:",
    "ma 2. marrask. 2026 klo 8.00 Ana (ana@x.test) kirjoitti:",
    "W dniu 2 listopada 2026 08:00 użytkownik Ana <ana@x.test> napisał:",
    "pon., 2 lis 2026 o 08:00 Ana <ana@x.test> napisał(a):",
    "Wiadomość napisana przez Ana <ana@x.test> w dniu 02.11.2026, o godz. 08:00:",
    "po 2. 11. 2026 v 8:00 odesílatel Ana <ana@x.test> napsal:",
    "po 2. 11. 2026 o 8:00 Ana <ana@x.test> napísal(a):",
    "Ana <ana@x.test> ezt írta (időpont: 2026. nov. 2., H, 8:00):",
    "În lun., 2 nov. 2026 la 08:00, Ana <ana@x.test> a scris:",
    "Ana <ana@x.test>, 2 Kas 2026 Pzt, 08:00 tarihinde şunu yazdı:",
    "пн, 2 нояб. 2026 г. в 08:00, Ana <ana@x.test>:",
    "02.11.2026 08:00, Ana Ruiz пишет:",
    "пн, 2 лист. 2026 р. о 08:00 Ana <ana@x.test> пише:",
    "На пн, 2.11.2026 г. в 8:00 Ana <ana@x.test> написа:",
    "Στις Δευ 2 Νοε 2026 στις 8:00 π.μ., ο/η Ana <ana@x.test> έγραψε:",
    "2026年11月2日(月) 8:00 Ana <ana@x.test>:",
    "2026/11/02 8:00、Ana <ana@x.test>のメール:",
    "Ana <ana@x.test> 于2026年11月2日周一 08:00写道：",
    "在 2026年11月2日，08:00，Ana <ana@x.test> 写道：",
    "2026년 11월 2일 (월) 오전 8:00, Ana <ana@x.test>님이 작성:",
    "Vào 08:00 2 tháng 11, 2026, Ana <ana@x.test> đã viết:",
    "Pada tanggal Sen, 2 Nov 2026 pukul 08.00 Ana <ana@x.test> menulis:",
    "El dl., 2 nov. 2026 a les 8:00, Ana (<ana@x.test>) va escriure:",
    "pon, 2. stu 2026. u 08:00 Ana <ana@x.test> napisao je:",
    "เมื่อ จ. 2 พ.ย. 2026 เวลา 08:00 Ana <ana@x.test> เขียนว่า:",
    "* Ana Ruiz <ana@x.test> [2026-11-02 08:00]:",
    "Quoting Ana Ruiz <ana@x.test>:",
    "Ana Ruiz <ana@x.test> writes:",
]
_FIELDS = [
    ("From", "Sent", "To", "Subject"),
    ("From", "Date", "To", "Subject"),
    ("Von", "Gesendet", "An", "Betreff"),
    ("De", "Envoyé", "À", "Objet"),
    ("De", "Enviado el", "Para", "Asunto"),
    ("De", "Enviada em", "Para", "Assunto"),
    ("Da", "Inviato", "A", "Oggetto"),
    ("Van", "Verzonden", "Aan", "Onderwerp"),
    ("Från", "Skickat", "Till", "Ämne"),
    ("Fra", "Sendt", "Til", "Emne"),
    ("Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe"),
    ("Od", "Wysłano", "Do", "Temat"),
    ("Od", "Odesláno", "Komu", "Předmět"),
    ("Feladó", "Elküldve", "Címzett", "Tárgy"),
    ("De la", "Trimis", "Către", "Subiect"),
    ("Kimden", "Gönderildi", "Kime", "Konu"),
    ("Από", "Στάλθηκε", "Προς", "Θέμα"),
    ("От", "Отправлено", "Кому", "Тема"),
    ("Від", "Надіслано", "Кому", "Тема"),
    ("差出人", "送信日時", "宛先", "件名"),
    ("发件人", "发送时间", "收件人", "主题"),
    ("寄件者", "寄件日期", "收件者", "主旨"),
    ("보낸 사람", "보낸 날짜", "받는 사람", "제목"),
    ("Từ", "Đã gửi", "Đến", "Chủ đề"),
    ("מאת", "נשלח", "אל", "נושא"),
]
BLOCKS = [
    "-----Original Message-----\nFrom: Ana\nSent: Monday",
    "________________________________\nFrom: Ana <ana@x.test>\nSent: Monday\nSubject: Hi",
    "*From:* Ana [mailto:ana@x.test]\n*Sent:* Monday, 2 November 2026 08:00\n*To:* me",
    "**Von:** Ana <ana@x.test>\n**Datum:** 2. November 2026\n**An:** ich",
    "------------------ 原始邮件 ------------------\n发件人: Ana",
    "##- Please type your reply above this line -##",
    "------- Original Message -------\nOn Monday, November 2nd, 2026 at 8:00 AM, Ana wrote:",
    *(
        f"{names[0]}: Ana <ana@x.test>\n{names[1]}: 2026-11-02 08:00\n{names[2]}: Tom\n"
        f"{names[3]}: Hi"
        for names in _FIELDS
    ),
]


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("quotation", ["> Was it twice?\n> Ana", "Was it twice?\nAna"])
def test_a_quotation_below_the_answer_is_folded_in_many_languages(
    header: str, quotation: str
) -> None:
    parts = split(f"Yes, twice.\n\n{header}\n\n{quotation}\n")
    assert parts.new_text == "Yes, twice."
    assert parts.quoted.startswith(header.split("\n", maxsplit=1)[0])
    assert not parts.interleaved


@pytest.mark.parametrize("block", BLOCKS)
def test_all_below_a_block_of_fields_is_folded(block: str) -> None:
    assert split(f"Yes, twice.\n\n{block}\n\nWas it twice?\n").new_text == "Yes, twice."


def test_an_answer_below_its_quotation_is_what_is_new() -> None:
    parts = split("On Mon, Ana wrote:\n> Was it twice?\n\nYes.")
    assert (parts.new_text, parts.interleaved) == ("Yes.", False)


def test_answers_between_quotations_are_all_kept_and_marked() -> None:
    parts = split("On Mon, Ana wrote:\n> one?\nFirst answer.\n> two?\nSecond answer.\n")
    assert parts.new_text == "First answer.\nSecond answer."
    assert parts.interleaved


def test_a_forwarded_mail_is_there_to_be_read() -> None:
    text = "FYI\n\n---------- Forwarded message ----------\nFrom: a@x.test\nDate: Mon\n\nInvoice 7"
    assert split(text).new_text == text


@pytest.mark.parametrize(
    "text",
    [
        "> only a quotation\n> here",
        "From: me\nHello there",
        "I wrote:\nSELECT 1",
        "On Monday it broke.\nOn Tuesday too.",
        ">>> print(1)\n1\n>>> print(2)",
        "Date: the 5th would be fine\nfor us",
        "",
    ],
)
def test_what_is_no_reply_stays_whole(text: str) -> None:
    assert split(text).new_text == text
    assert split(text).quoted == ""


@pytest.mark.parametrize(
    "signature",
    [
        "-- \nAna\nLisbon",
        "--\nAna Ruiz\nRuiz Lda\n\nRua 5, Lisbon",
        "Sent from my iPhone",
        "Get Outlook for Android<https://aka.ms/x>",
        "Gesendet mit der GMX Mail App",
        "Von meinem iPhone gesendet",
        "Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.",
        "Envoyé de mon iPhone",
        "Envoyé à partir de Outlook pour Android",
        "Enviado desde mi iPhone",
        "Enviado do meu iPhone",
        "Inviato da iPhone",
        "Verstuurd vanaf mijn iPhone",
        "Skickat från min iPhone",
        "Wysłane z iPhone'a",
        "Отправлено с iPhone",
        "iPhoneから送信",
        "发自我的 iPhone",
        "Sent with Proton Mail secure email.",
        "Best, Ana",
        "Best regards,\nAna Ruiz",
        "Kind regards\n\nAna Ruiz\nHead of Export\nRuiz Lda | +351 21 123 4567\nwww.ruiz.test",
        "Thanks,\nAna",
        "Thanks in advance and best wishes\nAna",
        "Cheers\nAna",
        "Mit freundlichen Grüßen\nAna Ruiz\n\nRuiz GmbH\nGeschäftsführer: Ana Ruiz\n"
        "Amtsgericht Berlin HRB 12345",
        "Viele Grüße aus Berlin\nAna",
        "LG Ana",
        "MfG\nA. Ruiz",
        "Cordialement,\nAna Ruiz",
        "Bien à vous,\nAna",
        "Un saludo,\nAna",
        "Atentamente,\n\nAna Ruiz",
        "Cordiali saluti\nAna",
        "Met vriendelijke groet,\nAna",
        "Med vänlig hälsning\nAna",
        "Med venlig hilsen\nAna",
        "Z poważaniem,\nAna",
        "С уважением,\nАна",
        "Ana",
        "- Ana",
        "Ana Ruiz\n+351 21 123 4567",
        "Best,\nAna\n\nSent from my iPhone",
        "Ana\n\nThis e-mail and any attachments are confidential and intended solely for the\n"
        "person it is addressed to.",
        "Diese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige Adressat\n"
        "sind, löschen Sie sie bitte.",
    ],
)
def test_a_signature_is_set_apart(signature: str) -> None:
    parts = split(f"The export is empty since Monday.\n\n{signature}", (), "Ana Ruiz")
    assert parts.new_text == "The export is empty since Monday."
    assert parts.signature.split() == signature.split()
    assert parts.quoted == ""


@pytest.mark.parametrize(
    "text",
    [
        "Hi\n\nSent from my desk, is much easier than my mobile phone.",
        "That did it. Thanks!",
        "That did it.\n\nThanks!",
        "Thanks,\nAna",
        "Best regards",
        "The best\nof all exports is yours.",
        "Best,\nAna\n\nPS: the invoice is wrong, too.",
        "Hi\n--\nAna\nPS: the invoice is wrong, too.",
        "Please send the invoice to:\n\nAna Ruiz\nRua 5, Lisbon",
        "My details are as follows:\n\nAna Ruiz\nana@ruiz.test\n+351 21 123 4567",
        "Which plan?\n\nThe yearly one.",
        "It fails for these users\n\nTom\nVlad",
        "What I tried\n\n- Firefox\n- Safari",
        "Regards to the team, you did well with the last version of the export.",
        "It prints this:\n--- a/file\n+++ b/file",
        "Thanks for the quick help\nI have one more question",
    ],
)
def test_a_sentence_is_no_signature(text: str) -> None:
    parts = split(text, (), "Ana Ruiz")
    assert parts.new_text == text
    assert parts.signature == ""


def test_a_header_that_was_pasted_on_purpose_is_read() -> None:
    text = (
        "I get this every day:\n\nFrom: shop@x.test\nSent: Monday, 2 November 2026 08:00\n"
        "To: me\nSubject: Invoice\n\nYour invoice.\n\nWhy?"
    )
    assert split(text).new_text == text


def test_words_below_a_marked_quotation_in_outlook_style_are_kept() -> None:
    block = "From: Ana <ana@x.test>\nSent: Monday\nTo: me\nSubject: Hi"
    parts = split(f"Hello Ana,\n\n{block}\n\n> Was it twice?\n\nYes, twice.")
    assert parts.new_text.split() == ["Hello", "Ana,", "Yes,", "twice."]


def test_our_own_words_are_known_in_whatever_lines_they_come() -> None:
    ours = "Which browser do you use for the export? And does it happen with every report?"
    text = (
        "Which browser do you use\nfor the export? And does it happen\nwith every report?\n\n"
        "Firefox, and yes."
    )
    assert split(text, [ours]).new_text == "Firefox, and yes."


def test_lines_of_the_ticket_are_known_without_any_mark() -> None:
    earlier = "We refunded the second charge today.\nIt takes two days to arrive."
    parts = split(f"Thank you!\n\n{earlier}", [earlier])
    assert parts.new_text == "Thank you!"
    assert parts.quoted == earlier


def test_link_notes_go_with_the_words_they_belong_to() -> None:
    header = "On 2 Nov 2026 08:00, Ana <a@x.test> wrote:"
    notes = "[1] https://a.test\n[2] https://b.test"
    parts = split(f"See [1]\n\n{header}\n> or [2]\n\n{notes}")
    assert parts.new_text == "See [1]\n\n[1] https://a.test"
    assert parts.quoted.endswith("[2] https://b.test")


@given(st.lists(st.sampled_from(["> q", "word", "", "-- ", *HEADERS, "From: a@b.test", "To: x"])))
def test_no_word_is_ever_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    parts = split(text)
    kept = "\n".join([parts.new_text, parts.quoted, parts.signature])
    assert sorted(kept.split()) == sorted(text.split())


@pytest.mark.parametrize(
    "text",
    ["On " * 60_000, "\n" * 200_000, "From: a@b\n" * 20_000, "-" * 200_000, "a@" * 90_000 + ":"],
)
def test_no_text_takes_long(text: str) -> None:
    started = perf_counter()
    split(text, [text])
    assert perf_counter() - started < 2.0


# What each suite must reach, in hundredths: right at least, lost at most. Two of them fold what
# was forwarded, or a rule; we show it.
BARS = {
    "talon": (95, 0),
    "willdurand": (100, 0),
    "github": (100, 0),
    "mail-parser-reply": (90, 6),
    "talon-signature": (60, 0),
    "forge-signature": (85, 0),
}


@pytest.mark.parametrize("suite", BARS)
def test_real_replies_come_out_as_people_marked_them(suite: str) -> None:
    verdicts = list(judged(suite))
    right, lost = BARS[suite]
    assert sum(v.right for v in verdicts) * 100 >= right * len(verdicts)
    assert sum(v.lost for v in verdicts) * 100 <= lost * len(verdicts)


@pytest.mark.parametrize("reply", list(interleaved_replies()), ids=lambda reply: reply.name)
def test_answers_between_the_quoted_lines_are_never_folded(reply: Reply) -> None:
    assert judge_reply(reply).right
    assert is_interleaved(reply)


@pytest.mark.parametrize("reply", list(announced_replies()), ids=lambda reply: reply.name)
def test_a_quotation_said_to_hold_the_answers_is_shown_whole(reply: Reply) -> None:
    assert judge_reply(reply).right
    assert is_interleaved(reply)


@pytest.mark.parametrize("reply", list(top_posted_replies()), ids=lambda reply: reply.name)
def test_a_quotation_without_answers_is_folded_and_the_farewell_with_it(reply: Reply) -> None:
    assert judge_reply(reply).right
    assert not is_interleaved(reply)
