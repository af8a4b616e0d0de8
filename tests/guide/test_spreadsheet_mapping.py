"""A mapping that is wrong says where, what and how to mend it; all faults at once."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.casework import load_handbooks
from guide.cli import WRONG_CALL, main
from guide.spreadsheet.mapping_file import MappingFault, mapping_of, read_mapping
from guide.spreadsheet.terms import terms_of
from tests.guide.sheets import EXAMPLE, EXTRACT, SMALL

TERMS = terms_of(load_handbooks())


def faults(text: str) -> list[str]:
    with pytest.raises(MappingFault) as caught:
        mapping_of(tomllib.loads(text), TERMS)
    return caught.value.faults


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ('procedure = "afgoerelse"', 'procedure = "afgorelse"', ["forloeb nr. 2.procedure", 'Mente du "afgoerelse"?']),
        ('trin = "truffet"', 'trin = "trufet"', ["forloeb nr. 2.trin nr. 1.trin", 'Mente du "truffet"?']),
        ("felter.holdt_af", "felter.holt_af", ["felter.holt_af", 'Mente du "holdt_af"?']),
        ('"myndighedssagsbehandler"', '"sagsbehandler"', ['oversaet ("sb")', "ukendt valg", "myndighedssagsbehandler"]),
        ('tjener = "afgoerelse"', 'tjener = "afgoerlse"', ["forloeb nr. 3.tjener", 'Mente du "afgoerelse"?']),
        ('for = "indsats"', 'for = "indsatser"', [".for", 'Mente du "indsats"?']),
        ("foedt =", "fodt =", ["sag.fodt: kendes ikke", 'Mente du "foedt"?']),
        ('nummer = "Sag"', "", ["sag.nummer: mangler"]),
        ('nummer = "Sag"', 'nummer = { fast = "S-1" }', ["sag.nummer: skal være en kolonne"]),
        ('dato = "Truffet"', "", ["dato: mangler"]),
        ('dato = "Truffet"', "dato = 3", ["forloeb nr. 2.trin nr. 1.dato: skal være en tabel"]),
        ('dato = "Truffet"', 'dato = { kolonne = "Truffet", fast = "i dag" }', ["enten kolonne", "eller fast"]),
        ("udfyldt = true", 'udfyldt = "ja"', ["udfyldt: skal være true eller false"]),
        ("[sag]", "[sager]", ["sager: kendes ikke her", 'Mente du "sag"?', "sag.nummer: mangler"]),
        ('slags = "Slags"', 'slags = { fast = "aflastningn" }', ["ukendt slags", 'Mente du "aflastning"?']),
        ('navn = "indsats"', "", ["indsats nr. 1.navn: mangler"]),
        (
            "[[indsats]]",
            '[[person]]\nnavn="f"\nrolle="mor"\nbeskrivelse="Mor"\n[[indsats]]',
            ["rolle", "kan rumme navne"],
        ),
        ('"5-2011"', "", []),
    ],
)
def test_a_fault_names_its_place_and_its_mend(old: str, new: str, parts: list[str]) -> None:
    if not parts:
        mapping_of(tomllib.loads(SMALL), TERMS)
        return
    told = "\n".join(faults(SMALL.replace(old, new, 1)))
    assert not [part for part in parts if part not in told], told


def test_all_faults_come_at_once() -> None:
    assert len(faults(SMALL.replace("foedt", "fodt").replace('"truffet"', '"x"').replace("tjener", "tjner"))) == 3


def test_a_file_that_is_no_mapping(tmp_path: Path) -> None:
    for content in (b"[sag", b"\xff\xfe\x00", b"a = 1\na = 2", b"x=" + b"[" * 5000):
        path = tmp_path / "m.toml"
        path.write_bytes(content)
        with pytest.raises(MappingFault):
            read_mapping(path, TERMS)


def test_the_command_names_file_key_and_mend(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = tmp_path / "m.toml"
    wrong.write_text(EXAMPLE.read_text("utf-8").replace('"Sagsnr."', '"Sagsnr"'), "utf-8")
    assert main(["import", str(EXTRACT), "--map", str(wrong), "--db", str(tmp_path / "t.db")]) == WRONG_CALL
    told = capsys.readouterr().err
    assert f"{wrong}: sag.nummer: filen har ingen kolonne" in told
    assert 'Mente du "Sagsnr."?' in told


VALUES = st.recursive(
    st.text(max_size=5) | st.integers() | st.booleans() | st.sampled_from(["afgoerelse", "truffet", "Sag"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*"abc", "kolonne", "fast", "oversaet", "trin", "navn", "forloeb"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)
KEYS = ["fil", "sag", "indsats", "person", "forloeb"]


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=5))
def test_any_toml_is_a_mapping_or_a_plain_fault(found: dict[str, object]) -> None:
    with suppress(MappingFault):
        assert mapping_of(found, TERMS).case.number.column
