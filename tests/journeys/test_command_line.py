"""What scripts rely on: names, exit codes, JSON, and Dutch sentences for everything that can go wrong."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app import bootstrap
from app.domain.journal import Aside
from app.services import create_register, undo
from app.services.set_aside import set_aside
from app.services.work_list import list_work
from tests.journeys.conftest import Command

SUPPLIER = (
    "Naam;KvK;Plaats;Straat;Opdrachten 2026 excl. btw\nBouwbedrijf Maasdal B.V.;01234567;Roermond;Dijk 1;200.000,00\n"
)


@pytest.fixture
def filled(run: Command, registered: Path, tmp_path: Path) -> Path:
    """A register with one supplier that does not comply."""
    source = tmp_path / "een.csv"
    source.write_text(SUPPLIER, encoding="utf-8")
    assert run("import", source, "--register", registered).code == 0
    return registered


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["onzin"],
        ["judge"],
        ["import", "x.csv", "--register", "r", "--year", "twintig"],
        ["import", "x.csv", "--register", "r", "--map", "zonder teken"],
        ["judge", "--register", "r", "--on", "31-12-2026"],
        ["lookup", "--register", "r"],
        ["letters", "--register", "r"],
        ["lookup", "x", "--register", "r", "--limit", "0"],
        ["judge", "--register"],
        ["judge", "--register", "r", "--snel"],
    ],
)
def test_wrong_usage_exits_with_2_and_a_hint(run: Command, arguments: list[str]) -> None:
    result = run(*arguments)
    assert (result.code, result.out) == (2, "")
    assert "--help" in result.err
    assert not re.search(r"\b(usage|argument|required|invalid|expected|choose|the)\b", result.err), "only Dutch"


def test_help_exits_with_0_and_names_every_command(run: Command) -> None:
    result = run("--help")
    assert result.code == 0
    for name in ("init", "demo", "import", "judge", "lookup", "show", "work", "letters", "undo", "check"):
        assert name in result.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["judge", "--register", "weg.tredewijzer"], "bestaat niet"),
        (["init", "{register}"], "bestaat al"),
        (["import", "weg.csv", "--register", "{register}"], "weg.csv"),
        (["import", "{register}", "--register", "{register}"], ""),
        (["show", "99999999", "--register", "{register}"], "geen leverancier"),
        (["letters", "--register", "{register}", "--out", "{register}"], "kon niet worden geschreven"),
    ],
)
def test_what_cannot_be_done_exits_with_1_and_says_why(
    run: Command, filled: Path, arguments: list[str], words: str
) -> None:
    result = run(*[text.format(register=filled) for text in arguments])
    assert (result.code, result.out) == (1, "")
    assert words in result.err and result.err.strip().endswith((".", "!", "?"))
    assert run("check", "--register", filled).code == 0


def test_judge_gives_the_fields_that_scripts_use(run: Command, filled: Path) -> None:
    found = run("judge", "--register", filled, "--on", "2026-11-23", "--json").json
    assert len(found) == 1
    expected = {
        "name": "Bouwbedrijf Maasdal B.V.",
        "kvk": "01234567",
        "status": "NON_COMPLIANT",
        "reason": "NO_CERTIFICATE",
        "required": "TREDE2",
        "held": None,
        "valid_to": None,
        "amount_cents": 20_000_000,
        "headroom_cents": -5_000_000,
    }
    assert {key: found[0][key] for key in expected} == expected
    assert "Trede 2" in found[0]["explanation"]


def test_lookup_without_a_hit_is_an_empty_list_and_a_hint(run: Command, filled: Path) -> None:
    result = run("lookup", "xyzxyz", "--register", filled, "--json")
    assert (result.code, result.json) == (0, [])
    assert "Niets gevonden" in result.err


def test_show_takes_an_id_or_a_kvk_number(run: Command, filled: Path) -> None:
    by_kvk = run("show", "01234567", "--register", filled, "--json").json
    assert run("show", by_kvk["id"], "--register", filled, "--json").json == by_kvk
    assert by_kvk["amounts"][0]["cents"] == 20_000_000
    assert by_kvk["history"][0]["label"] == "Import van een.csv"


def test_work_lists_what_is_open_for_people_and_all_of_it_for_scripts(run: Command, filled: Path) -> None:
    on = ("--register", filled, "--on", "2026-12-20")
    assert run("work", *on).out.strip() == "Niets te doen."
    assert run("letters", *on[:2], "--out", filled.parent / "b", "--on", "2026-11-23").code == 0
    assert run("work", *on).out.replace("\xa0", " ") == (
        "Bouwbedrijf Maasdal B.V. · € 200.000 · 07-12-2026\n"
        "  Herinnering klaarzetten — brief PSO-2026-0001, reactie t/m 07-12-2026\n"
        "\n"
        "       1  Geen reactie\n"
    )
    register = bootstrap.open_register(filled, to_write=True)
    items = list_work(register, on=date(2026, 12, 20))
    set_aside(register, items, how=Aside.LATER, reason="wacht op audit", until_on=date(2099, 1, 31))
    register.close()
    (found,) = run("work", *on, "--json").json
    assert (found["kind"], found["day"], found["days_left"], found["amount_cents"], found["cause"]) == (
        "reply_overdue", "2026-12-07", -13, 20_000_000, items[0].cause,
    )  # fmt: skip
    assert found["set_aside"] == {"how": "later", "reason": "wacht op audit", "until": "2099-01-31"}
    assert run("work", *on).out == "       1  Weggezet\nNiets te doen.\n"


def test_texts_are_dutch_and_need_no_json(run: Command, filled: Path, tmp_path: Path) -> None:
    on = ("--register", filled)
    assert "Voldoet niet" in run("judge", *on, "--on", "2026-11-23").out
    assert "gevonden op naam" in run("lookup", "maasdal", *on).out
    assert "Import van een.csv" in run("show", "01234567", *on).out
    assert "1 brief gemaakt." in run("letters", *on, "--out", tmp_path / "b", "--on", "2026-11-23").out
    assert "Ongedaan gemaakt: 1 brief gemaakt" in run("undo", *on).out


def test_a_register_in_use_is_named_and_nothing_is_lost(run: Command, filled: Path) -> None:
    writer = bootstrap.open_register(filled, to_write=True)
    result = run("undo", "--register", filled)
    assert result.code == 1 and "in gebruik" in result.err
    assert run("lookup", "maasdal", "--register", filled).code == 0
    writer.close()


def test_a_damaged_register_is_reported_by_check(run: Command, filled: Path) -> None:
    register = bootstrap.open_register(filled, to_write=True)
    register._db.execute("DROP TRIGGER supplier_update_of_phone_is_logged")
    register._db.execute("UPDATE supplier SET phone = 'stiekem'")
    register.close()
    result = run("check", "--register", filled)
    assert result.code == 1
    assert "Niet volledig voor: supplier" in result.out
    assert "reservekopie" in result.err


def test_letters_become_drafts_of_e_mails_too(run: Command, registered: Path, tmp_path: Path) -> None:
    source = tmp_path / "twee.csv"
    source.write_text(
        "Naam;Plaats;Straat;E-mail;Opdrachten 2026 excl. btw\n"
        "Bouwbedrijf Maasdal B.V.;Roermond;Dijk 1;info@maasdal.example;200.000,00\n"
        "Dakwerken Tienbunder;Echt;Nok 2;;200.000,00\n",
        encoding="utf-8",
    )
    assert run("import", source, "--register", registered).code == 0
    letters = ["letters", "--register", registered, "--out", tmp_path / "b", "--on", "2026-11-23"]
    made = run(*letters, "--mail", tmp_path / "mail", "--json").json
    (mail,) = made["mails"]
    assert b"X-Unsent: 1" in Path(mail).read_bytes()
    assert [found["name"] for found in made["without_email"]] == ["Dakwerken Tienbunder"]
    assert len(made["files"]) == 2
    assert run("undo", "--register", registered).code == 0
    busy = tmp_path / "bezet"
    busy.write_bytes(b"")
    refused = run(*letters, "--mail", busy)
    assert refused.code == 1
    assert "De brieven zijn wel gemaakt." in refused.err
    assert run("undo", "--register", registered).code == 0
    told = run(*letters, "--mail", tmp_path / "mail").out
    assert "1 e-mailconcept gemaakt." in told
    assert "Geen bruikbaar e-mailadres: Dakwerken Tienbunder" in told


def test_letters_whose_files_cannot_appear_are_withdrawn_and_their_numbers_stay(
    run: Command, filled: Path, tmp_path: Path
) -> None:
    out = tmp_path / "brieven"
    (out / "alles.pdf").mkdir(parents=True)
    result = run("letters", "--register", filled, "--out", out, "--single", out / "alles.pdf", "--on", "2026-11-23")
    assert result.code == 1 and "alles.pdf" in result.err and "ingetrokken" in result.err
    assert [path.name for path in out.iterdir()] == ["alles.pdf"]
    letters = run("show", "01234567", "--register", filled, "--json").json["letters"]
    assert [bool(letter["withdrawn_at"]) for letter in letters] == [True]
    again = run("letters", "--register", filled, "--out", out, "--on", "2026-11-23", "--json").json
    assert [Path(name).name[:13] for name in again["files"]] == ["PSO-2026-0002"]


def test_a_letter_that_was_tampered_with_is_found_by_check(run: Command, filled: Path, tmp_path: Path) -> None:
    assert run("letters", "--register", filled, "--out", tmp_path / "b", "--on", "2026-11-23").code == 0
    register = bootstrap.open_register(filled, to_write=True)
    register._db.execute("DROP TRIGGER document_is_fixed")
    register._db.execute("UPDATE document SET content = CAST(content || x'00' AS BLOB)")
    register.close()
    result = run("check", "--register", filled)
    assert result.code == 1 and "PSO-2026-0001" in result.out


def test_damage_deep_in_the_file_is_told_in_words(run: Command, filled: Path) -> None:
    content = bytearray(filled.read_bytes())
    for start in range(3 * 4096, len(content), 4096):
        content[start : start + 64] = b"\xff" * 64
    filled.write_bytes(content)
    for command in (["check"], ["judge"], ["lookup", "maasdal"]):
        result = run(*command, "--register", filled)
        assert result.code == 1 and "beschadigd" in result.err + result.out, command


def test_an_import_that_changes_nothing_does_not_speak_of_undo(run: Command, filled: Path, tmp_path: Path) -> None:
    result = run("import", tmp_path / "een.csv", "--register", filled)
    assert "Er is niets veranderd" in result.out and "undo" not in result.out


def test_a_file_with_open_questions_is_not_stored_until_they_are_answered(
    run: Command, registered: Path, tmp_path: Path
) -> None:
    source = tmp_path / "open.csv"
    source.write_text("Naam;Opdrachten 2026\nDakwerken Tienbunder;121,00\n", encoding="utf-8")
    importing = ("import", source, "--register", registered)
    asked = run(*importing)
    assert (asked.code, "Vraag vat:" in asked.out) == (1, True)
    assert "Er is niets opgeslagen. Beantwoord eerst de vragen" in asked.err
    assert run(*importing, "--answer", "vat:=21", "--json").json["committed"]
    assert run(*importing, "--answer", "vat:=0", "--preview", "--json").json["updated"] == 1


def test_a_bug_is_logged_without_names_and_told_in_one_sentence(
    run: Command,
    filled: Path,
    own_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    expected_log: Callable[[str], None],
) -> None:
    expected_log("unexpected error in undo")

    def broken(_register: object) -> undo.TakenBack:
        raise ValueError(SUPPLIER)

    monkeypatch.setattr(undo, "undo_last", broken)
    result = run("undo", "--register", filled)
    assert result.code == 1 and "logboek" in result.err
    logs = [path.read_text(encoding="utf-8") for path in own_home.rglob("*.log")]
    assert any("ValueError" in text for text in logs)
    assert not any("Maasdal" in text or "0475" in text for text in logs)


def test_an_example_that_cannot_be_made_leaves_no_file(run: Command, tmp_path: Path) -> None:
    result = run("demo", tmp_path / "voorbeeld.tredewijzer", "--on", "2019-01-01")
    assert result.code == 1 and "voorbeeldregister" in result.err.casefold()
    assert list(tmp_path.glob("voorbeeld*")) == []


def test_a_register_whose_making_was_cut_off_is_refused(run: Command, registered: Path) -> None:
    register = bootstrap.open_register(registered, to_write=True)
    register._db.execute("DELETE FROM change")
    register._db.execute("DELETE FROM operation")
    register.close()
    result = run("judge", "--register", registered)
    assert result.code == 1 and "niet af" in result.err


def test_a_register_that_cannot_be_filled_is_not_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_register: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(create_register, "seed", broken)
    with pytest.raises(ZeroDivisionError):
        bootstrap.make_register(tmp_path / "half.tredewijzer")
    assert list(tmp_path.glob("half*")) == []
