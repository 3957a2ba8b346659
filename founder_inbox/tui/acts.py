"""What each action of the registry does on the main screen. Use cases decide; this only asks."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from founder_inbox.app.workspace import Workspace
from founder_inbox.core.model import Lane
from founder_inbox.tui.queue.desk import Place, Section
from founder_inbox.tui.ticket import copying
from founder_inbox.tui.triage import decisions, moves, quick_fixes, ready_replies, unwanted
from founder_inbox.tui.triage.customer_card import (
    list_company,
    list_theirs,
    note_about_them,
    open_customer,
)

if TYPE_CHECKING:
    from founder_inbox.app.queue.drafts import KeptDraft
    from founder_inbox.tui.main_screen import MainScreen

Act = Callable[["MainScreen"], None]


def _help(screen: "MainScreen") -> None:
    from founder_inbox.tui.help_screen import HelpScreen

    def chosen(action: str | None) -> None:
        if action:
            screen.run(action)

    screen.app.push_screen(HelpScreen(screen.keymap), chosen)


def _save_search(screen: "MainScreen") -> None:
    from founder_inbox.tui.triage.saved_searches import save_search

    save_search(screen)


def _saved_searches(screen: "MainScreen") -> None:
    from founder_inbox.tui.triage.saved_searches import show_saved

    show_saved(screen)


def _palette(screen: "MainScreen") -> None:
    from founder_inbox.tui.palette import open_palette

    open_palette(screen)


def _outbox(screen: "MainScreen") -> None:
    from founder_inbox.tui.composing.outbox_screen import OutboxScreen

    def back(draft: "KeptDraft | None") -> None:
        screen.reread()
        screen.replying.go_on_with(draft)

    screen.app.push_screen(OutboxScreen(screen), back)


def _drafts(screen: "MainScreen") -> None:
    screen.replying.show_drafts()


def _outage(screen: "MainScreen") -> None:
    from founder_inbox.tui.outages.outage_screen import open_outage_mode

    open_outage_mode(screen)


def _save_reply(screen: "MainScreen") -> None:
    from founder_inbox.tui.composing.saving import save_answer

    save_answer(screen)


def _hand_off(screen: "MainScreen") -> None:
    from founder_inbox.tui.triage.handing import hand_off

    hand_off(screen)


def _hand_off_to(screen: "MainScreen") -> None:
    from founder_inbox.tui.triage.handing import hand_off_to

    hand_off_to(screen)


def _handed_off(screen: "MainScreen") -> None:
    from founder_inbox.tui.triage.handing import show_handed_off

    show_handed_off(screen)


def _faq_article(screen: "MainScreen") -> None:
    from founder_inbox.tui.knowledge.faq_writing import write_article

    write_article(screen)


def _as_before(screen: "MainScreen") -> None:
    screen.asked.answer()


def _idea(screen: "MainScreen") -> None:
    from founder_inbox.tui.knowledge.idea_form import log_idea

    log_idea(screen)


def _ideas(screen: "MainScreen") -> None:
    from founder_inbox.tui.knowledge.ideas_screen import show_ideas

    show_ideas(screen)


def _cause(screen: "MainScreen") -> None:
    from founder_inbox.tui.triage.cause_form import ask_cause

    ask_cause(screen)


def _causes(screen: "MainScreen") -> None:
    from founder_inbox.tui.knowledge.causes_screen import show_causes

    show_causes(screen)


def _jar(screen: "MainScreen") -> None:
    from founder_inbox.app.session.jar import praise_jar, praise_words
    from founder_inbox.tui.knowledge.jar_screen import JarScreen

    now = screen.desk.now()

    def read(ws: Workspace) -> list[str]:
        return [praise_words(praise, now, ws) for praise in praise_jar(ws)[:30]]

    def show(sentences: list[str]) -> None:
        screen.app.push_screen(JarScreen(sentences))

    screen.writer.submit(read, show, partial(screen.say, trouble=True))


def _digest(screen: "MainScreen") -> None:
    from founder_inbox.tui.knowledge.digest_screen import show_digest

    show_digest(screen)


def _ledger(screen: "MainScreen") -> None:
    from founder_inbox.tui.knowledge.ledger_screen import show_ledger

    show_ledger(screen)


def _faq(screen: "MainScreen") -> None:
    from founder_inbox.tui.knowledge.faq_screen import show_faq

    show_faq(screen)


def _metrics(screen: "MainScreen") -> None:
    from founder_inbox.tui.knowledge.metrics_screen import open_metrics

    open_metrics(screen)


def _goodwill(screen: "MainScreen") -> None:
    from founder_inbox.tui.triage.giving import ask_for_gift

    ask_for_gift(screen)


def _sweep(screen: "MainScreen") -> None:
    from founder_inbox.tui.triage.sweep_screen import open_sweep

    open_sweep(screen)


def _lane_thanks(screen: "MainScreen") -> None:
    moves.jump_to(screen, Section.THANKS)
    here = screen.current
    if here is not None and here.state.verdict.lane is Lane.THANKS:
        screen.say(f"{screen.keymap.first_key('sweep')} shows the thank-yous on one screen.")


def _attachments(screen: "MainScreen") -> None:
    from founder_inbox.tui.ticket.attachments_screen import AttachmentsScreen

    if screen.current is not None:
        screen.app.push_screen(AttachmentsScreen(screen, screen.current))


def _forward(screen: "MainScreen") -> None:
    from founder_inbox.tui.composing.forward_prompt import ask_what

    ask_what(screen, screen.replying.forward)


def _forget_customer(screen: "MainScreen") -> None:
    from founder_inbox.tui.triage.forget_screen import forget_them

    forget_them(screen)


def _sync_now(screen: "MainScreen") -> None:
    screen.door_watch.sync.nudge()
    screen.say("Asking the mail server …")


def _send_now(screen: "MainScreen") -> None:
    from founder_inbox.app.sending import outbox

    now = screen.desk.now()
    decisions.write(
        screen,
        lambda ws: outbox.release(ws, now),
        partial(decisions.changed, screen, "What was held goes out now."),
    )


def _end_session(screen: "MainScreen") -> None:
    from founder_inbox.app.hours import door

    now = screen.desk.now()
    screen.replying.keep_open_draft()
    decisions.write(
        screen, lambda ws: door.close_door(ws, now), lambda _: screen.door_watch.wrap_up()
    )


def _merge(screen: "MainScreen") -> None:
    from founder_inbox.tui.triage.merging import open_merging

    open_merging(screen)


def _days_off(screen: "MainScreen") -> None:
    screen.door_watch.ask_for_days_off()


def _rescue(screen: "MainScreen") -> None:
    from founder_inbox.tui.triage.rescue import show_junk

    show_junk(screen)


def _whole_backlog(screen: "MainScreen") -> None:
    from founder_inbox.app.session.coming_back import show_whole_backlog

    now = screen.desk.now()
    said = partial(decisions.changed, screen, "The whole queue, as usual.")
    decisions.write(screen, lambda ws: show_whole_backlog(ws, now), said)


def _theme(screen: "MainScreen") -> None:
    from founder_inbox.tui.widgets.theme import next_theme

    screen.app.theme = next_theme(screen.app.theme)


def _suspend(screen: "MainScreen") -> None:
    from textual.app import SuspendNotSupported

    screen.replying.keep_open_draft()
    try:
        screen.app.action_suspend_process()
    except SuspendNotSupported:
        screen.say("This terminal can't put a program aside.", trouble=True)


def _quit(screen: "MainScreen") -> None:
    screen.app.exit(0)


ACTS: dict[str, Act] = {
    "down": partial(moves.step, steps=1),
    "up": partial(moves.step, steps=-1),
    "page_down": partial(moves.page, pages=1),
    "page_up": partial(moves.page, pages=-1),
    "first": partial(moves.to_edge, last=False),
    "last": partial(moves.to_edge, last=True),
    "open": moves.open_ticket,
    "back": moves.go_back,
    "next_message": lambda screen: screen.finding.step(1),
    "previous_message": lambda screen: screen.finding.step(-1),
    "next_ticket": partial(moves.next_ticket, steps=1),
    "previous_ticket": partial(moves.next_ticket, steps=-1),
    "unfold": lambda screen: screen.talk.unfold(),
    "attachments": _attachments,
    "lane_thanks": _lane_thanks,
    "lane_urgent": partial(moves.jump_to, section=Section.URGENT),
    "lane_howto": partial(moves.jump_to, section=Section.HOWTO),
    "lane_feature": partial(moves.jump_to, section=Section.FEATURE),
    "reply": ready_replies.begin_reply,
    "reply_all": lambda screen: screen.replying.begin(everyone=True),
    "forward": _forward,
    "new_mail": lambda screen: screen.replying.write_new(),
    "canned": lambda screen: screen.replying.begin(canned_first=True),
    "hand_off": _hand_off,
    "hand_off_to": _hand_off_to,
    "still_on_it": ready_replies.begin_update,
    "note": decisions.note,
    "save_reply": _save_reply,
    "as_before": _as_before,
    "faq_article": _faq_article,
    "idea": _idea,
    "go_ideas": _ideas,
    "cause": _cause,
    "go_causes": _causes,
    "done": decisions.close,
    "delete": unwanted.delete,
    "spam": unwanted.spam,
    "reopen": decisions.reopen,
    "snooze": decisions.snooze,
    "quick_fix": quick_fixes.press,
    "no_quick_fix": quick_fixes.unflag,
    "fix_minutes": quick_fixes.estimate,
    "promise": decisions.promise,
    "promise_kept": decisions.keep_promises,
    "take_five": decisions.take_five,
    "tag": decisions.tag,
    "goodwill": _goodwill,
    "merge": _merge,
    "select": moves.select,
    "select_all": moves.select_all,
    "undo": decisions.undo,
    **{f"to_{lane}": partial(decisions.to_lane, lane=lane) for lane in Lane},
    "go_queue": partial(moves.go_to, place=Place.QUEUE),
    "go_waiting": partial(moves.go_to, place=Place.WAITING),
    "go_snoozed": partial(moves.go_to, place=Place.SNOOZED),
    "go_handed_off": _handed_off,
    "go_quick_fixes": quick_fixes.show_all,
    "go_promises": partial(moves.go_to, place=Place.PROMISES),
    "go_owed": moves.go_to_owed,
    "go_closed": partial(moves.go_to, place=Place.CLOSED),
    "go_all": partial(moves.go_to, place=Place.ALL),
    "go_drafts": _drafts,
    "go_outbox": _outbox,
    "customer": open_customer,
    "go_customer": list_theirs,
    "go_company": list_company,
    "customer_note": note_about_them,
    "forget_customer": _forget_customer,
    "sweep": _sweep,
    "outage": _outage,
    "go_jar": _jar,
    "go_metrics": _metrics,
    "go_digest": _digest,
    "go_ledger": _ledger,
    "go_faq": _faq,
    "search": moves.open_search,
    "save_search": _save_search,
    "saved_searches": _saved_searches,
    "help": _help,
    "palette": _palette,
    "sync_now": _sync_now,
    "send_now": _send_now,
    "end_session": _end_session,
    "days_off": _days_off,
    "rescue": _rescue,
    "whole_backlog": _whole_backlog,
    "theme": _theme,
    "copy": copying.copy_mail,
    "copy_address": copying.copy_address,
    "copy_id": copying.copy_id,
    "suspend": _suspend,
    "quit": _quit,
}
