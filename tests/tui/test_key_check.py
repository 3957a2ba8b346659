"""`doctor --keys`: what arrives is ticked, also what the app itself would take."""

from founder_inbox.tui.key_check import KeyCheck


def shown(app: KeyCheck) -> str:
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(s.text for s in strip).rstrip() for strip in strips)


async def test_every_key_is_ticked_when_it_arrives_until_q_ends_it() -> None:
    app = KeyCheck()
    async with app.run_test(size=(80, 40)) as pilot:
        assert "· ctrl+q" in shown(app)
        await pilot.press("ctrl+q", "ctrl+p", "ctrl+z", "escape", "up", "x", "tab")
        for key in ("ctrl+q", "ctrl+p", "ctrl+z", "escape", "up"):
            assert f"✓ {key} " in shown(app), key
        assert "· ctrl+s" in shown(app)
        await pilot.press("q")

    assert app.return_value == frozenset({"ctrl+q", "ctrl+p", "ctrl+z", "escape", "up"})
