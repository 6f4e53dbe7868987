"""A drawing in SVG, made into a page of PDF, which letters can hold.

What is drawn is checked first: a drawing may name nothing outside itself, hold no program, and unfold to no more than
a logo needs. Qt then draws it with lines and letters, not with dots.
"""

import re
from collections.abc import Mapping
from xml.etree import ElementTree
from xml.parsers import expat

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF

from app.base.errors import AppError

_NAMESPACE = "{http://www.w3.org/2000/svg}"
_MOST_BYTES = 1_000_000
_MOST_DEPTH = 100
# So many shapes once every repetition of a part is drawn.
_MOST_SHAPES = 50_000
_LONGEST_PT = 600.0
# What a logo is made of, as far as Qt draws it well; clipping is left undone, which most logos survive.
_KNOWN = frozenset(
    "svg g defs symbol use title desc metadata style path rect circle ellipse line polyline polygon text tspan "
    "linearGradient radialGradient stop solidColor switch clipPath a".split()
)
_OUTWARD = re.compile(r"url\(\s*['\"]?\s*(?!['\"]?#)|@import|expression\(", re.IGNORECASE)


class _Refused(Exception):  # noqa: N818 - a word for the user, on its way out of a parser
    """What the drawing holds that it may not."""


def is_svg(content: bytes) -> bool:
    """Whether a file looks like a drawing in SVG."""
    return b"<svg" in content[:4096] or content[:5] == b"<?xml" or content[:2] in {b"\xff\xfe", b"\xfe\xff"}


def svg_as_pdf(content: bytes) -> bytes:
    """Return a drawing as a PDF of one page in its shape; raises `AppError` when it is none, or not a safe one."""
    if len(content) > _MOST_BYTES:
        raise AppError("Deze tekening is te groot.", "Sla het logo op als pdf of png en kies dat.")
    try:
        _check_markup(content)
        _check_drawing(ElementTree.fromstring(content))
    except _Refused as found:
        raise AppError(
            f"Deze svg kan niet worden gebruikt: er staat {found} in.", "Sla het logo op als pdf of png en kies dat."
        ) from found
    except (expat.ExpatError, ElementTree.ParseError, ValueError, LookupError, RecursionError) as error:
        raise _damaged() from error
    return _drawn(content)


def _check_markup(content: bytes) -> None:
    """Refuse what is dangerous before anything is built from it: entities, other files, endless depth."""
    depth = 0

    def refuse(*_found: object) -> None:
        raise _Refused("een verwijzing naar iets anders")

    def begin(_name: str, _attributes: Mapping[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _MOST_DEPTH:
            raise _Refused("te veel in elkaar")

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.ProcessingInstructionHandler = refuse
    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.Parse(content, True)


def _check_drawing(root: ElementTree.Element) -> None:
    if root.tag != f"{_NAMESPACE}svg":
        raise _damaged()
    known: dict[str, ElementTree.Element] = {}
    for element in root.iter():
        # What a drawing program notes for itself, in a namespace of its own, is drawn by nobody.
        if element.tag.startswith(_NAMESPACE) and element.tag.removeprefix(_NAMESPACE) not in _KNOWN:
            raise _Refused(f"‘{element.tag.removeprefix(_NAMESPACE)[:40]}’")
        for name, value in element.attrib.items():
            short = name.rpartition("}")[2].lower()
            if short == "href" and not value.startswith("#"):
                raise _Refused("een verwijzing naar iets anders")
            if short.startswith("on"):
                raise _Refused("een opdracht")
            if _OUTWARD.search(value):
                raise _Refused("een verwijzing naar iets anders")
        if _OUTWARD.search(element.text or ""):
            raise _Refused("een verwijzing naar iets anders")
        if found := element.get("id"):
            known.setdefault(found, element)
    _count(root, known, {})


def _count(
    element: ElementTree.Element, known: Mapping[str, ElementTree.Element], counted: dict[ElementTree.Element, int]
) -> int:
    """Return how many shapes an element comes to; a part that repeats itself has no end."""
    if element not in counted:
        # Whoever comes here again before it is done, goes round.
        counted[element] = _MOST_SHAPES
        total = 1 + sum(_count(part, known, counted) for part in element)
        if element.tag == f"{_NAMESPACE}use":
            named = next((value for name, value in element.attrib.items() if name.endswith("href")), "")
            if (part := known.get(named.removeprefix("#"))) is not None:
                total += _count(part, known, counted)
        if total > _MOST_SHAPES:
            raise _Refused("te veel herhaling")
        counted[element] = total
    return counted[element]


def _drawn(content: bytes) -> bytes:
    from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(QByteArray(content))
    size = renderer.viewBoxF().size() if renderer.isValid() else QSizeF()
    if not (0 < size.width() < 1e6 and 0 < size.height() < 1e6):
        raise _damaged()
    scale = _LONGEST_PT / max(size.width(), size.height())
    page = QSizeF(max(1.0, size.width() * scale), max(1.0, size.height() * scale))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    shape = QPageSize(page, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageLayout(QPageLayout(shape, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    painter = QPainter(writer)
    renderer.render(painter, QRectF(0, 0, writer.width(), writer.height()))
    painter.end()
    buffer.close()
    return bytes(buffer.data().data())


def _damaged() -> AppError:
    return AppError("Deze svg is beschadigd of leeg.", "Sla het logo op als pdf of png en kies dat.")
