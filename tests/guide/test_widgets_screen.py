"""The parts the screens are made of: what they compute without a terminal, and what they post in one."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.message import Message as Event

from guide.actions import Action
from guide.commands_text import COMMANDS
from guide.screens.palette import matching
from guide.turns import Focus, Message, Option, Prompt
from guide.widgets.chat import Chat
from guide.widgets.heading import heading
from guide.widgets.keys import key_words
from guide.widgets.options import flow
from guide.widgets.prompt import PromptPane
from guide.widgets.words import one_line, plain, shorten, split_list
from tests.guide.desk_app import posted
from tests.guide.player import Player

HERE = Focus("underretning-1", "underretning", "vej")
ACTS = (Option("act:planned", "Aftalt til …"), Option("act:later", "Spring over nu"))


def texts(lines: list[list[tuple[int, str]]]) -> list[str]:
    return ["  ".join(text for _, text in line) for line in lines]


def test_short_options_share_a_line_and_acts_begin_a_new_one() -> None:
    options = (Option("ja", "Ja"), Option("nej", "Nej"), *ACTS)
    assert texts(flow(options, 60)) == ["[1] Ja  [2] Nej", "[3] Aftalt til …  [4] Spring over nu"]


def test_a_long_option_gives_each_a_line_with_a_hanging_indent() -> None:
    options = (Option("ja", "Ja, barnet er i fare og der skal handles nu i dag"), Option("nej", "Nej"))
    assert texts(flow(options, 30)) == ["[1] Ja, barnet er i fare og", "    der skal handles nu i dag", "[2] Nej"]


def test_every_option_is_there_and_none_is_wider_than_the_screen() -> None:
    options = tuple(Option(str(n), "ord " * n) for n in range(14))
    for width in range(12, 90):
        lines = flow(options, width)
        assert {i for line in lines for i, _ in line} == set(range(14))
        assert all(len(text) <= width for text in texts(lines))


def test_the_tenth_option_has_no_number() -> None:
    assert texts(flow(tuple(Option(str(n), "x") for n in range(10)), 200))[0].endswith("[9] x  x")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mrød", "[31mrød"),
        ("a\x00b\x07c\x9b", "abc"),
        ("tab\there", "tab here"),
        ("linje\r\nto", "linje\nto"),
        ("\u202eomvendt\u2066", "omvendt"),
        ("[b]fed[/b]", "[b]fed[/b]"),
    ],
)
def test_text_can_do_the_terminal_no_harm(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_small_words() -> None:
    assert one_line(" a\n b\t c ") == "a b c"
    assert shorten("børnesamtale", 6) == "børne…"
    assert split_list("S-1, S-2,,S-1 ") == ["S-1", "S-2"]
    assert key_words("ctrl+s") == "Ctrl+S"
    assert key_words("escape,f1,n") == "Esc eller F1 eller n"


def test_the_palette_finds_every_word_and_puts_titles_first() -> None:
    actions = [
        Action("Frister i sagen", "den nærmeste først", print),
        Action("Klar?", "hvad mangler", print),
        Action("Alle", "frister", print),
    ]
    assert [a.title for a in matching(actions, "frist")] == ["Frister i sagen", "Alle"]
    assert [a.title for a in matching(actions, "nærm sag")] == ["Frister i sagen"]
    assert matching(actions, "xyz") == []


class Stage(App[None]):
    """A prompt and a chat, alone."""

    def compose(self) -> ComposeResult:
        yield Chat(id="chat")
        yield PromptPane(COMMANDS, _read, id="prompt")


def _read(text: str) -> str:
    if text == "3/10":
        return "tors. 3. okt."
    raise ValueError("nej")


async def played(prompt: Prompt | None, *keys: str) -> list[Event]:
    """What the prompt posts when ``keys`` are pressed at it."""
    seen: list[Event] = []
    app = Stage()
    async with app.run_test(message_hook=seen.append) as pilot:
        app.query_one(PromptPane).show(prompt, "Intet at svare på.")
        app.query_one(PromptPane).line.focus()
        await pilot.press(*keys)
        await pilot.pause()
    return [*posted(seen, PromptPane.Answered), *posted(seen, PromptPane.Commanded)]


CHOICE = Prompt("choice", HERE, "Hvilken vej?", (Option("ja", "Ja"), Option("nej", "Nej"), *ACTS))
MANY = Prompt("choices", HERE, "Hvilke?", (Option("a", "A"), Option("b", "B"), Option("c", "C"), *ACTS))
TEXT = Prompt("text", HERE, "Hvorfor?", (Option("act:skip", "Spring over"),), default="act:skip")
MOMENT = Prompt("moment", HERE, "Hvornår?", default="nu")


@pytest.mark.parametrize(
    ("prompt", "keys", "answer"),
    [
        (CHOICE, ["2"], "nej"),
        (CHOICE, ["3"], "act:planned"),
        (CHOICE, ["down", "down", "enter"], "nej"),
        (CHOICE, ["down", "down", "down", "down", "down", "enter"], "act:later"),
        (CHOICE, ["h", "e", "j", "enter"], "hej"),
        (CHOICE, ["x", "2", "enter"], "x2"),
        (MANY, ["3", "1", "enter"], "a,c"),
        (MANY, ["1", "1", "2", "enter"], "b"),
        (MANY, ["4"], "act:planned"),
        (TEXT, ["enter"], "act:skip"),
        (TEXT, ["1", "enter"], "1"),
        (MOMENT, ["3", "slash", "1", "0", "enter"], "3/10"),
        (MOMENT, ["enter"], "nu"),
        (None, ["o", "k", "enter"], "ok"),
        (TEXT, ["slash", "slash", "n", "enter"], "//n"),
    ],
)
async def test_keys_become_answers(prompt: Prompt | None, keys: list[str], answer: str) -> None:
    (found,) = await played(prompt, *keys)
    assert isinstance(found, PromptPane.Answered)
    assert found.text == answer
    assert found.prompt is prompt


@pytest.mark.parametrize("keys", [["9"], ["0"], ["enter"]])
async def test_a_number_too_many_is_no_answer(keys: list[str]) -> None:
    assert await played(CHOICE, *keys) == []


async def test_a_command_is_no_answer() -> None:
    (found,) = await played(CHOICE, "slash", "k", "l", "a", "r", "enter")
    assert isinstance(found, PromptPane.Commanded)
    assert found.text == "/klar"


async def test_a_half_command_is_completed_and_one_that_takes_text_waits_for_it() -> None:
    (found,) = await played(CHOICE, "slash", "s", "t", "enter")
    assert isinstance(found, PromptPane.Commanded)
    assert found.text == "/status"
    assert await played(CHOICE, "slash", "n", "o", "enter") == []


async def test_while_an_answer_is_saved_enter_does_nothing_and_nothing_is_lost() -> None:
    app = Stage()
    seen: list[Event] = []
    async with app.run_test(message_hook=seen.append) as pilot:
        pane = app.query_one(PromptPane)
        pane.show(TEXT)
        pane.line.focus()
        pane.busy = True
        await pilot.press("a", "b", "enter")
        assert pane.line.value == "ab"
        pane.busy = False
        await pilot.press("enter")
        await pilot.pause()
    assert [m.text for m in posted(seen, PromptPane.Answered)] == ["ab"]


async def test_a_pasted_text_arrives_on_one_line() -> None:
    from textual.events import Paste

    app = Stage()
    async with app.run_test() as pilot:
        pane = app.query_one(PromptPane)
        pane.show(TEXT)
        pane.line.focus()
        await pilot.pause()
        pane.line.post_message(Paste("første\nanden\x1b[2J"))
        await pilot.pause()
        assert pane.line.value == "første anden[2J"


async def test_the_chat_keeps_what_is_the_same() -> None:
    app = Stage()
    async with app.run_test() as pilot:
        chat = app.query_one(Chat)
        messages = [Message("guide", f"linje {n}") for n in range(5)]
        chat.show(messages)
        await pilot.pause()
        first = list(chat.children)
        chat.show([*messages[:3], Message("dig", "svar", focus=HERE)])
        await pilot.pause()
        assert list(chat.children)[:3] == first[:3]
        assert len(chat.children) == 4


async def test_an_answer_is_opened_from_the_keyboard() -> None:
    seen: list[Event] = []
    app = Stage()
    async with app.run_test(message_hook=seen.append) as pilot:
        chat = app.query_one(Chat)
        chat.show([Message("guide", "Spørgsmål"), Message("dig", "svar", focus=HERE)])
        chat.focus()
        await pilot.press("up", "enter")
        await pilot.pause()
    assert [m.focus for m in posted(seen, Chat.Reopened)] == [HERE]


async def test_a_reply_longer_than_the_screen_is_read_from_its_beginning() -> None:
    app = Stage()
    async with app.run_test(size=(60, 20)) as pilot:
        chat = app.query_one(Chat)
        before = [Message("guide", f"linje {n}") for n in range(10)]
        reply = [Message("system", f"svar {n}") for n in range(40)]
        chat.show(before)
        await pilot.pause()
        assert chat.is_vertical_scroll_end
        chat.show([*before, *reply], told=len(reply))
        await pilot.pause()
        assert chat.scroll_offset.y == chat.children[10].virtual_region.y
        chat.show([*before, *reply])
        await pilot.pause()
        assert not chat.is_vertical_scroll_end, "nothing new: where one reads is left alone"


def test_acts_share_lines_around_one_that_is_long() -> None:
    acts = [Option("act:planned", "Aftalt til …"), Option("go:x", "Gå til " + "x" * 40), Option("act:later", "Senere")]
    assert texts(flow([Option("ja", "Ja"), *acts, Option("act:left-out", "Undlades …")], 60)) == [
        "[1] Ja",
        "[2] Aftalt til …",
        "[3] Gå til " + "x" * 40,
        "[4] Senere  [5] Undlades …",
    ]


def test_the_days_used_run_from_what_was_done_and_not_from_an_attempt() -> None:
    player = Player()
    player.open("boernefaglig-undersoegelse")
    player.go("udloesende", "boernefaglig-undersoegelse-1")
    player.answer("act:attempted", "1", "", "5/2")
    assert heading(player.progress)[1].startswith("0 af 120 dage")
    player.go("udloesende", "boernefaglig-undersoegelse-1")
    player.answer("act:done", "", "3/2")
    assert heading(player.progress)[1].startswith("4 af 120 dage")
