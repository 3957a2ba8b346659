"""The words mail programs put before what they quote, in the languages our customers use."""

WROTE = (
    r"wrote|writes|sent|said|schrieb|schreibt|folgendes geschrieben|a écrit|écrit|escribió"
    r"|ha scritto|scrisse|scrive|escreveu|schreef|geschreven|skrev|schrieb am"
    r"|napisał\(a\)|napisała?|pisze|naps[ao]la?|napsal\(a\)|napísala?|napísal\(a\)"
    r"|napisao(?: je)?"
    r"|napisala je|je napisala?|написала?|написал\(а\)|написав|написа|пише|пишет|kirjoitti"
    r"|yazdı|şun(?:u|ları) yazdı|đã viết|írta|ezt írta|έγραψε|έγραψαν|menulis|a scris|rakstīja"
    r"|parašė|kirjutas|va escriure|ha escrit|idatzi du|کتب|كتب|كتبت|כתב|כתבה|نوشت|เขียนว่า"
    r"|写道|寫道|のメール|のメッセージ|님이 작성|작성"
)
OPENS = (
    r"On|Am|Le|El|Il|Em|Op|Den|På|Pe|W dniu|Dnia|Dne|Dňa|Vào|Ngày|Pada|Tarihinde|Στις|În|La"
    r"|On behalf of|в|В|На|ma|ke|Til|At|Le lun|Le mar|Quoting|Zitat von|De|Em|Wiadomość napisana"
    r"|Il giorno|Lúc|เมื่อ|في|בתאריך|在"
)
ORIGINAL = (
    r"original(?: message| appointment| e-?mail|meddelande|-nachricht|nachricht)?"
    r"|ursprüngliche (?:nachricht|e-?mail|mail)"
    r"|original ?melding|opprinnelig melding|oprindelig meddelelse|original besked"
    r"|message d['’]origine|message original|courriel original|mensaje original|missatge original"
    r"|messaggio originale|mensagem original|oorspronkelijk bericht|origineel bericht"
    r"|ursprungligt meddelande|alkuperäinen viesti|wiadomość oryginalna|oryginalna wiadomość"
    r"|исходное сообщение|оригинальное сообщение|оригінальне повідомлення|původní (?:zpráva"
    r"|e-?mail)"
    r"|pôvodná správa|eredeti üzenet|mesaj(?:ul)? original|izvorna poruka|izvirno sporočilo"
    r"|orijinal (?:mesaj|ileti)|αρχικό μήνυμα|הודעה מקורית|الرسالة الأصلية|thư gốc|pesan asli"
    r"|原始邮件|原始郵件|原邮件|元のメッセージ|元のメール|원본 메시지|원본 메일"
    r"|reply message|antwort nachricht|replied message"
)
FORWARDED = (
    r"forwarded message|forwarded by|weitergeleitete nachricht|message transféré"
    r"|mensaje reenviado|messaggio inoltrato|mensagem encaminhada|doorgestuurd bericht"
    r"|пересылаемое сообщение|пересланное сообщение|vidarebefordrat meddelande|videresendt"
    r"|begin forwarded message|anfang der weitergeleiteten|début du message réexpédié"
    r"|début du message transféré|inicio del mensaje reenviado|início da mensagem"
    r"|inizio messaggio inoltrato|wiadomość przekazana|przekazana wiadomość|välitetty viesti"
    r"|begin doorgestuurd bericht|转发的邮件|轉寄的郵件|転送メッセージ"
    r"|전달된 메시지|přeposlaná zpráva"
)
ABOVE = (
    r"(?:please )?(?:type your )?reply above this line|write your reply above this line"
    r"|please do not write below this line|bitte (?:oberhalb|über) dieser (?:linie"
    r"|zeile) antworten"
    r"|répondre au-dessus de cette ligne|responda? por encima de esta línea"
)
"""What help desks write above the mail they quote."""

INLINE = (
    r"\b(?:in-?line|interleaved|inter-?linear)\b|\b(?:answers?|comments?|repl(?:y|ies)|responses?"
    r"|notes?|thoughts) (?:are |is )?(?:below|inside|within|in (?:the )?(?:text|mail|e-?mail"
    r"|message|thread)|between|under (?:each|your)|in (?:red|blue|green|bold|colou?r|caps))\b"
    r"|\b(?:see|find|answered|replied|commented|responded|answer(?:ing)?"
    r"|marked)\b.{0,40}\bbelow\b"
    r"|\bin (?:red|blue|green|purple|bold|caps)\b|\bsee (?:my )?(?:red|blue|green)\b"
    r"|\b(?:antwort(?:en)?|kommentare?|anmerkung(?:en)?)\b.{0,40}\b(?:unten|im text|in rot"
    r"|in blau"
    r"|in grün|fett|darunter|dazwischen|direkt)\b|\bsiehe unten\b|\bs\. ?u\.|\bim text\b"
    r"|\bdirekt (?:unten|darunter|im text|zu deinen|zu ihren)\b|\bin (?:rot|blau|grün|fett)\b"
    r"|\bci-dessous\b|\bdans le (?:texte|corps|mail|message)\b|\bplus bas\b"
    r"|\ben (?:rouge|bleu|vert|gras)\b"
    r"|\bm[áa]s abajo\b|\babajo\b|\ben el (?:texto|cuerpo|mismo correo)\b|\bentre l[ií]neas\b"
    r"|\ben (?:rojo|azul|verde|negrita)\b|\b(?:qui )?sotto\b|\bin (?:rosso|blu)\b|\babaixo\b"
    r"|\bem (?:vermelho|azul|verde)\b|\bhieronder\b|\bin het (?:rood|blauw)\b|\bponiżej\b"
    r"|\bниже\b"
)
"""How people say that their answers stand between the quoted lines."""

_LABEL_WORDS = {
    "from": "from,von,de,da,van,od,från,fra,lähettäjä,kimden,от,від,发件人,寄件者,差出人,"
    "보낸 사람,보낸사람,expéditeur,remitente,mittente,gönderen,từ,feladó,odesílatel,avsender,"
    "de la,από,מאת,من,šalje,saatja,จาก,dari,pengirim,送信者,寄件人,от кого,sender,absender,"
    "remetente,afzender,nuo,no,pošiljatelj,odosielateľ",
    "date": "date,sent,gesendet,datum,envoyé,envoyé le,enviado,enviado el,fecha,data,inviato,"
    "inviato il,verzonden,wysłano,skickat,sendt,lähetetty,päivä,дата,отправлено,надіслано,"
    "发送时间,送信日時,日期,日付,보낸 날짜,날짜,tarih,gönderildi,odesláno,message du,dato,enviat,"
    "odoslané,elküldve,küldve,dátum,trimis,στάλθηκε,ημερομηνία,изпратено,נשלח,תאריך,"
    "تم الإرسال,التاريخ,poslano,saatmisaeg,đã gửi,gửi,ngày,ส่ง,วันที่,dikirim,tanggal,"
    "寄件日期,傳送時間,発信日時,sent at,gesendet am,enviada em,enviado em,enviada,issiųsta,poslané",
    "to": "to,an,à,a,para,per,aan,do,till,til,vastaanottaja,kime,кому,收件人,宛先,받는 사람,"
    "받는사람,komu,destinataire,destinatario,pour,cc,copie à,copia,kopie,kopia,reply-to,per a,"
    "címzett,către,προς,до,אל,إلى,prima,adressaat,đến,ถึง,kepada,收件者,za,kam,"
    "destinatário,ontvanger,empfänger,抄送,副本,参照,참조,kopi,копия,копія,bcc,reply to,antwort an",
    "subject": "subject,betreff,betrifft,objet,sujet,asunto,assunto,oggetto,onderwerp,temat,ämne,"
    "emne,aihe,konu,тема,主题,主旨,件名,제목,předmět,tárgy,assumpte,tema,predmet,subiect,subiectul,"
    "θέμα,относно,נושא,الموضوع,teema,chủ đề,tiêu đề,เรื่อง,subjek,perihal,主題,zadeva,teema,re,aw",
}

LABELS = {word: kind for kind, words in _LABEL_WORDS.items() for word in words.split(",")}
"""The labels of a quoted header block, lower case, with the field each names."""
