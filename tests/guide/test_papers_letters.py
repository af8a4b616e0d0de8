"""Who gets which letter, in which words, under which law; and what a letter never tells."""

from __future__ import annotations

from typing import Any

import pytest

from guide.documents.papers import make, text, wishes, word
from guide.documents.papers_model import Paper, PaperError, context, gaps
from store.events import Event
from tests.guide.paper_cases import Made, decided, rows_of, seen
from tests.guide.paper_cases import books as books
from tests.guide.paper_cases import demo as demo


def test_each_custody_holder_gets_its_own_letter_with_its_own_answers(books: Any) -> None:
    made = decided(books, "2012-03", "2022-03-01")
    made.step(
        "afgoerelse-1/partshoering", "2022-03-08", {"valg": "hoert", "bemaerkninger": "Vi bor langt væk"}, ("f1",)
    )
    made.step("afgoerelse-1/samtykke", "2022-03-09", {"valg": "skriftligt", "daekker": "kontaktperson"}, ("f1",))
    file = made.file("2022-03-10")
    with pytest.raises(PaperError, match=r"Vælg med --to: f1 \(forælder A\), f2 \(forælder B\)"):
        make(file, "afgoerelse")
    first, second = (text(make(file, "afgoerelse", to=to)) for to in ("f1", "forælder B"))
    assert "Vi bor langt væk" in first
    assert "Du gav samtykke 9. marts 2022. Det dækker: kontaktperson" in first
    assert "Vi bor langt væk" not in second
    assert "[mangler: samtykke fra forælder B." in second
    for letter in (first, second):
        assert "SEL § 52, stk. 3, nr. 6" in letter
        assert "Fristen er 4 uger fra den dag, du fik afgørelsen." in letter
        assert "Send klagen til os." in letter
    sheet = rows_of(word(make(file, "indstillingsark")))
    assert sheet["Udækkede behov"] == "ensomhed efter skoletid"
    assert sheet["Samtykket dækker"] == "kontaktperson"


def test_a_child_of_ten_under_barnets_lov_gets_plain_letters(books: Any) -> None:
    made = decided(books, "2014-02-01", "2024-03-01")
    made.run("boernesamtale-1", "2024-03-01", serves="afgoerelse-1")
    said = {"holdt_af": "myndighedssagsbehandler", "barnets_ord": "Jeg vil gerne have en voksen at spille med"}
    made.step("boernesamtale-1/holdt", "2024-03-05", said, ("m1",))
    file = made.file("2024-03-10")
    hearing, decision = (text(make(file, kind, to="barnet")) for kind in ("partshoering", "afgoerelse"))
    assert "At du får en voksen, der er din" in hearing
    assert "BL § 32, stk. 1, nr. 3" in hearing
    assert "Du må have en med, som er på din side (BL § 6, stk. 1)." in hearing
    assert "Jeg vil gerne have en voksen at spille med" in decision
    assert "Du skal klage inden 4 uger" in decision
    assert "BL § 145, stk. 1" in decision
    parent = text(make(file, "afgoerelse", to="f1"))
    assert "Jeg vil gerne have en voksen at spille med" not in parent  # a child's words are the child's to give
    assert "Et barn, der er fyldt 10 år, kan også selv klage (BL § 145, stk. 1)." in parent


@pytest.mark.parametrize(
    ("born", "day", "child"),
    [
        ("2014-04-01", "2024-03-10", False),
        ("2014-03-01", "2024-03-10", True),
        ("2008-03-01", "2022-03-10", False),
        ("2007-03-01", "2022-03-10", True),
    ],
)
def test_the_child_has_letters_from_10_under_barnets_lov_and_15_before(
    books: Any, born: str, day: str, child: bool
) -> None:
    file = decided(books, born, f"{day[:8]}02").file(day)
    assert ("barnet" in {wish.to for wish in wishes(file)}) is child


def test_a_committees_decision_does_not_say_where_the_complaint_is_sent(books: Any) -> None:
    made = decided(books, "2010-02-01", "2024-03-01", "anbringelse-uden-samtykke")
    letter = text(make(made.file("2024-03-10"), "afgoerelse", to="f1"))
    assert "BL § 47, stk. 1" in letter
    assert "[mangler: hvor klagen over udvalgets afgørelse sendes hen, BL § 146, stk. 1." in letter
    assert "Send klagen til os" not in letter


def test_the_talk_is_prepared_by_age_and_per_measure(books: Any) -> None:
    young, old = (decided(books, born, "2024-03-01", "anbringelse") for born in ("2019-01-01", "2008-01-01"))
    for made, question in ((young, "Hvem går du hen til"), (old, "Hvad vil du gerne kunne om et år?")):
        paper = text(make(made.file("2024-03-10"), "boernesamtale"))
        assert question in paper
        assert "at du i en tid skal bo et andet sted end hjemme" in paper
        assert "BL § 6, stk. 1; BL § 6, stk. 4" in paper
    assert "At en anbringelse også kræver den unges eget ja (BL § 46, stk. 1" in paper


def notified(books: Any, day: str, who: str) -> Made:
    """A notification received on ``day``, by whom, with the worry written down."""
    made = Made(books, "2012-03", day)
    made.run("underretning-1", day)
    made.step("underretning-1/modtaget", day, {"bekymring": "slag i hjemmet"})
    made.step("underretning-1/underretter", day, who)
    return made


@pytest.mark.parametrize(("day", "clause"), [("2022-03-01", "SEL § 155 b, stk. 1"), ("2024-03-01", "BL § 138, stk. 1")])
def test_a_private_notifier_gets_the_receipt_and_nothing_else(books: Any, day: str, clause: str) -> None:
    made = notified(books, day, "borger")
    made.run("boernefaglig-undersoegelse-1", day, opened_by="underretning-1")
    made.step("boernefaglig-undersoegelse-1/besluttet", day)
    file = made.file(day)
    letter = text(make(file, "kvittering"))
    assert "modtog din underretning om et barn." in letter
    assert clause in letter
    for secret in ("undersøgelse", "slag i hjemmet", "Sag S", "10 år", "hører fra os igen"):
        assert secret not in letter
    assert "besked-fagperson" not in {wish.kind for wish in wishes(file)}
    with pytest.raises(PaperError, match="Andre underrettere får kun kvitteringen"):
        make(file, "besked-fagperson")


def test_an_anonymous_notifier_gets_no_letter(books: Any) -> None:
    with pytest.raises(PaperError, match="anonym"):
        make(notified(books, "2024-03-01", "anonym").file("2024-03-02"), "kvittering")


def test_a_professional_is_told_whether_and_not_what(books: Any) -> None:
    started = "en børnefaglig undersøgelse, en afdækning eller indsatser i gang"
    made = notified(books, "2024-03-01", "fagperson")
    unknown = make(made.file("2024-03-02"), "besked-fagperson")
    assert f"[mangler: om der er sat {started}." in text(unknown)
    made.run("boernefaglig-undersoegelse-1", "2024-03-03", opened_by="underretning-1")
    made.step("boernefaglig-undersoegelse-1/besluttet", "2024-03-03")
    letter = text(make(made.file("2024-03-04"), "besked-fagperson"))
    assert f"Vi har sat {started} for barnet." in letter
    assert "BL § 138, stk. 2" in letter
    assert "slag i hjemmet" not in letter
    made.step("underretning-1/besked-fagperson", "2024-03-05", "saerlige-forhold")
    with pytest.raises(PaperError, match="særlige forhold taler imod"):
        make(made.file("2024-03-06"), "besked-fagperson")


def test_a_closed_notification_says_that_nothing_was_set_going(books: Any) -> None:
    made = notified(books, "2022-03-01", "fagperson")
    made.step("underretning-1/vej", "2022-03-08", "luk")
    letter = text(make(made.file("2022-03-09"), "besked-fagperson"))
    assert "Vi har ikke sat en undersøgelse eller foranstaltninger i gang for barnet." in letter


def investigated(books: Any, start: str) -> Made:
    made = notified(books, start, "fagperson")
    made.run("boernefaglig-undersoegelse-1", start, opened_by="underretning-1")
    made.step("boernefaglig-undersoegelse-1/besluttet", start)
    made.step("boernefaglig-undersoegelse-1/udloesende", start, {"underretning": "underretning-1"})
    return made


@pytest.mark.parametrize(
    ("start", "day", "due", "clause"),
    [
        ("2022-03-01", "2022-07-10", "1. juli 2022", "SEL § 50, stk. 7"),
        ("2024-03-01", "2024-07-10", "1. juli 2024", "BL § 20, stk. 3"),
    ],
)
def test_the_provisional_assessment_when_the_four_months_have_passed(
    books: Any, start: str, day: str, due: str, clause: str
) -> None:
    made = investigated(books, start)
    late = make(made.file(day), "foreloebig-vurdering")
    rows = rows_of(word(late))
    assert rows["Fristen"] == f"{due} (overskredet)"
    assert rows["Lov"] == clause
    assert rows["Vurdering"].startswith("[mangler: den foreløbige vurdering.")
    assert not late.advice
    early = make(made.file(f"{start[:4]}-05-01"), "foreloebig-vurdering")
    assert early.advice[0].startswith(f"Fristen er ikke gået endnu: {due}.")


@pytest.mark.parametrize(("start", "meeting"), [("2022-03-01", "SEL § 49 a"), ("2024-03-01", "RSL § 11 e")])
def test_the_request_for_information_names_its_basis(books: Any, start: str, meeting: str) -> None:
    made = investigated(books, start)
    made.item("o1", start, "oplysning", label="skolen")
    value = {"status": "awaiting", "whom": "klasselæreren", "expected": f"{start[:4]}-03-20", "hvem": "fraværet i år"}
    made.step("boernefaglig-undersoegelse-1/oplysning", start, value, ("o1",))
    paper: Paper = make(made.file(f"{start[:4]}-03-05"), "anmodning", "o1")
    letter = text(paper)
    for said in ("Til: klasselæreren", "fraværet i år", "RSL § 11 a, stk. 1", "RSL § 11 c, stk. 1", "20. marts"):
        assert said in letter
    assert "Du har ikke pligt til at svare" in letter
    assert any(meeting in line for line in paper.advice)
    assert any("om der er samtykke" in mark for mark in gaps(paper))
    with pytest.raises(PaperError, match="det kan forberedelse til børnesamtalen ikke være om"):
        make(made.file(f"{start[:4]}-03-05"), "boernesamtale", "o1")


def test_the_handover_says_what_was_there_before_the_next_one_took_over(books: Any, demo: list[Event]) -> None:
    made = investigated(books, "2024-01-08")
    soon = text(make(made.file("2024-04-30"), "overdragelsesnotat"))
    assert "Undersøgelse færdig" in soon.partition("**Inden 14 dage:**")[2].partition("\n-")[0]
    later = text(make(made.file("2024-04-15"), "overdragelsesnotat"))
    assert "Undersøgelse færdig" in later.partition("**Inden 30 dage:**")[2].partition("\n-")[0]
    made.add("assignment", "2024-06-01", value={"staff": "AB"})
    note = text(make(made.file("2024-06-15"), "overdragelsesnotat"))
    assert "LH fra 8. januar 2024; AB fra 1. juni 2024" in note
    assert "Overskredet, før du overtog sagen." in note
    d10 = rows_of(word(make(seen("D10", demo, books, "2020-01-14"), "overdragelsesnotat")))
    assert d10["Fra"] == "Stillingtagen (Børnefaglig undersøgelse), 2. december 2019"


def test_a_decision_under_barnets_lov_can_rest_on_an_afdaekning(books: Any) -> None:
    made = decided(books, "2016-03", "2024-04-01")
    made.run("afdaekning-1", "2024-04-02")
    made.step("afdaekning-1/konklusion", "2024-04-20", {"fund": "har få venner", "vurdering": "en voksen mere"})
    made.step("afgoerelse-1/grundlag", "2024-04-21", {"valg": "afdaekning"})
    rows = rows_of(word(make(made.file("2024-04-22"), "indstillingsark")))
    assert rows["Det viste den"] == "har få venner"
    assert rows["Faglig vurdering"] == "en voksen mere"
    assert rows["Afdækningen færdig"].startswith("[mangler: dagen.")
    assert "Undersøgelsen færdig" not in rows
    assert rows["Status"].endswith("Noteres i Barnets plan › Barnets plan]")  # the youth's plan is for those of 16


def test_what_came_after_the_decision_says_so(books: Any, demo: list[Event]) -> None:
    sheet = make(seen("D5", demo, books, "2020-02-17"), "indstillingsark")
    felt = context(sheet)["felt"]
    assert felt["m1_samtale"].endswith("Holdt efter afgørelsen 9. oktober 2019")
    assert felt["m1_opfoelgning"].startswith("Holdt ")
    visits = text(make(seen("O1", demo, books, "2020-02-17"), "overdragelsesnotat"))
    assert "- Tilsynsbesøg: 8. maj 2019" in visits
