"""Mails for the lane tests, written for them: lane, topic (or ""), subject, text."""

Case = tuple[str, str, str, str]

ENGLISH: list[Case] = [
    ("thanks", "", "", "Thanks a million, Ana. It works like a charm now."),
    ("thanks", "", "Re: Export is empty", "That fixed it, thank you!"),
    ("thanks", "", "", "Just a quick note to say I love what you have built. Keep going!"),
    ("thanks", "", "Re: Refund", "Got the money back today. Thank you for being so kind about it."),
    ("thanks", "", "", "🙏 you rock"),
    ("urgent", "billing", "", "You charged me twice this month, please return one payment."),
    ("urgent", "billing", "Cancel", "Please cancel my subscription as of today."),
    ("urgent", "billing", "", "Thanks for everything, I had a great time. Please cancel my plan."),
    ("urgent", "billing", "Invoice 2231", "The VAT on this invoice is wrong, can you correct it?"),
    ("urgent", "billing", "", "I paid on Friday and still see the free plan."),
    ("urgent", "outage", "", "Nobody in our team can reach the dashboard, is it down?"),
    ("urgent", "outage", "", "I can't log in since this morning, the page says 502."),
    ("urgent", "bug", "", "It worked, but now the export is empty again."),
    ("urgent", "bug", "", "Great, my notes are gone. Thanks for nothing."),
    ("urgent", "bug", "", "Love the app! Sadly it crashes whenever I open a photo."),
    ("urgent", "bug", "", "Saving shows an error message, thanks in advance for looking at it."),
    ("urgent", "security", "", "Someone from another country logged into my account."),
    ("urgent", "security", "", "Under GDPR I ask you to erase my personal data."),
    ("howto", "", "", "How do I add a second calendar?"),
    ("howto", "", "", "Thanks, that worked! One more thing: where do I find old invoices?"),
    ("howto", "", "", "Could you tell me which plan suits a school? Thanks in advance!"),
    ("howto", "", "Moving from another tool", "What is the best way to bring our contacts over?"),
    ("howto", "", "", "Can I use it on two laptops?"),
    ("howto", "", "", "Hello"),
    ("feature", "", "", "It would be lovely if reminders could repeat every second week."),
    ("feature", "", "", "Great product, I only wish it had a dark mode."),
    ("feature", "", "Feature request: tags", "Please add tags to notes."),
    ("feature", "", "", "Thank you for the quick help. Are there plans for an Android version?"),
    ("feature", "", "", "I'd love to be able to sort the list by price."),
]

GERMAN: list[Case] = [
    ("thanks", "", "", "Herzlichen Dank, jetzt läuft alles wieder wunderbar."),
    ("thanks", "", "AW: Export leer", "Hat geklappt, vielen Dank!"),
    ("thanks", "", "", "Ein großes Lob an euch, ich arbeite sehr gern mit eurem Programm."),
    ("urgent", "billing", "", "Ihr habt mir den Betrag doppelt abgebucht."),
    ("urgent", "billing", "Kündigung", "Hiermit kündige ich meinen Vertrag."),
    ("urgent", "outage", "", "Seit einer Stunde ist der Server nicht erreichbar."),
    ("urgent", "bug", "", "Danke für die Antwort, aber es funktioniert immer noch nicht."),
    ("urgent", "bug", "", "Beim Speichern erscheint eine Fehlermeldung. Vielen Dank im Voraus."),
    ("urgent", "security", "", "Ich sehe die Daten anderer Kunden in meinem Konto!"),
    ("howto", "", "", "Wie kann ich die Sprache ändern?"),
    ("howto", "", "", "Danke, das hat geholfen. Wo finde ich jetzt das Archiv?"),
    ("howto", "", "", "Können Sie mir erklären, wie die Weiterleitung geht? Danke im Voraus."),
    ("feature", "", "", "Es wäre toll, wenn man Notizen verschlagworten könnte."),
    ("feature", "", "", "Tolles Programm! Schön wäre noch ein Dunkelmodus."),
    ("feature", "", "", "Ist eine Anbindung an DATEV geplant?"),
]

SPANISH: list[Case] = [
    ("thanks", "", "", "¡Muchísimas gracias! Ya funciona todo perfectamente."),
    ("thanks", "", "", "Me encanta la herramienta, enhorabuena."),
    ("urgent", "billing", "", "Me han cobrado dos veces la misma cuota."),
    ("urgent", "billing", "", "Quiero cancelar mi suscripción y que me devuelvan el dinero."),
    ("urgent", "outage", "", "La web está caída y nadie puede entrar."),
    ("urgent", "bug", "", "Gracias por la respuesta, pero sigue sin funcionar."),
    ("urgent", "bug", "", "Al exportar aparece un mensaje de error."),
    ("urgent", "security", "", "Creo que han hackeado mi cuenta."),
    ("howto", "", "", "¿Cómo puedo cambiar el idioma?"),
    ("howto", "", "", "Gracias, ya está. ¿Dónde veo las facturas antiguas?"),
    ("howto", "", "", "¿Podríais decirme qué plan nos conviene? Gracias de antemano."),
    ("feature", "", "", "Sería genial poder etiquetar las notas."),
    ("feature", "", "", "Muy buena aplicación, solo echo de menos un modo oscuro."),
]

FRENCH: list[Case] = [
    ("thanks", "", "", "Merci infiniment, tout marche à nouveau !"),
    ("thanks", "", "", "Bravo à toute l'équipe, c'est un outil formidable."),
    ("urgent", "billing", "", "J'ai été prélevé deux fois ce mois-ci."),
    ("urgent", "billing", "", "Je souhaite résilier mon abonnement et être remboursé."),
    ("urgent", "outage", "", "Le site est en panne depuis ce matin."),
    ("urgent", "bug", "", "Merci pour la réponse, mais ça ne marche toujours pas."),
    ("urgent", "bug", "", "Un message d'erreur s'affiche quand j'exporte."),
    ("urgent", "security", "", "Je pense que mon compte a été piraté."),
    ("howto", "", "", "Comment puis-je changer la langue ?"),
    ("howto", "", "", "Merci, c'est réglé. Où se trouvent les anciennes factures ?"),
    ("howto", "", "", "Pourriez-vous m'expliquer la différence entre les offres ? Merci d'avance."),
    ("feature", "", "", "Ce serait génial de pouvoir étiqueter les notes."),
    ("feature", "", "", "Super application, il manque juste un mode sombre."),
]

MORE_THAN_THANKS: list[Case] = [
    ("urgent", "bug", "", "Again. 8:40 this time. You said you had fixed it."),
    ("urgent", "bug", "", "Thank you for your patience with me. Now the export fails again."),
    ("urgent", "bug", "", "I love it. It crashes twice a day."),
    ("urgent", "bug", "", "Thanks for your help yesterday. Today it happened again."),
    ("urgent", "bug", "", "Thanks, I tried that. Same result."),
    ("urgent", "bug", "", "Danke für die Hilfe. Heute ist es wieder passiert."),
    ("urgent", "billing", "", "Danke für die Antwort. Ich warte noch auf mein Geld."),
    ("urgent", "billing", "", "Merci pour votre réponse. J'attends toujours mon remboursement."),
    ("howto", "", "", "It works now, thank you! Is there also a way to print it?"),
    ("feature", "", "", "It works now, thank you. Please add folders next."),
]

STORIES: list[Case] = [
    ("thanks", "", "", "You have no idea how much this helped."),
    ("thanks", "", "", "Danke für die tolle App, auch den Tippfehler habt ihr schon behoben."),
    ("thanks", "", "", "Refund arrived. That was fast, thanks!"),
    (
        "thanks",
        "",
        "Error when saving",
        "Thank you all. The setting you named made all the difference, I had two copies of the "
        "program on my machine. Everything is back and I am happy again.",
    ),
    (
        "thanks",
        "",
        "",
        "I never write to companies. I had a hard winter and your game kept my son and me "
        "company every evening. We laughed so much. Thank you, from both of us.",
    ),
]

CASES = ENGLISH + GERMAN + SPANISH + FRENCH + MORE_THAN_THANKS + STORIES
