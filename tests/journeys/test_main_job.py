"""The yearly round from the command line: spreadsheets in, verdicts, letters, and the phone rings."""

import hashlib
from pathlib import Path

from tests.journeys.conftest import Command

CREDITORS = """\
Export crediteuren;;;;;;;;
Afgedrukt op 20-11-2026;;;;;;;;

Crediteurnr;Naam crediteur;KvK-nummer;Adres;Postcode;Plaats;Telefoon;Contactpersoon;Opdrachten 2026 excl. btw
40012;Bouwbedrijf Maasdal B.V.;01234567;Industrieweg 12;6041 AB;Roermond;0475-38 12 40;mevr. M. van Voorbeeld;412.500,00
40013;Dakwerken Tienbunder;01234568;Nokweg 7a;6101 XZ;Echt;0475 90 15 00;;187.500,00
40014;Groenvoorziening Peelzicht;01234569;Heide 3;5981 BB;Panningen;077-1234567;;150.000,00
40015;Drukkerij Van Zetwerk;01234570;Loodstraat 9;6085 CC;Horn;;;149.999,99
40016;Liftonderhoud Hoogdal B.V.;01234571;;;Weert;0495-12 34 56;;210.000,00
40017;Schilders Vlak & Glad;01234572;Kwaststraat 1;6001 AA;Weert;;;n.v.t.
;;;;;;;Totaal;1.109.999,99
"""

CERTIFICATES = """\
Organisatie,KvK,Trede,Geldig van,Geldig tot en met,Certificaatnummer
Groenvoorziening Peelzicht,01234569,Trede 3|30+,2025-03-01,2027-02-28,PSO-1
Bouwbedrijf Maasdal B.V.,01234567,PSO-1,2025-06-01,2027-05-31,PSO-2
Dakwerken Tienbunder,01234568,Trede 2,2024-07-01,2026-06-30,PSO-3
Schoonmaak Ver Weg,01239999,Trede 2,2026-01-01,2027-12-31,PSO-4
"""


def test_from_spreadsheet_to_letters_and_the_phone(run: Command, registered: Path, tmp_path: Path) -> None:
    creditors, certificates = tmp_path / "crediteuren 2026.csv", tmp_path / "pso-lijst.csv"
    creditors.write_bytes(CREDITORS.encode("cp1252"))
    certificates.write_text(CERTIFICATES, encoding="utf-8")
    on = ("--register", registered)

    preview = run("import", creditors, *on, "--preview", "--json").json
    assert (preview["header_row"], preview["delimiter"], preview["committed"]) == (4, ";", False)
    assert run("judge", *on, "--json").json == []

    done = run("import", creditors, *on, "--json").json
    assert (done["new"], len(done["errors"]), len(done["skipped"]), done["committed"]) == (5, 1, 1, True)
    assert done["amount_cents"] == 110_999_999
    fault = done["errors"][0]
    assert (fault["row"], fault["column"], fault["value"]) == (10, "Opdrachten 2026 excl. btw", "n.v.t.")

    listed = run("import", certificates, *on, "--json").json
    assert (listed["new"], listed["errors"]) == (4, [])
    again = run("import", creditors, *on, "--json").json
    assert (again["new"], again["updated"], again["unchanged"]) == (0, 0, 5)

    verdicts = {item["name"]: item for item in run("judge", *on, "--on", "2026-11-23", "--json").json}
    assert {name: (item["status"], item["reason"], item["held"]) for name, item in verdicts.items()} == {
        "Bouwbedrijf Maasdal B.V.": ("NON_COMPLIANT", "LEVEL_TOO_LOW", "TREDE1"),
        "Dakwerken Tienbunder": ("NON_COMPLIANT", "EXPIRED", None),
        "Groenvoorziening Peelzicht": ("COMPLIANT", None, "TREDE3"),
        "Drukkerij Van Zetwerk": ("BELOW_THRESHOLD", None, None),
        "Liftonderhoud Hoogdal B.V.": ("NON_COMPLIANT", "NO_CERTIFICATE", None),
    }
    assert {item["status"] for item in run("judge", *on, "--on", "2020-12-31", "--json").json} <= {"BELOW_THRESHOLD"}

    out, pile = tmp_path / "brieven", tmp_path / "brieven" / "alle.pdf"
    made = run("letters", *on, "--out", out, "--single", pile, "--on", "2026-11-23", "--json").json
    assert made["written"] == 2
    assert [item["name"] for item in made["skipped"]] == ["Liftonderhoud Hoogdal B.V."]
    assert "adres" in made["skipped"][0]["why"]
    files = [Path(name) for name in made["files"]]
    assert [path.name for path in files] == [
        "PSO-2026-0001 Bouwbedrijf Maasdal B.V.pdf",
        "PSO-2026-0002 Dakwerken Tienbunder.pdf",
    ]
    assert pile.read_bytes().startswith(b"%PDF-")

    caller = run("lookup", "+31 475 38 12", *on, "--json").json
    assert (caller[0]["name"], caller[0]["status"], caller[0]["matched"]) == (
        "Bouwbedrijf Maasdal B.V.",
        "NON_COMPLIANT",
        "telefoon",
    )
    assert run("lookup", "PSO-2026-0002", *on, "--json").json[0]["name"] == "Dakwerken Tienbunder"

    dossier = run("show", "01234567", *on, "--json").json
    letter = dossier["letters"][0]
    assert letter["sha256"] == hashlib.sha256(files[0].read_bytes()).hexdigest()
    assert [entry["label"] for entry in dossier["history"]] == [
        "2 brieven gemaakt",
        "Import van pso-lijst.csv",
        "Import van crediteuren 2026.csv",
    ]
    second = run("letters", *on, "--out", out, "--on", "2026-11-24", "--json").json
    assert second["written"] == 0
    assert "PSO-2026-0001" in second["skipped"][0]["why"]

    assert run("check", *on).code == 0
    assert run("undo", *on).code == 0
    assert run("show", "01234567", *on, "--json").json["letters"][0]["withdrawn_at"]
    assert run("undo", *on).code == 0
    assert run("undo", *on).code == 0
    left = {item["name"] for item in run("judge", *on, "--json").json}
    assert left == {"Bouwbedrijf Maasdal B.V.", "Dakwerken Tienbunder"}, "a supplier with a letter stays"
    assert run("check", *on).code == 0
