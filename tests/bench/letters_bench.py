"""Making letters as files and as one print file, beside a plain ReportLab canvas that prints the same lines."""

import io
from datetime import date
from pathlib import Path

from app import bootstrap
from app.base.paths import shipped
from app.domain.letter import LetterSettings
from app.letters.content import LetterContent, as_text
from app.letters.render import render_letter, render_print_file
from app.services.plan_letters import plan_letters
from app.services.write_letters import draft_letters
from tests.bench.timing import Figure, median_ms

ON = date(2026, 11, 23)


def measure(folder: Path) -> list[Figure]:
    """Return the figures for the letters of the example register."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    pdfmetrics.registerFont(TTFont("Plain", str(shipped("resources", "fonts", "Inter-Regular.ttf"))))
    contents = _contents(folder / "letters.tredewijzer")
    settings = LetterSettings()
    number = len(contents)
    texts = [as_text(content).splitlines() for content in contents]
    return [
        Figure("one letter as a file", median_ms(lambda: [render_letter(c, settings) for c in contents]) / number,
               "plain canvas, same lines", median_ms(lambda: [_plain([lines]) for lines in texts]) / number),
        Figure("one letter in a print file", median_ms(lambda: render_print_file(contents, settings)) / number,
               "plain canvas, same lines", median_ms(lambda: _plain(texts)) / number),
    ]  # fmt: skip


def _contents(path: Path) -> list[LetterContent]:
    register = bootstrap.make_example(path, today=ON)
    try:
        plan = plan_letters(register, on=ON)
        return [draft.content for draft in draft_letters(register, plan.proposals, on=ON)]
    finally:
        register.close()


def _plain(letters: list[list[str]]) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream)
    for lines in letters:
        text = canvas.beginText(100, 780)
        text.setFont("Plain", 10)
        for line in lines:
            text.textLine(line)
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()
