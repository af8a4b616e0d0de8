"""The page for the weekly meeting, whole; and where its conclusion goes."""

from __future__ import annotations

import io

from docx import Document

from checklists.facts import SPARRING
from guide.dialogue.scene import Scene
from guide.documents import papers_model, word
from guide.sparring import conclusion, page, paper, text
from guide.turns import Draft
from tests.guide.player import CASE, Player


def scene(player: Player) -> Scene:
    return Scene(player.progress, player.handbooks)


def record(player: Player, run: str, step: str, items: tuple[str, ...] = (), **value: object) -> None:
    procedure = run.rpartition("-")[0]
    player.save(Draft("record", CASE, run, procedure, step, items, player.now.date(), None, value or None))


def worked() -> Player:
    player = Player()
    run = player.open("underretning")
    record(player, run, "modtaget", bekymring="Drengen kommer sulten i skole.")
    record(player, run, "risikovurdering", valg="nej", begrundelse="Han er hos mormor.")
    record(player, run, "barnet", barnets_ord="Jeg vil gerne hjem til mor.")
    run = player.open("boernefaglig-undersoegelse")
    record(player, run, "undersoegelsesplan", spoergsmaal="Er det penge, eller er mor syg?")
    record(player, run, "foraeldre", ("f1",))
    return player


WHOLE = (
    "Sparring · Sag S-1 · barn 9 år · SEL · fre. 7. feb. 2020\n"
    "Uden navne. Det, der ikke står i sagen, er mærket »mangler«. Konklusionen skrives tilbage i sagen.\n"
    "\n"
    "BEKYMRING\n"
    "- Modtaget (fre. 7. feb. 2020): Hvad er underretteren bekymret for: »Drengen kommer sulten i skole.«\n"
    "- 24-timers vurdering (fre. 7. feb. 2020): Nej, ikke akut. Hvorfor? Hvad bygger du det på: Han er hos mormor.\n"
    "\n"
    "HYPOTESER\n"
    "- Undersøgelsesplan (fre. 7. feb. 2020): De spørgsmål, undersøgelsen svarer på: Er det penge, eller er mor syg?\n"
    "\n"
    "BARNETS UDVIKLING\n"
    "- Barnet inddraget (fre. 7. feb. 2020): Hvad siger eller viser barnet: »Jeg vil gerne hjem til mor.«\n"
    "\n"
    "FORÆLDRENES KOMPETENCER\n"
    "- Forældre, forælder A (fre. 7. feb. 2020): noteret; mangler, hvad der kom frem.\n"
    "\n"
    "FAMILIE OG OMGIVELSER\n"
    "- mangler: hvem er der omkring barnet, og hvad kan de?\n"
    "\n"
    "SPØRGSMÅL TIL KOLLEGERNE\n"
    "- Hvem spørger vi først?\n"
)


def test_the_page_tells_what_is_known_and_what_is_not() -> None:
    assert text(page(scene(worked()), "Hvem spørger  vi først?")) == WHOLE


def test_an_empty_case_is_all_gaps() -> None:
    found = page(scene(Player()), "")
    assert all(line.startswith("mangler: ") for side in found.sides for line in side.lines)
    assert len(found.sides) == 6


def test_a_long_text_leaves_room_for_the_others() -> None:
    player = Player()
    record(player, player.open("underretning"), "modtaget", bekymring="sulten " * 200)
    (line,) = page(scene(player), "").sides[0].lines
    assert len(line) < 320
    assert "…«" in line


def test_word_and_markdown_say_the_same() -> None:
    found = page(scene(worked()), "Hvem spørger vi først?")
    context = papers_model.context(paper(found))
    markdown = word.markdown("sagsark", context).replace("\\", "")
    document = Document(io.BytesIO(word.render("sagsark", context)))
    shown = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for side in found.sides:
        assert f"## {side.title}" in markdown
        assert side.title in shown
        for line in side.lines:
            assert line in shown
            assert line in markdown


class TestTheConclusion:
    def test_it_is_a_record_of_the_case_and_shown_next_time(self) -> None:
        player = worked()
        player.save(conclusion(scene(player), "leder", "Begynd hos mormor", "LH ringer", player.now))
        (held,) = player.progress.case.sparrings
        assert (held.step, held.run, held.at) == (SPARRING, "", player.now)
        assert held.value == {"deltog": "leder", "konklusion": "Begynd hos mormor", "naeste": "LH ringer"}
        told = "fre. 7. feb. 2020: Begynd hos mormor. Næste skridt: LH ringer"
        assert next(s.lines for s in page(scene(player), "").sides if s.title == "Sidste sparring") == (told,)

    def test_without_a_next_step_none_is_kept(self) -> None:
        row = conclusion(scene(worked()), "leder", "Vent", "", Player().now)
        assert row.value == {"deltog": "leder", "konklusion": "Vent"}

    def test_where_the_screening_asks_for_it_it_is_that_answer(self) -> None:
        player = Player()
        run = player.open("screening")
        record(player, run, "egen-vurdering", valg="undersoegelse", tekst="Der er mere i det.")
        record(player, run, "vejvalg", valg="tilbud", begrundelse="Familien vil gerne.")
        asked = next(s for r in player.progress.runs for s in r.steps if s.step.id == "sparring")
        assert not asked.settled
        row = conclusion(scene(player), "leder", "Prøv tilbuddet", "se på det om en måned", player.now)
        assert (row.run, row.step) == (run, "sparring")
        assert row.value == {"leder": "leder", "hvad": "Prøv tilbuddet. Næste skridt: se på det om en måned"}
        player.save(row)
        assert next(s for r in player.progress.runs for s in r.steps if s.step.id == "sparring").settled

    def test_it_can_be_taken_back(self) -> None:
        player = worked()
        player.save(conclusion(scene(player), "leder", "Begynd hos mormor", "", player.now))
        player.answer("/fortryd")
        assert "Trukket tilbage: sparringen fre. 7. feb. 2020." in player.said
        assert player.progress.case.sparrings == ()


class TestTheCommand:
    def test_the_question_goes_with_it(self) -> None:
        player = worked()
        assert (player.answer("/sparring Hvad nu?").screen, player.last.argument) == ("sparring", "Hvad nu?")

    def test_a_question_with_a_cpr_number_is_refused(self) -> None:
        player = worked()
        player.answer("/sparring 010203-1234")
        assert "CPR-nummer" in player.last.problem
        assert not player.last.screen
