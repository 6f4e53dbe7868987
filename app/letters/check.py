"""Whether a letter text can be sent: it is read, and worded for every case in which it may be used."""

from app.domain.letter import LetterKind
from app.domain.supplier import Language
from app.letters.content import compose
from app.letters.specimen import reasons_of, specimens
from app.letters.template_reader import find_key_place, parse_template
from app.letters.templates import EmptyFieldError, Template, TemplateError


def check_template(source: str, kind: LetterKind, language: Language) -> Template:
    """Return the text as it was read.

    Raises `TemplateError` with the place: for what cannot be read, another kind or language than it is meant for, a
    reason for which it says nothing, and a field that is empty in some case in which the text names it.
    """
    template = parse_template(source)
    if template.kind is not kind:
        _refuse(
            source, "kind", f"dit is de tekst van '{kind}', niet van '{template.kind}'.", f'Zet er: kind = "{kind}"'
        )
    if template.language is not language:
        is_said = "language" if find_key_place(source, "language") else "kind"
        message = f"hier hoort een tekst in het {language.label}, niet in het {template.language.label}."
        _refuse(source, is_said, message, f'Zet er: language = "{language}"')
    for reason in reasons_of(kind) if template.reasons else ():
        if reason is None:
            _refuse(source, "reasons", "bij deze soort brief hoort geen oorzaak.", "Haal deze regel weg.")
        elif reason not in template.reasons:
            _refuse(source, "reasons", f"'{reason}' ontbreekt.", f"Zet die erbij, voor brieven met '{reason.label}'.")
    for case in specimens(kind, language):
        try:
            content = compose(case.facts, template)
        except EmptyFieldError as error:
            raise TemplateError(
                f"bij {case.words} is {{{error.field.name}}} leeg.",
                f'Zet de zin in een eigen [[section]] met: with = ["{error.field.name}"]',
                line=error.field.line,
                column=error.field.column,
            ) from error
        if not any(block.paragraphs for block in content.blocks):
            raise TemplateError(f"bij {case.words} staat er niets in de brief.", "Schrijf daar een stuk voor.")
    return template


def _refuse(source: str, key: str, message: str, advice: str) -> None:
    line, column = find_key_place(source, key) or (0, 0)
    raise TemplateError(message, advice, line=line, column=column)
