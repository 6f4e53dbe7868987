"""Small whole files of every format that is read, from which the mutated ones are made."""

import io
import struct
import zipfile
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter

SUPPLIERS: list[list[Any]] = [
    ["Crediteurnr", "Naam", "KvK-nummer", "Adres", "Postcode", "Plaats", "Telefoon", "E-mail", "Opdrachten 2026"],
    *(
        [40000 + n, f"Café {n} Proef B.V.", f"{n + 10:08d}", f"Dijk {n}", "6041 AB", "Roermond", f"0475-{n:06d}",
         f"info{n}@firma.test", n * 1234.5]
        for n in range(1, 25)
    ),
]  # fmt: skip
CERTIFICATES: list[list[Any]] = [
    ["Organisatie", "KvK", "Trede", "Plaats", "Geldig van", "Geldig tot"],
    *(
        [f"Café {n} Proef B.V.", n + 10, f"Trede {1 + n % 3}", "Weert", date(2025, 3, 1 + n), date(2027, 3, 1 + n)]
        for n in range(1, 20)
    ),
]
LINES: list[list[Any]] = [
    ["Overzicht inkoop", None, None, None],
    [None, None, None, None],
    ["Leverancier", "Datum", "Factuur", "Bedrag excl. btw"],
    *([f'Firma "{n % 5}" Één', date(2026, 1 + n % 12, 1 + n), f"F{n:04d}", 99.95 - n * 25] for n in range(28)),
    ["Totaal", None, None, 1234.56],
]


class Seed(NamedTuple):
    """A whole file; `kind` is zip, ole or text."""

    name: str
    kind: str
    data: bytes


def own_seeds() -> list[list[Seed]]:
    """Return the seeds that are made here, by format."""
    texts = [
        ("utf-8.csv", "utf-8", ";", "\r\n"), ("bom.csv", "utf-8-sig", ";", "\n"), ("cp1252.csv", "cp1252", ";", "\r\n"),
        ("utf-16.txt", "utf-16", "\t", "\r\n"), ("comma.csv", "utf-8", ",", "\n"), ("cr.csv", "utf-8", "|", "\r"),
    ]  # fmt: skip
    tables = [*enumerate((SUPPLIERS, CERTIFICATES, LINES))]
    return [
        [Seed(f"{at}-{name}", "text", _text(table, *dialect)) for at, table in tables for name, *dialect in texts],
        [Seed(f"{at}.xlsx", "zip", _xlsx(table)) for at, table in tables],
        [Seed(f"{at}.ods", "zip", _ods(table)) for at, table in tables],
        [Seed(f"{at}.xls", "ole", _xls(table)) for at, table in tables],
    ]


def found_seeds(folder: Path) -> list[Seed]:
    """Return the files of a folder that look like tables; none where it is absent."""
    kinds = {b"PK\x03\x04": "zip", b"\xd0\xcf\x11\xe0": "ole"}
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix not in {".md", ".json"})
    contents = [(path.name, path.read_bytes()) for path in paths]
    return [Seed(name, kinds.get(data[:4], "text"), data) for name, data in contents]


def _text(table: list[list[Any]], encoding: str, delimiter: str, end: str) -> bytes:
    def written(cell: Any) -> str:
        text = "" if cell is None else f"{cell:%d-%m-%Y}" if isinstance(cell, date) else str(cell)
        if isinstance(cell, float):
            text = f"{cell:.2f}".replace(".", ",")
        return '"' + text.replace('"', '""') + '"' if set(text) & {'"', delimiter} else text

    return "".join(delimiter.join(map(written, row)) + end for row in table).encode(encoding)


def _xlsx(table: list[list[Any]]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        sheet = book.add_worksheet("Lijst")
        for r, row in enumerate(table):
            for c, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(r, c, cell, day)
                elif cell is not None:
                    sheet.write(r, c, cell)
        sheet.set_row(3, None, None, {"hidden": True})
        sheet.write_formula(len(table), 1, "=SUM(B1:B3)", None, 12.5)
        sheet.merge_range(len(table) + 1, 0, len(table) + 1, 2, "samengevoegd")
        book.add_worksheet("Geheim").hide()
    return stream.getvalue()


def _ods(table: list[list[Any]]) -> bytes:
    def cell(value: Any) -> str:
        if value is None:
            return "<table:table-cell/>"
        if isinstance(value, date):
            return f'<table:table-cell office:value-type="date" office:date-value="{value}"/>'
        if isinstance(value, int | float):
            return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'

    rows = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in table)
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="Lijst">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", '<?xml version="1.0"?><manifest/>')
    return stream.getvalue()


def _xls(table: list[list[Any]]) -> bytes:
    """Return the records (BIFF8) of one sheet, as the only stream of a compound file."""
    texts = list(dict.fromkeys(str(cell) for row in table for cell in row if isinstance(cell, str | date)))
    shared = b"".join(struct.pack("<HB", len(text), 1) + text.encode("utf-16-le") for text in texts)
    cells = b""
    for r, row in enumerate(table):
        for c, cell in enumerate(row):
            if isinstance(cell, int | float):
                cells += _record(0x0203, struct.pack("<HHHd", r, c, 0, cell))
            elif cell is not None:
                cells += _record(0x00FD, struct.pack("<HHHI", r, c, 0, texts.index(str(cell))))
    size = struct.pack("<IIHHH", 0, len(table), 0, len(table[0]), 0)
    sheet = _begin(0x10) + _record(0x0200, size) + cells + _record(0x000A)

    def book(place: int) -> bytes:
        name = struct.pack("<IHBB", place, 0, 5, 0) + b"Lijst"
        strings = struct.pack("<II", len(texts), len(texts)) + shared
        return _begin(0x05) + _record(0x0085, name) + _record(0x00FC, strings) + _record(0x000A)

    return _compound((book(len(book(0))) + sheet).ljust(4096, b"\0"))


def _record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _begin(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 1996, 0, 6))


def _compound(stream: bytes) -> bytes:
    sectors = -(-len(stream) // 512)
    last, none, of_table = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, last, 0, last, 0) + struct.pack("<109I", 0, *[none] * 108)
    table = [of_table, last, *range(3, 2 + sectors), last]
    directory = _entry("Root Entry", 5, child=1, start=last) + _entry("Workbook", 2, start=2, size=len(stream))
    return b"".join(
        (
            header,
            struct.pack("<128I", *table, *[none] * (128 - len(table))),
            directory.ljust(512, b"\0"),
            stream.ljust(sectors * 512, b"\0"),
        )
    )


def _entry(name: str, kind: int, *, start: int, child: int = 0xFFFFFFFF, size: int = 0) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)
