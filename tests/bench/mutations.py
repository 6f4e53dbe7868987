"""Ways to spoil a file: its bytes, its zip, the XML in it, its text; by a source of chance that can be repeated."""

import io
import random
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Sequence

from tests.bench.file_seeds import Seed

Chance = random.Random
# No mutant is larger: they are many, and what is large is tested by itself.
_MOST_BYTES = 400_000
_BYTES = (
    b"\0",
    b"\xff",
    b"\x7f",
    b"\x80",
    b"\xed\xa0\x80",
    b"\xef\xbb\xbf",
    b"\r",
    b"\n",
    b'"',
    b"<",
    b">",
    b"&",
    b"\x1f",
)
_TEXTS = (
    b'"', b'""', b'";"', b'"' * 3_000, b"\0" * 50, b"\xef\xbb\xbf" * 300, b"\xff\xfe", b"\xc3", b"\xed\xa0\x80",
    b"\x85", b";" * 3_000, b"\t" * 500, b"\r" * 4_000, b"\r\n" * 4_000, b"\n\r", b"\x0b\x0c", b"\xe2\x80\xa8",
    b"a" * 140_000, "🙂".encode(), "\u202e\u200f".encode(), b"sep=;\r\n",
    b"=cmd|' /C calc'!A0", b"Totaal", b"Naam;KvK;Naam;KvK\n",
    b"9" * 400, b"1e999", b"NaN", b"-0", b"--", "€ 1.2.3,4-".encode(), b"(12)", b"99999999", b"9999999999999999",
    b"31-02-2026", b"00-00-0000", b"2026-99-99",
)  # fmt: skip
_NUMBERS = (
    b"0",
    b"-1",
    b"1048577",
    b"65536",
    b"4294967295",
    b"99999999999999999999",
    b"1e308",
    b"1e999",
    b"NaN",
    b"inf",
    b"",
)
_CELLS = (b"XFD1048576", b"A1048577", b"ZZZZ1", b"A0", b"A99999999999", b"", b"1A", b"AAAAAAAAAAAA1", b"a1", b"A1:B2")
_XML = (
    b"&xxe;", b"&#0;", b"&#xD800;", b"<![CDATA[", b"<!--", b"\0", b"\x0b", b"<a>" * 5_000,
    b'<!DOCTYPE x [<!ENTITY a "b">]>', b"</row>", b"</sheetData>", b"<v>",
    b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', b"_xD800_", b"]]>",
    b'<table:table-cell table:number-columns-repeated="999999999" office:value-type="float" office:value="1"/>',
    b'<table:table-row table:number-rows-repeated="999999999">', b'<mergeCell ref="A1:XFD1048576"/>',
)  # fmt: skip


def mutate(chance: Chance, pools: Sequence[Sequence[Seed]]) -> tuple[str, bytes]:
    """Return the name of a seed, every pool as often, and what one to four mutations made of it."""
    seed, other = (chance.choice(chance.choice(pools)) for _ in range(2))
    ways = _WAYS[seed.kind]
    data = seed.data
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        data = chance.choice(ways)(chance, data, other.data)[:_MOST_BYTES]
    return seed.name, data


def _place(chance: Chance, data: bytes) -> int:
    return chance.randrange(len(data) + 1)


def _span(chance: Chance, data: bytes) -> tuple[int, int]:
    begin = _place(chance, data)
    return begin, min(len(data), begin + chance.choice((1, 2, 4, 16, 64, 512, 4096)))


def _flip(chance: Chance, data: bytes, _other: bytes) -> bytes:
    changed = bytearray(data or b"\0")
    for _ in range(chance.choice((1, 1, 2, 8, 40))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _overwrite(chance: Chance, data: bytes, _other: bytes) -> bytes:
    begin, end = _span(chance, data)
    filler = chance.choice((*_BYTES, chance.randbytes(7)))
    return data[:begin] + (filler * (end - begin))[: end - begin] + data[end:]


def _insert(chance: Chance, data: bytes, _other: bytes) -> bytes:
    at = _place(chance, data)
    return data[:at] + chance.choice(_BYTES) * chance.choice((1, 2, 100)) + data[at:]


def _cut(chance: Chance, data: bytes, _other: bytes) -> bytes:
    return data[: _place(chance, data)]


def _cut_out(chance: Chance, data: bytes, _other: bytes) -> bytes:
    begin, end = _span(chance, data)
    return data[:begin] + data[end:]


def _repeat(chance: Chance, data: bytes, _other: bytes) -> bytes:
    begin, end = _span(chance, data)
    return data[:begin] + data[begin:end] * chance.choice((2, 3, 50, 2_000)) + data[end:]


def _swap(chance: Chance, data: bytes, _other: bytes) -> bytes:
    a, b, c = sorted(_place(chance, data) for _ in range(3))
    return data[:a] + data[b:c] + data[a:b] + data[c:]


def _splice(chance: Chance, data: bytes, other: bytes) -> bytes:
    return data[: _place(chance, data)] + other[_place(chance, other) :]


def _set_number(chance: Chance, data: bytes, _other: bytes) -> bytes:
    """Change one number of two, four or eight bytes."""
    layout = chance.choice(("<H", "<I", "<d"))
    value = chance.choice((0, 1, 255, 256, 65_535)) if layout != "<d" else chance.choice((1e308, -1e-300, float("nan")))
    at = _place(chance, data) & ~1
    return data[:at] + struct.pack(layout, value) + data[at + struct.calcsize(layout) :]


def _write_into(chance: Chance, data: bytes, _other: bytes) -> bytes:
    at = _place(chance, data)
    return data[:at] + chance.choice(_TEXTS) + data[at:]


def _put_in_cells(chance: Chance, data: bytes, _other: bytes) -> bytes:
    """Replace some cells; the delimiters stay."""
    put = chance.choice(_TEXTS)
    rate = chance.choice((0.01, 0.1, 0.5))
    return re.sub(rb"[^;,\t|\r\n]+", lambda cell: put if chance.random() < rate else cell[0], data)


def _encode_anew(chance: Chance, data: bytes, _other: bytes) -> bytes:
    known, chosen = (chance.choice(("utf-8", "cp1252", "utf-16", "utf-16-be", "cp850", "utf-32")) for _ in range(2))
    return data.decode(known, errors="replace").encode(chosen, errors="replace")


def _members(data: bytes) -> list[tuple[str, bytes]]:
    try:
        with warnings.catch_warnings(), zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [(member.filename, archive.read(member)) for member in archive.infolist()]
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, LookupError, struct.error, RuntimeError):
        return []


def _zip(members: list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with warnings.catch_warnings():
        # One name twice is what some of these are about.
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(stream, "w", method) as archive:
            for name, content in members:
                archive.writestr(name or "naamloos", content)
    return stream.getvalue()


def _rearrange(chance: Chance, data: bytes, other: bytes) -> bytes:
    """Drop, double, exchange or inflate members, or add those of another file."""
    members = _members(data)
    if not members:
        return _flip(chance, data, other)
    at, to = (chance.randrange(len(members)) for _ in range(2))
    name, content = members[at]
    match chance.randrange(6):
        case 0:
            del members[at]
        case 1:
            members.insert(to, members[at])
        case 2:
            members[at], members[to] = (name, members[to][1]), (members[to][0], content)
        case 3:
            members += _members(other)
        case 4:
            members[at] = (name, content[:_MOST_BYTES] + chance.choice((b"\0", b"  ")) * chance.choice((9, 25_000_000)))
        case _:
            members[at] = (
                chance.choice((name.upper(), f"../{name}", f"/{name}", name.replace("/", "\\"))),
                content,
            )
    # The slow one is there to be refused.
    is_small = sum(len(content) for _, content in members) < _MOST_BYTES
    return _zip(members, chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2 if is_small else zipfile.ZIP_STORED)))


def _lie(chance: Chance, data: bytes, _other: bytes) -> bytes:
    """Change a field in the headers of a zip: sizes, places, flags, methods."""
    changed = bytearray(data)
    mark, fields = chance.choice(
        (
            (b"PK\1\2", (8, 10, 16, 20, 24, 28, 30, 42)),
            (b"PK\3\4", (6, 8, 14, 18, 22, 26, 28)),
            (b"PK\5\6", (8, 10, 12, 16)),
        )
    )
    places = [found.start() for found in re.finditer(re.escape(mark), data)]
    for place in chance.sample(places, min(len(places), chance.choice((1, 1, 3)))):
        at = place + chance.choice(fields)
        value = chance.choice((0, 1, 8, 65_535, 1_000_000, 250_000_000, 2**32 - 1, chance.getrandbits(32)))
        changed[at : at + 4] = struct.pack("<I", value)
    return bytes(changed)


def _spoil_part(chance: Chance, data: bytes, other: bytes) -> bytes:
    """Change the text of one member and pack it well again, so that it is really read."""
    members = _members(data)
    parts = [at for at, (name, _) in enumerate(members) if name.endswith((".xml", ".rels"))]
    sheets = [at for at in parts if re.search(r"worksheets/|content\.xml|sharedStrings", members[at][0])]
    if not parts:
        return _flip(chance, data, other)
    at = chance.choice(sheets if sheets and chance.random() < 0.7 else parts)
    name, content = members[at]
    members[at] = (name, chance.choice(_XML_WAYS)(chance, content, other)[: 20 * _MOST_BYTES])
    return _zip(members)


def _change_some(pattern: bytes, choices: Sequence[bytes]) -> Callable[[Chance, bytes, bytes], bytes]:
    def change(chance: Chance, data: bytes, _other: bytes) -> bytes:
        put, rate = chance.choice(choices), chance.choice((0.01, 0.1, 1.0))
        return re.sub(pattern, lambda found: put if chance.random() < rate else found[0], data)

    return change


def _insert_xml(chance: Chance, data: bytes, _other: bytes) -> bytes:
    tags = [found.start() for found in re.finditer(b"[<>]", data)] or [0]
    at = chance.choice(tags) + chance.randrange(2)
    return data[:at] + chance.choice(_XML) * chance.choice((1, 1, 20)) + data[at:]


_ANY = (_flip, _overwrite, _insert, _cut, _cut_out, _repeat, _swap, _splice)
_VALUES = (
    _change_some(rb"(?<=r=\")[A-Z]+[0-9]+", _CELLS),
    _change_some(rb"(?<=[\">])-?[0-9.]+", _NUMBERS),
    _change_some(rb" t=\"\w+\"", (b' t="e"', b' t="b"', b' t="d"', b' t="inlineStr"', b' t="s"', b"")),
    _change_some(rb"(?<=>)[^<>]+(?=<)", _TEXTS),
)
_XML_WAYS = (*_ANY, *_VALUES * 3, _insert_xml, _insert_xml, _change_some(rb"<[^>]*>", (b"", b"<", b"<a>")))
_WAYS = {
    "text": (*_ANY, _write_into, _write_into, _put_in_cells, _put_in_cells, _encode_anew),
    "zip": (_flip, _cut, _repeat, _splice, _rearrange, _rearrange, _lie, _lie, *[_spoil_part] * 16),
    "ole": (*_ANY, *[_flip] * 6, *[_set_number] * 10),
}
