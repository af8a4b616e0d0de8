"""The journal's text, whole; what waits, what is marked, and that a corrected answer waits again."""

from __future__ import annotations

from guide.dialogue.scene import Scene
from guide.journal import Journal, journal, kind_of, mark
from guide.turns import Draft
from handbook.load import bundled
from handbook.model import Field
from tests.guide.player import CASE, Player


def scene(player: Player) -> Scene:
    return Scene(player.progress, player.handbooks)


def made(player: Player, what: str = "", run: str = "") -> Journal:
    return journal(scene(player), what, run, "LH")  # type: ignore[arg-type]


def record(player: Player, run: str, step: str, items: tuple[str, ...] = (), note: str = "", **value: object) -> str:
    procedure = run.rpartition("-")[0]
    player.save(
        Draft("record", CASE, run, procedure, step, items, player.now.date(), None, value or None, note, "", "x@1")
    )
    return player.events[-1].id


class TestTheText:
    def test_a_notification(self) -> None:
        player = Player()
        run = player.open("underretning")
        record(player, run, "modtaget", bekymring="Drengen kommer sulten i skole.")
        record(player, run, "risikovurdering", valg="nej", begrundelse="Han er hos mormor i aften.", vurderet_af="LH")
        record(player, run, "barnet", barnets_ord="Jeg vil gerne hjem til mor.", note="telefon")
        assert made(player).text == (
            "Sag S-1 · til journalen fre. 7. feb. 2020 · LH\n"
            "\n"
            "fre. 7. feb. 2020 · Underretning: Modtaget\n"
            "Fakta: Gjort. Noteret af LH.\n"
            "Kilden siger · Hvad er underretteren bekymret for: »Drengen kommer sulten i skole.«\n"
            "\n"
            "fre. 7. feb. 2020 · Underretning: 24-timers vurdering\n"
            "Fakta: Nej, ikke akut. Hvem vurderede: LH. Noteret af LH.\n"
            "Egen vurdering · Hvorfor? Hvad bygger du det på: Han er hos mormor i aften.\n"
            "\n"
            "fre. 7. feb. 2020 · Underretning: Barnet inddraget\n"
            "Fakta: Gjort. Noteret af LH.\n"
            "Kilden siger · Hvad siger eller viser barnet: »Jeg vil gerne hjem til mor.«\n"
            "Note: telefon\n"
        )

    def test_a_talk_agreed_tried_and_held(self) -> None:
        player = Player()
        run = player.open("boernesamtale")
        record(player, run, "holdt", status="attempted", outcome="child declined", why="Ikke i dag.")
        record(player, run, "holdt", status="planned", agreed="2020-02-07")
        told = {"holdt_af": "myndighedssagsbehandler", "sted": "skolen"}
        record(player, run, "holdt", barnets_ord="Bare far\nvar her.", vurdering="Savnet fylder.", **told)
        assert made(player).text == (
            "Sag S-1 · til journalen fre. 7. feb. 2020 · LH\n"
            "\n"
            "fre. 7. feb. 2020 · Børnesamtale før afgørelsen: Børnesamtale\n"
            "Fakta: Forsøgt: Barnet ønsker det ikke. Noteret af LH.\n"
            "Kilden siger · Barnet: »Ikke i dag.«\n"
            "\n"
            "fre. 7. feb. 2020 · Børnesamtale før afgørelsen: Børnesamtale\n"
            "Fakta: Aftalt til fre. 7. feb. 2020. Noteret af LH.\n"
            "\n"
            "fre. 7. feb. 2020 · Børnesamtale før afgørelsen: Børnesamtale\n"
            "Fakta: Jeg holdt den, eller barnets egen myndighedssagsbehandler gjorde. Sted: skolen. Noteret af LH.\n"
            "Kilden siger · Barnets egne ord: »Bare far var her.«\n"
            "Egen vurdering · Din vurdering: Savnet fylder.\n"
        )

    def test_late_left_out_awaited_a_note_and_a_talk_with_colleagues(self) -> None:
        player = Player()
        run = player.open("underretning")
        record(player, run, "kvittering", valg="sendt", cause="illness")
        record(player, run, "nye-oejne", status="left out", ground="Ny sag.")
        record(player, run, "foraeldre", ("f1",), status="awaiting", whom="forælder A", expected="2020-02-12")
        player.save(Draft("record", CASE, step="note", day=player.now.date(), value={"tekst": "Ring til skolen."}))
        value = {"deltog": "leder", "konklusion": "Begynd hos mormor.", "naeste": "LH ringer."}
        player.save(Draft("record", CASE, step="sparring", day=player.now.date(), value=value))
        assert made(player).text == (
            "Sag S-1 · til journalen fre. 7. feb. 2020 · LH\n"
            "\n"
            "fre. 7. feb. 2020 · Underretning: Kvittering\n"
            "Fakta: Ja, den er sendt eller givet. Årsag til, at det kom sent: sygdom. Noteret af LH.\n"
            "\n"
            "fre. 7. feb. 2020 · Underretning: Nye øjne\n"
            "Fakta: Undladt. Noteret af LH.\n"
            "Egen vurdering · Grund til at undlade: Ny sag.\n"
            "\n"
            "fre. 7. feb. 2020 · Underretning: Forældre inddraget (forælder A)\n"
            "Fakta: Venter på svar fra forælder A, ventet ons. 12. feb. 2020. Noteret af LH.\n"
            "\n"
            "fre. 7. feb. 2020 · Note\n"
            "Note (LH): Ring til skolen.\n"
            "\n"
            "fre. 7. feb. 2020 · Sparring\n"
            "Fakta: Med: leder. Næste skridt: LH ringer. Noteret af LH.\n"
            "Egen vurdering · I kom frem til: Begynd hos mormor.\n"
        )

    def test_the_pages_own_fields_are_sorted(self) -> None:
        fields = {
            (page.id, step.id, field.name): kind_of(field)
            for law in ("serviceloven", "barnets_lov")
            for page in bundled(law).procedures.values()  # type: ignore[arg-type]
            for step in page.steps
            for field in step.fields
        }
        assert {k for (_, _, n), k in fields.items() if n == "barnets_ord"} == {"words"}
        assert {k for (_, _, n), k in fields.items() if n in ("vurdering", "begrundelse")} == {"own"}
        assert fields["screening", "egen-vurdering", "tekst"] == "own"
        assert fields["boernefaglig-undersoegelse", "fagfolk", "hvad"] == "words"
        assert fields["personrettet-tilsyn", "bekymring", "bekymring"] == "fact"
        assert kind_of(Field("person", "vurderet_af", "Hvem vurderede?")) == "fact"


class TestWhatWaits:
    def test_what_is_marked_waits_no_more_until_it_is_corrected(self) -> None:
        player = Player()
        run = player.open("underretning")
        old = record(player, run, "kvittering", valg="sendt")
        player.save(mark(scene(player), made(player).ids, player.now))
        assert player.progress.case.journalised == {old}
        assert made(player).waiting == 0
        again = Draft(
            "record",
            CASE,
            run,
            "underretning",
            "kvittering",
            (),
            player.now.date(),
            None,
            {"valg": "kan-ikke"},
            "",
            old,
        )
        player.save(again)
        assert made(player).ids == (player.events[-1].id,)
        assert "underretteren er anonym" in made(player).text

    def test_a_half_answer_comes_when_it_is_whole(self) -> None:
        player = Player()
        run = player.open("underretning")
        record(player, run, "risikovurdering", valg="nej", begrundelse=None)
        found = made(player)
        assert (found.told, found.unfinished) == (0, 1)
        assert "Et svar, du er midt i, kommer med" in player.answer("/journal").said[0].text

    def test_alt_is_the_run_and_dag_is_today_marked_or_not(self) -> None:
        player = Player()
        first, other = player.open("underretning"), player.open("screening")
        record(player, first, "kvittering", valg="sendt")
        player.save(mark(scene(player), made(player).ids, player.now))
        new = record(player, other, "kompleks", valg="nej")
        assert (made(player, "alt", first).told, made(player, "alt", first).ids) == (1, ())
        assert (made(player, "dag").told, made(player, "dag").ids) == (2, (new,))
        assert made(player).told == 1


class TestTheCommand:
    def test_it_opens_the_text(self) -> None:
        player = Player()
        record(player, player.open("underretning"), "kvittering", valg="sendt")
        assert (player.answer("/journal alt").screen, player.last.argument) == ("journal", "alt")

    def test_another_word_is_told_what_there_is(self) -> None:
        player = Player()
        player.open("underretning")
        assert "/journal dag for i dag" in player.answer("/journal i går").problem

    def test_what_was_kept_before_is_marked_without_a_text_and_can_be_taken_back(self) -> None:
        player = Player()
        record(player, player.open("underretning"), "kvittering", valg="sendt")
        player.answer("/journal ført")
        assert "1 svar står nu som ført i journalen (¶)" in player.last.said[0].text
        assert "¶ i journalen" in player.said
        player.answer("/fortryd")
        assert "Trukket tilbage: 1 svar ført i journalen." in player.said
        assert player.progress.case.journalised == frozenset()
        assert player.value("kvittering") == {"valg": "sendt"}

    def test_a_later_answer_is_taken_back_before_the_mark(self) -> None:
        player = Player()
        run = player.open("underretning")
        record(player, run, "kvittering", valg="sendt")
        player.answer("/journal ført")
        record(player, run, "overgreb", valg="nej")
        player.answer("/fortryd")
        assert len(player.progress.case.marks) == 1
        assert "overgreb" not in player.progress.case.runs[run].records

    def test_a_mark_is_no_event_in_the_case(self) -> None:
        player = Player()
        record(player, player.open("underretning"), "kvittering", valg="sendt")
        before = player.progress.case.last_recorded
        player.now = player.now.replace(day=20)
        player.answer("/journal ført")
        assert player.progress.case.last_recorded == before
