"""The words mail programs put before what they quote, in the languages our customers use."""

WROTE = (
    r"wrote|writes|sent|said|schrieb|a écrit|escribió|ha scritto|scrisse|escreveu|schreef"
    r"|geschreven|skrev|schrieb am|napisał\(a\)|napisała?|naps[ao]la?|написала?|написав"
    r"|пишет|kirjoitti|yazdı|şunları yazdı|đã viết|írta|έγραψε|menulis|a scris|rakstīja|کتب|כתב"
    r"|写道|寫道|のメッセージ|님이 작성"
)
OPENS = (
    r"On|Am|Le|El|Il|Em|Op|Den|På|Pe|W dniu|Dnia|Dne|Vào|Ngày|Pada|Tarihinde|Στις|On behalf of"
    r"|в|В|ma|ke|Til|At|Le lun|Le mar|Quoting|Zitat von|De"
)
ORIGINAL = (
    r"original(?: message| appointment|meddelande|-nachricht|nachricht)|ursprüngliche nachricht"
    r"|message d['’]origine|message original|mensaje original|messaggio originale"
    r"|mensagem original|oorspronkelijk bericht|oprindelig meddelelse|opprinnelig melding"
    r"|ursprungligt meddelande|alkuperäinen viesti|wiadomość oryginalna|oryginalna wiadomość"
    r"|исходное сообщение|původní zpráva|orijinal mesaj|原始邮件|原始郵件|元のメッセージ"
    r"|원본 메시지|reply message|antwort nachricht"
)
FORWARDED = (
    r"forwarded message|forwarded by|weitergeleitete nachricht|message transféré"
    r"|mensaje reenviado|messaggio inoltrato|mensagem encaminhada|doorgestuurd bericht"
    r"|пересылаемое сообщение|пересланное сообщение|vidarebefordrat meddelande|videresendt"
    r"|begin forwarded message|anfang der weitergeleiteten|début du message réexpédié"
    r"|inizio messaggio inoltrato|wiadomość przekazana|välitetty viesti|转发的邮件|転送メッセージ"
)

_LABEL_WORDS = {
    "from": "from,von,de,da,van,od,från,fra,lähettäjä,kimden,от,от кого,від,发件人,寄件者,差出人,"
    "보낸 사람,보낸사람,expéditeur,remitente,mittente,gönderen,từ,feladó,odesílatel,avsender",
    "date": "date,sent,gesendet,datum,envoyé,envoyé le,enviado,enviado el,fecha,data,inviato,"
    "inviato il,verzonden,wysłano,skickat,sendt,lähetetty,päivä,дата,отправлено,надіслано,"
    "发送时间,送信日時,日期,日付,보낸 날짜,날짜,tarih,gönderildi,odesláno,message du,dato",
    "to": "to,an,à,a,para,per,aan,do,till,til,vastaanottaja,kime,кому,收件人,宛先,받는 사람,"
    "받는사람,komu,destinataire,destinatario,pour,cc,copie à,copia,kopie,kopia,reply-to",
    "subject": "subject,betreff,objet,sujet,asunto,assunto,oggetto,onderwerp,temat,ämne,emne,"
    "aihe,konu,тема,主题,主旨,件名,제목,předmět,tárgy",
}

LABELS = {word: kind for kind, words in _LABEL_WORDS.items() for word in words.split(",")}
"""The labels of a quoted header block, lower case, with the field each names."""
