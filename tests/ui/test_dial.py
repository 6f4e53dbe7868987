"""A click on a number: only a number leaves the program, as `tel:`."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from ui.base.dial import dial


class Phone(QObject):
    """Takes `tel:` in the place of the desktop."""

    def __init__(self) -> None:
        super().__init__()
        self.called: list[str] = []

    @Slot(QUrl)
    def call(self, url: QUrl) -> None:
        self.called.append(url.toString())


@pytest.fixture
def phone(qapp: QApplication) -> Iterator[Phone]:
    """The phone program of the desktop."""
    phone = Phone()
    QDesktopServices.setUrlHandler("tel", phone, "call")  # type: ignore[arg-type]  # the stubs err
    yield phone
    QDesktopServices.unsetUrlHandler("tel")


@pytest.mark.parametrize(
    ("written", "called"),
    [
        ("0475-38 12 40", "tel:0475381240"),
        ("+31 (0)475 381240", "tel:+31475381240"),
        ("(0475) 381240", "tel:0475381240"),
        ("0031 475.38.12.40", "tel:0031475381240"),
    ],
)
def test_a_number_is_called_as_its_digits(phone: Phone, written: str, called: str) -> None:
    assert dial(written)
    assert phone.called == [called]


@pytest.mark.parametrize("written", ["", "geen", "12", "0475-381240 (mobiel)", "*21*0612345678#", "0475381240;ext=1"])
def test_what_is_no_number_is_not_called(phone: Phone, written: str) -> None:
    assert not dial(written)
    assert phone.called == []
