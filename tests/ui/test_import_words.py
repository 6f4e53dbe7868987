"""What the import says it will do, and did."""

from datetime import date
from pathlib import Path

from app import bootstrap
from app.base.clock import SetClock
from app.services import import_register
from app.services.check_import import ImportCheck, check_import
from app.services.import_register import Choices
from ui.pages import import_words

LIST = "Organisatie;KvK;Trede;Geldig vanaf;Geldig t/m\nGlazenwassers Helder;66666667;Trede 2;1-1-2026;31-12-2027\n"


def test_a_list_of_which_all_is_known_still_stores_that_it_was_checked(tmp_path: Path) -> None:
    clock = SetClock.at(date(2026, 11, 23))
    register = bootstrap.make_register(tmp_path / "proef.tredewijzer", clock=clock)
    path = tmp_path / "pso.csv"
    path.write_text(LIST, encoding="utf-8")

    def check() -> ImportCheck:
        return check_import(register, import_register.read_file(path), choices=Choices())

    first = check()
    assert import_words.import_verb(first) == "1 rij importeren"
    assert import_register.commit(register, first.preview)
    assert import_words.import_verb(check()) == "Niets te importeren", "the same day"
    clock.set(date(2026, 11, 24))
    later = check()
    assert import_words.import_verb(later) == "1 controle vastleggen"
    assert import_words.result(later) == "pso.csv is geïmporteerd: 1 gelijk (1 controle vastgelegd)."
    assert import_register.commit(register, later.preview)
    register.close()
