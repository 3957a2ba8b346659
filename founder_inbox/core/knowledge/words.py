"""The words that `terms` tells apart: small ones, those that mean the same, those that never do."""

from collections.abc import Iterator

# How a question is put, and what stands in every mail.
SMALL = frozenset(
    word
    for row in (
        """
    a able about after again all also always am an and another any anybody anyone anything are as
    ask at back be been before being best both but by can cannot come could dear did do does doing
    done each else even ever everything feature few find first for from get gets getting give good
    got great had has have having hello help hey hi him his how however if in into is it its just
    kind know last let like lot made make makes making many may maybe me mean might more most much
    must my need needed needs new no not now of ok on one only or other our out over own place
    please possible problem question quick re really regards right same see seem seems she should
    show simple simply since so some somebody someone something soon still such sure tell than
    thank thanks that the their them then there these they thing things think this those to too
    try trying two under up us use used using very want wanted wants was way we well were what
    when where whether which while who why will wish with without wonder wondering work working
    works would yes yet you your yours side bit option options somehow somewhere anywhere
    everywhere looked go goes going gone went people everybody everyone myself yourself yesterday
    instead bigger actually currently already today tomorrow per via etc aber alle allem allen
    alles als auch auf aus bei bin bis bitte da damit danach danke dann das dass dem den denn der
    des deshalb die dies diese diesem dieser dieses doch dort du durch ein eine einem einen einer
    eines er es euch euer eure euren fragen frage für geht gern gerne gibt gruß grüße gut habe
    haben hallo hat hier hätte hilfe ich ihr ihre ihrem ihren im irgendwo ist ja jetzt kann kein
    keine können könnt könnte leider lg liebe machen man mein meine meinem meinen meiner mich mir
    mit möchte möglich muss müssen nach nicht noch nur ob oder ohne schon sehr sein seine sich sie
    sind soll sollte sonst über um und uns unser unsere unserem unseren vielen viele von vor war
    warum weg weil wenn wer werden wie wieder wir wird wo wollen woher wohin würde zu zum zur
        """,
    )
    for word in row.split()
)

# One row: words for the same thing, the first names it.
_SAME = """
    delete remove erase discard löschen lösche entfernen entferne
    cancel terminate kündigen kündige kündigung
    change edit modify update adjust ändern ändere bearbeiten anpassen switch replace
    invoice receipt bill rechnung quittung beleg
    login einloggen anmelden
    add invite hinzufügen einladen lade
    colleague coworker teammate member user kollege kollegin kollegen mitarbeiter
    export download exportieren exportiere herunterladen
    import upload importieren importiere hochladen
    excel spreadsheet xlsx xls tabelle
    picture photo image bild foto
    price cost pricing fee preis kosten kostet
    subscription plan abo abonnement tarif
    account konto
    password passwort kennwort
    email mail
    language sprache
    enable activate aktivieren
    disable deactivate deaktivieren
    setting preference einstellung einstellungen
    nonprofit charity verein gemeinnützig
    discount rabatt
    country land
    address adresse anschrift
    logo icon
    schedule later zeitversetzt
    transfer move migrate umziehen übertragen
    company firma business
    connect integrate integration verbinden
    phone mobile
    text wording
    subscriber reader abonnent abonnenten leser
    statistic stats statistik
    website site webseite homepage
    embed einbetten
    card kreditkarte creditcard
    list liste
    print drucken
    copy duplicate kopieren duplizieren
    font schriftart schrift
    color colour farbe
    name names
"""

# Who speaks of one of these and who speaks of another ask different things.
_RIVALS = """
    enable disable
    add delete
    import export
    upgrade downgrade
    connect disconnect
    public private
    subscribe unsubscribe
    login logout
    monthly yearly
    ios android
    iphone android
    mac windows linux
    gmail outlook
    csv excel pdf json xml
    email password language
    start stop
    open close
    show hide
    lock unlock
    block unblock
    archive restore
    refund invoice
    english german french spanish
    sender recipient
    first last
    cancel upgrade
    pause cancel
    cancel change
    delete change

    delete export
    delete copy
    paypal card
"""

# Who speaks of doing one of these and who does not ask different things.
_ACTS = """
    export import delete cancel disconnect refund restore copy transfer upgrade downgrade resend
    share print reset pause stop merge block fail crash break unsubscribe
"""


def same() -> Iterator[list[str]]:
    """Rows of words for one thing."""
    return (row.split() for row in _SAME.strip().splitlines())


def rivals() -> Iterator[list[str]]:
    """Rows of words that stand against each other."""
    return (row.split() for row in _RIVALS.strip().splitlines())


def deeds() -> list[str]:
    """What is done to things."""
    return _ACTS.split()
