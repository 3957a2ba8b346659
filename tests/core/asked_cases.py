"""Customers' questions, our own words: those of one group have one answer, no two groups share it.

Groups stand beside others that use the same words for something else.
"""

GROUPS: dict[str, tuple[tuple[str, str], ...]] = {
    "export-csv": (
        ("Export my list", "Hi, how can I export my subscriber list as CSV? Thanks, Jo"),
        ("CSV export?", "Hello,\n\nwhere do I export the subscriber list to a CSV file?\n\nMara"),
        ("Question", "I need my list of subscribers as a CSV. How do I export it?"),
        ("Getting addresses out", "My accountant wants a spreadsheet of everybody. Any way?"),
    ),
    "import-csv": (
        ("Import a list", "How can I import my subscriber list from a CSV file?"),
        ("CSV import", "I have a CSV with subscribers. How do I import the list?"),
    ),
    "export-invoices": (
        ("Invoices", "Where can I download my invoices?"),
        ("Invoice download", "Hi! My accountant needs the invoices. Where do I download them?"),
        ("Rechnungen", "Wo kann ich meine Rechnungen herunterladen?"),
    ),
    "invoice-address": (
        ("Invoice address", "How do I change the address on my invoices?"),
        ("Wrong address on the invoice", "We moved. How can I change the invoice address?"),
        ("Rechnungsadresse", "Wie ändere ich die Adresse auf der Rechnung?"),
    ),
    "email-address": (
        ("Change email address", "How do I change the email address of my account?"),
        ("New e-mail", "I have a new e-mail address. Where do I change it in my account?"),
        ("E-Mail ändern", "Wie kann ich die E-Mail-Adresse meines Kontos ändern?"),
    ),
    "email-notifications": (
        ("Email notifications", "How do I change which email notifications I get?"),
        ("Too many notifications", "Where can I change the email notifications?"),
    ),
    "change-password": (
        ("Password", "How do I change the password of my account?"),
        ("Changing my password", "Where can I change my account password?"),
    ),
    "cancel": (
        ("Cancel", "How do I cancel my subscription?"),
        ("Cancelling our plan", "Hi, we are closing down. How can I cancel the plan?"),
        ("Kündigung", "Hallo, wie kann ich mein Abo kündigen?"),
    ),
    "upgrade": (
        ("Upgrade", "How do I upgrade my subscription?"),
        ("Bigger plan", "I would like to upgrade our plan. How does that work?"),
    ),
    "yearly": (
        ("Yearly plan", "Can I pay for my plan yearly instead of monthly?"),
        ("Pay yearly", "Is there a way to pay the subscription once a year?"),
    ),
    "delete-account": (
        ("Delete my account", "How can I delete my account?"),
        ("Account löschen", "Wie lösche ich mein Konto?"),
        ("Removing my account", "I'd like to remove my account. How do I do it?"),
    ),
    "delete-issue": (
        ("Delete an issue", "How can I delete an issue that was sent already?"),
        ("Remove sent issue", "I sent a wrong issue. How do I remove it from the archive?"),
    ),
    "invite": (
        ("Team", "How do I invite a colleague?"),
        ("Adding a teammate", "Can I add a teammate to my account? How?"),
        ("Kollegin einladen", "Wie kann ich eine Kollegin einladen?"),
    ),
    "remove-colleague": (
        ("Remove a colleague", "How do I remove a colleague from the account?"),
        ("Teammate left", "A teammate left us. How can I remove the user from our account?"),
    ),
    "sender-name": (
        ("Sender name", "How do I change the sender name?"),
        ("From name", "How can I change the name of the sender in my newsletter?"),
    ),
    "own-domain": (
        ("Own domain", "How do I connect my own domain?"),
        ("Custom domain", "Where do I connect a custom domain for the archive?"),
    ),
    "dkim": (
        ("DKIM", "Which DNS records do I need for DKIM?"),
        ("DNS records for DKIM", "Which DKIM records do I put into my DNS?"),
    ),
    "schedule": (
        ("Schedule an issue", "How do I schedule an issue for Sunday?"),
        ("Scheduling", "Can I schedule an issue to go out later?"),
    ),
    "unschedule": (
        ("Stop a scheduled issue", "How do I stop an issue that is scheduled?"),
        ("Unschedule", "I scheduled an issue too early. How can I stop it?"),
    ),
    "dark-on": (
        ("Dark mode", "How do I turn on dark mode?"),
        ("Dark mode?", "Where can I switch dark mode on?"),
    ),
    "dark-off": (
        ("Dark mode", "How do I turn off dark mode?"),
        ("Too dark", "Where can I switch dark mode off?"),
    ),
    "two-factor": (
        ("2FA", "How do I set up two-factor login?"),
        ("Two factor", "I want to set up 2FA for the login. Where?"),
    ),
    "lost-phone": (
        ("Lost my phone", "I lost the phone with my 2FA codes. How do I get in?"),
        ("Locked out", "My phone with the 2FA codes is gone, how can I log in again?"),
    ),
    "nonprofit": (
        ("Discount for a charity", "Do you have a discount for nonprofits?"),
        ("Nonprofit", "We are a charity. Is there a discount?"),
        ("Verein", "Gibt es einen Rabatt für gemeinnützige Vereine?"),
    ),
    "students": (
        ("Student discount", "Do you have a discount for students?"),
        ("Student", "I am a student, is there any discount?"),
    ),
    "embed-form": (
        ("Form on my site", "How do I put the signup form on my website?"),
        ("Embed", "How can I embed the signup form on my own website?"),
    ),
    "form-fields": (
        ("More fields", "How do I add a field to the signup form?"),
        ("Signup form", "Can I add another field to the signup form, for the first name?"),
    ),
    "api-key": (
        ("API", "Where do I find my API key?"),
        ("API key", "Hello, I can't find the API key. Where is it?"),
    ),
    "api-limit": (
        ("API limit", "What is the limit of API requests?"),
        ("Requests", "How many API requests per minute is the limit?"),
    ),
    "languages": (
        ("German interface", "How do I switch the interface to German?"),
        ("Language", "Can I change the language of the interface to German?"),
    ),
}

# Written after the matching was, and kept as they were.
LATER: dict[str, tuple[tuple[str, str], ...]] = {
    "a1": (
        ("Attach a PDF", "How do I attach a PDF to an issue?"),
        ("PDF attachment", "Is it possible to attach a PDF to my issue? I looked everywhere."),
    ),
    "a2": (
        ("Attach images", "How do I add an image to an issue?"),
        ("Pictures", "Hey Ana, how can I add pictures to an issue? Best, Lou"),
    ),
    "b1": (
        ("Webhook", "How can I set up a webhook for new subscribers?"),
        ("Webhooks", "Do you have webhooks? I'd like to set up one for each new subscriber."),
    ),
    "b2": (
        ("Webhook fails", "My webhook for new subscribers fails with 401. Why?"),
        ("401", "The webhook returns 401 since yesterday, what does that mean?"),
    ),
    "c1": (
        ("Change card", "How do I change my credit card?"),
        ("New card", "My bank sent a new credit card. Where can I update it?"),
        ("Neue Kreditkarte", "Wo kann ich meine neue Kreditkarte eintragen?"),
    ),
    "c2": (
        ("Pay by PayPal", "Can I pay by PayPal instead of credit card?"),
        ("PayPal", "Is PayPal possible? I have no credit card."),
    ),
    "d1": (
        ("Refund policy", "What is your refund policy?"),
        ("Refund?", "Can I get a refund if I cancel in the middle of the month?"),
    ),
    "d2": (
        ("VAT", "How do I add my VAT number to the invoice?"),
        ("VAT number", "Where do I enter our VAT number so that it stands on invoices?"),
    ),
    "d3": (
        ("VAT", "Do you charge VAT outside of the EU?"),
        ("Tax", "We're in Canada, do we have to pay VAT?"),
    ),
    "e1": (
        ("Preview", "How do I send a preview to myself?"),
        ("Test mail", "How can I send a test of the issue to me before it goes out?"),
    ),
    "e2": (
        ("Resend", "How do I send an issue again to those who did not open it?"),
        ("Unopened", "Can I resend an issue to people who did not open it?"),
    ),
    "f1": (
        ("Unsubscribe link", "How do I change the text of the unsubscribe link?"),
        ("Footer", "Can I change the wording of the unsubscribe link in the footer?"),
    ),
    "f2": (
        ("Unsubscribe", "A reader asks to be unsubscribed. How do I do that?"),
        ("Remove a reader", "How can I unsubscribe one of my readers by hand?"),
    ),
    "g1": (
        ("Merge tags", "How do I use the first name in the subject?"),
        ("Personalise", "Can I put the reader's first name into the subject line?"),
    ),
    "g2": (
        ("Subject line", "How long can the subject line be?"),
        ("Length", "Is there a limit for the length of the subject?"),
    ),
    "h1": (
        ("Time zone", "How do I change the time zone?"),
        (
            "Wrong time",
            "It is an hour late: the time zone is wrong. Where do I change the time zone?",
        ),
    ),
    "h2": (
        ("Stats", "Where do I see how many people opened my issue?"),
        ("Open rate", "How do I see the open rate of an issue?"),
    ),
    "h3": (
        ("Export stats", "How do I export the open rates of my issues?"),
        ("Stats as CSV", "Can I export the statistics of all issues to CSV?"),
    ),
    "i1": (
        ("Restore draft", "I deleted a draft. Can I restore it?"),
        ("Deleted draft", "How do I restore a deleted draft?"),
    ),
    "i2": (
        ("Share draft", "How do I share a draft with somebody?"),
        ("Draft link", "Can I share a draft with my editor before it goes out?"),
    ),
    "j1": (
        ("Zapier", "Do you have a Zapier integration?"),
        ("Zapier", "How do I connect Zapier?"),
    ),
    "j2": (
        ("Stripe", "How do I connect Stripe?"),
        ("Stripe account", "Where do I connect my Stripe account?"),
    ),
    "j3": (
        ("Stripe disconnect", "How do I disconnect Stripe?"),
        ("Other Stripe account", "I want to disconnect the Stripe account, how?"),
    ),
    "k1": (
        ("Double opt-in", "How do I turn off double opt-in?"),
        ("Opt-in", "Where can I disable double opt-in?"),
    ),
    "k2": (
        ("Confirmation mail", "How do I change the text of the confirmation mail?"),
        ("Opt-in mail", "Can I change the wording of the double opt-in confirmation mail?"),
    ),
}
