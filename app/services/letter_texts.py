"""The texts of letters: kept in the register as dated versions, changed by the office, never by the program.

A version is written once and stays; a letter points at the one that it was made with. Of a kind and language the
highest version that has begun is used. What ships with the program is put in where a register has no text yet, and
afterwards only offered.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.base.errors import NotFoundError
from app.domain.letter import LetterKind, LetterSettings, LetterTemplate
from app.domain.supplier import Language
from app.domain.verdict import Reason
from app.letters import templates
from app.letters.check import check_template
from app.letters.content import compose
from app.letters.render import missing_characters, render_letter
from app.letters.specimen import reasons_of, specimen
from app.letters.template_reader import parse_template, set_block
from app.letters.templates import FIELDS, TemplateError
from app.services.letter_paper import load_artwork
from app.storage.register import Register

# What the window needs of the letters themselves comes through here.
__all__ = [
    "FIELDS",
    "ListedText",
    "TemplateError",
    "TextLook",
    "TextPreview",
    "TextVersion",
    "add_missing",
    "get_text",
    "list_texts",
    "look_at_text",
    "preview_text",
    "reasons_of",
    "restore_shipped",
    "save_text",
    "seed_missing_texts",
    "set_block",
    "standing_texts",
    "text_versions",
]

_ALWAYS = date(2020, 1, 1)
# By the kind of the operation.
_LABELS = {"text": "Brieftekst gewijzigd", "shipped_text": "Tekst van het programma teruggezet"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TextVersion:
    """One version of a text, since when and by whom. `is_own` when somebody here wrote it."""

    text: LetterTemplate
    saved_at: datetime
    saved_by: str
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedText:
    """The version of a kind and language that is used now. `has_newer` when the program has a text never seen here."""

    version: TextVersion
    has_newer: bool

    @property
    def kind(self) -> LetterKind:
        """What the letter is for."""
        return self.version.text.kind

    @property
    def language(self) -> Language:
        """What it is written in."""
        return self.version.text.language


@dataclass(frozen=True, slots=True)
class TextLook:
    """What a text that is being typed is worth: its blocks, None while it cannot be read, and the first fault."""

    blocks: Mapping[str, bool] | None
    fault: TemplateError | None


@dataclass(frozen=True, slots=True)
class TextPreview:
    """The letter that a text gives, and in Dutch what needs a look in it."""

    pdf: bytes
    notes: tuple[str, ...]


def standing_texts(register: Register, *, on: date) -> dict[tuple[LetterKind, Language], LetterTemplate]:
    """Return the version that is used on a day, per kind and language."""
    versions = register.templates.list_all("kind, version")
    return {(text.kind, text.language): text for text in versions if text.valid_from <= on}


def list_texts(register: Register) -> tuple[ListedText, ...]:
    """Return the texts that are used today, in the order of kinds and then languages."""
    shipped = templates.shipped()
    seen = {(text.kind, text.language, text.source) for text in register.templates.list_ever()}
    standing = standing_texts(register, on=register.clock.today())
    keys = [key for kind in LetterKind for language in Language if (key := (kind, language)) in standing]
    return tuple(
        ListedText(version=version, has_newer=key in shipped and (*key, shipped[key]) not in seen)
        for key, version in zip(keys, _versions(register, [standing[key] for key in keys]), strict=True)
    )


def get_text(register: Register, kind: LetterKind, language: Language) -> LetterTemplate:
    """Return the version that is used today; raises `NotFoundError`."""
    found = standing_texts(register, on=register.clock.today()).get((kind, language))
    if found is None:
        raise NotFoundError(
            f"Er is geen tekst voor: {kind.label} ({language.label}).", "Open het register opnieuw om te wijzigen."
        )
    return found


def text_versions(register: Register, kind: LetterKind, language: Language) -> tuple[TextVersion, ...]:
    """Return every version of a text, the newest first."""
    found = register.templates.list_where("kind", kind.value, "version DESC")
    return _versions(register, [text for text in found if text.language is language])


def save_text(register: Register, kind: LetterKind, language: Language, *, source: str) -> LetterTemplate:
    """Keep a text as a version from today on; the one in use is returned when nothing differs.

    Letters that were made keep theirs. Raises `TemplateError` for a text that cannot be used in every case,
    `NotFoundError`, `RegisterError`.
    """
    now = get_text(register, kind, language)
    source = source.replace("\r\n", "\n")
    if source == now.source:
        return now
    check_template(source, kind, language)
    return _add_version(register, now, source, kind="text")


def restore_shipped(register: Register, kind: LetterKind, language: Language) -> LetterTemplate:
    """Use the text that ships with the program again, as a version from today on; raises as `save_text` does."""
    now = get_text(register, kind, language)
    source = templates.shipped().get((kind, language))
    if source is None:
        raise NotFoundError(f"Het programma heeft geen tekst voor: {_name(now)}.")
    return now if source == now.source else _add_version(register, now, source, kind="shipped_text")


def seed_missing_texts(register: Register) -> None:
    """Add the texts that ship and of which the register has no version; one that it has stays as it is."""
    if missing := _missing(register):
        with register.operation("init", "Teksten van nieuwe soorten brieven toegevoegd", is_undoable=False):
            register.templates.add_all(missing)


def add_missing(register: Register) -> None:
    """Do the same within an operation that runs, for a register that is being made."""
    register.templates.add_all(_missing(register))


def look_at_text(source: str, kind: LetterKind, language: Language) -> TextLook:
    """Return what is to be said of a text while it is typed: it is not stored, and may be anything."""
    try:
        blocks = parse_template(source).blocks
    except TemplateError as error:
        return TextLook(None, error)
    try:
        check_template(source, kind, language)
    except TemplateError as error:
        return TextLook(blocks, error)
    return TextLook(blocks, None)


def preview_text(
    register: Register,
    source: str,
    kind: LetterKind,
    language: Language,
    *,
    reason: Reason | None,
    settings: LetterSettings,
) -> TextPreview:
    """Return the letter to a firm that does not exist; raises `TemplateError` as `save_text` does."""
    template = check_template(source, kind, language)
    content = compose(specimen(kind, language, reason=reason, sender=settings), template)
    missing = missing_characters(content)
    note = f"In deze tekst staan tekens die niet gedrukt kunnen worden: {' '.join(sorted(missing))}"
    pdf = render_letter(content, settings, artwork=load_artwork(register, settings))
    return TextPreview(pdf, (note,) if missing else ())


def _missing(register: Register) -> list[LetterTemplate]:
    known = register.templates.list_ever()
    present = {(text.kind, text.language) for text in known}
    found: list[LetterTemplate] = []
    for (kind, language), source in templates.shipped().items():
        if (kind, language) not in present:
            text = LetterTemplate(
                id=register.new_id(),
                kind=kind,
                version=_next_version([*known, *found], kind),
                valid_from=_ALWAYS,
                source=source,
                language=language,
            )
            found.append(text)
    return found


def _add_version(register: Register, now: LetterTemplate, source: str, *, kind: str) -> LetterTemplate:
    new = replace(
        now,
        id=register.new_id(),
        version=_next_version(register.templates.list_ever(), now.kind),
        valid_from=register.clock.today(),
        source=source,
    )
    with register.operation(kind, f"{_LABELS[kind]}: {_name(now)}"):
        register.templates.add(new)
    return new


def _next_version(texts: Iterable[LetterTemplate], kind: LetterKind) -> int:
    """Versions are numbered within the kind, over its languages."""
    return max((text.version for text in texts if text.kind is kind), default=0) + 1


def _versions(register: Register, texts: Iterable[LetterTemplate]) -> tuple[TextVersion, ...]:
    added = register.history.list_adding("letter_template")
    shipped = templates.shipped()
    return tuple(
        TextVersion(
            text=text,
            saved_at=added[text.id].at,
            saved_by=added[text.id].by,
            is_own=added[text.id].kind == "text" and text.source != shipped.get((text.kind, text.language)),
        )
        for text in texts
    )


def _name(text: LetterTemplate) -> str:
    language = "" if text.language is Language.DUTCH else f" ({text.language.label})"
    return f"{text.kind.label}{language}"
