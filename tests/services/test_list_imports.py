"""The imports of before: newest first, gone when taken back, there again when that is taken back."""

from pathlib import Path

from app.services import Register, import_register, undo
from app.services.list_imports import list_imports


def take(register: Register, path: Path, name: str) -> None:
    path.write_text(f"Naam\n{name}\n", encoding="utf-8")
    import_register.commit(register, import_register.preview(register, path))


def test_each_import_can_be_taken_back_by_its_own_number(register: Register, tmp_path: Path) -> None:
    take(register, tmp_path / "eerst.csv", "Dakwerken Tienbunder")
    take(register, tmp_path / "later.csv", "Tegelwerken Modelaar")
    lines = list_imports(register)
    assert [line.batch.file_name for line in lines] == ["later.csv", "eerst.csv"]
    number = lines[1].operation_number
    assert number is not None
    undo.undo_operation(register, number)
    assert [supplier.name for supplier in register.suppliers.list_all()] == ["Tegelwerken Modelaar"]
    assert [line.batch.file_name for line in list_imports(register)] == ["later.csv"]
    undo.redo_last(register)
    assert number in [line.operation_number for line in list_imports(register)]


def test_the_newest_stands_on_top_also_within_a_second(register: Register, tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv", "c.csv", "d.csv"):
        take(register, tmp_path / name, f"Firma {name}")
    assert [line.batch.file_name for line in list_imports(register, limit=3)] == ["d.csv", "c.csv", "b.csv"]
