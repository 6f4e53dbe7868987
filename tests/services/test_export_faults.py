"""The rows that an import leaves out, in a file to mend the source with."""

from pathlib import Path

import pytest

from app.base.errors import FileError
from app.services import Register, import_register
from app.services.export_faults import export_faults


@pytest.fixture
def plan(register: Register, tmp_path: Path) -> import_register.ImportPlan:
    path = tmp_path / "crediteuren.csv"
    path.write_text("Naam;Plaats\nGroenvoorziening Peelzicht;Panningen\n", encoding="utf-8")
    import_register.commit(register, import_register.preview(register, path))
    path.write_text(
        "Naam;Plaats;Opdrachten 2026;Trede\n"
        "=Dakwerken Tienbunder;Echt;n.v.t.;Trede 9\n"
        "Groenvoorziening Peelzigt;Panningen;5;\n"
        "Bouwbedrijf Maasdal B.V.;Roermond;100;\n"
        "Totaal;;105;\n",
        encoding="utf-8",
    )
    return import_register.preview(register, path).plan


def test_every_row_that_is_left_out_stands_in_the_file_with_its_reason(
    plan: import_register.ImportPlan, tmp_path: Path
) -> None:
    path = tmp_path / "fouten.csv"
    assert export_faults(plan, path) == 3
    lines = [line.split(";") for line in path.read_text(encoding="utf-8-sig").splitlines()]
    assert lines[0] == ["Rij", "Leverancier", "Uitkomst", "Kolom", "Waarde", "Reden"]
    assert [line[:5] for line in lines[1:]] == [
        ["2", "'=Dakwerken Tienbunder", "fout", "Opdrachten 2026", "n.v.t."],
        ["2", "'=Dakwerken Tienbunder", "fout", "Trede", "Trede 9"],
        ["3", "Groenvoorziening Peelzigt", "misschien dezelfde", "", ""],
        ["5", "", "overgeslagen", "", ""],
    ]
    assert all(line[5] for line in lines)


def test_a_name_of_another_kind_of_file_is_refused(plan: import_register.ImportPlan, tmp_path: Path) -> None:
    with pytest.raises(FileError, match="xlsx"):
        export_faults(plan, tmp_path / "fouten.pdf")
    assert not (tmp_path / "fouten.pdf").exists()
