"""Reading the settings of the register and changing them, several sections as one step of undo."""

from typing import TypeVar

from app.base.settings import SettingsClass
from app.storage.register import Register

S = TypeVar("S", bound=SettingsClass)


def get_settings(register: Register, cls: type[S]) -> S:
    """Return the settings of one section."""
    return register.settings(cls)


def change_settings(register: Register, *settings: SettingsClass, label: str = "Instellingen gewijzigd") -> None:
    """Write the settings of one or more sections, only those that differ; raises `RegisterError`."""
    with register.operation("settings", label):
        for section in settings:
            register.save_settings(section)
