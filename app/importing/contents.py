"""What stands below a heading, and whether that is what the heading promises."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence

from app.importing.amounts import looks_like_amount
from app.importing.cleaning import Misfit, is_nothing, plain_text
from app.importing.dates import read_dates
from app.importing.headings import Header, guesses_of
from app.importing.levels import parse_level, parse_status
from app.importing.meanings import OPEN_FROM, OPEN_TO
from app.importing.people import split_kvk
from app.importing.tables import Cell, RawTable
from app.importing.vocabulary import Guess

# From this confidence on the heading decides, whatever stands below it: then what does not fit is a fault.
CERTAIN = 0.85
_SAMPLE = 5000
# So many rows that hold the same do so for a reason.
_MANY = 20
_AMOUNTS = frozenset({"amount", "invoiced"})
_DATES = frozenset({"contract_from", "contract_to", "valid_from", "valid_to", "status_on", OPEN_FROM, OPEN_TO})
_DUTCH = re.compile(
    r"naam|plaats|bedrag|leverancier|crediteur|omzet|straat|adres|telefoon|datum|jaar|opdracht|nummer|trede|gefactureerd|"
    r"betaald|btw|kvk|bedrijf|geldig|waarde|uitgaven|categorie|looptijd",
    re.IGNORECASE,
)
_DUTCH_POSTCODE = re.compile(r"^[1-9]\d{3} ?[A-Z]{2}\b")
_REGISTER_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_CALLED_NAME = re.compile(r"naam|name", re.IGNORECASE)
# What stands in a cell that answers a question and names nobody.
_ANSWERS = frozenset({"ja", "nee", "yes", "no", "y", "n", "true", "false", "n/a", "n.v.t.", "various", "x"})


class Contents:
    """The first rows of a table, column by column. `names` is set once the column of the name is known."""

    def __init__(self, table: RawTable, header: Header) -> None:
        """Take a sample; nothing is read yet."""
        self.header = header
        self.rows = [row for row in table.rows[header.first_data :] if any(cell is not None for cell in row)][:_SAMPLE]
        self.is_dutch = table.delimiter == ";" or is_dutch(header)
        self.names: list[str] = []
        self._texts: dict[int, list[str]] = {}
        # An export of a register keeps what its headings promise.
        self.is_export = any(map(self._holds_register_ids, range(len(header.headings))))

    def name_quality(self, index: int, guess: Guess) -> float:
        """Return how well a column does as the name; 0 where it only answers a question.

        A heading that says "name" is believed, whatever stands below it.
        """
        values = [text for text in self.column(index) if text]
        if not values:
            return guess.confidence * 0.1
        distinct = set(values)
        is_called_name = self.is_export or _CALLED_NAME.search(self.header.headings[index])
        if not is_called_name and {text.casefold() for text in distinct} <= _ANSWERS:
            return 0.0
        lettered = sum(any(character.isalpha() for character in text) for text in distinct) / len(distinct)
        constant = 1.0
        if len(values) >= _MANY and len(distinct) == 1:
            # "Analysis Name" with the same words in every row names nobody; a file about one supplier may be.
            constant = 0.5 if guess.confidence >= CERTAIN else 0.0
        return guess.confidence * constant * (1.0 if lettered >= 0.5 else 0.2)

    def holds_names(self, index: int) -> bool:
        """Whether a column holds words and no numbers or codes."""
        values = {split_kvk(text)[0] for text in self.column(index) if text}
        wordy = sum(" " in text.strip() and sum(c.isalpha() for c in text) > len(text) / 2 for text in values)
        return bool(values) and wordy / len(values) >= 0.6

    def hold_kvk(self, index: int) -> bool:
        """Whether the names in a column have a KvK number in brackets behind them, all but a few."""
        numbers = [split_kvk(text)[1] for text in self.column(index) if text]
        says_kvk = any(guess.field == "kvk" for guess in guesses_of(self.header.headings[index]))
        return sum(map(bool, numbers)) > 0.8 * len(numbers) and (self.is_dutch or says_kvk)

    def fits(self, index: int, guess: Guess) -> bool:
        """Whether what stands in the column is what its heading promises."""
        field, sure = guess.field, guess.confidence
        if field == "register_id" or (self.is_export and sure >= CERTAIN):
            return self.is_export
        cells = self._cells(index)
        filled = [cell for cell in cells if cell is not None]
        if field == "own_number":
            return self._identifies(index, guess)
        if field in {"city", "country"}:
            return not filled or _share(filled, looks_like_amount) <= 0.5
        if field == "category":
            return self._is_constant_per_name(index, tolerance=0.3, at_least=3)
        if field == "kvk" and sure < 0.75:
            return self._is_dutch_kvk(filled, index)
        if field == "btw_id" and sure < CERTAIN:
            return (
                _share(filled, lambda cell: bool(re.search(r"[A-Za-z]{2}.*\d|^[\d .]{9,}$", plain_text(cell)))) >= 0.5
            )
        if field in _AMOUNTS or field == "contract_total":
            threshold = 0.5 if sure < CERTAIN or len(filled) >= 20 else 0.0
            return _share(filled, looks_like_amount) >= threshold
        if field == "date" or (field in _DATES and sure < CERTAIN):
            return _reads_as_dates(filled, whole=field != "date") >= (0.7 if field == "date" else 0.5)
        if field == "level" and sure < CERTAIN:
            return bool(filled) and _share(filled, _parses(parse_level)) >= 0.5
        if field == "certificate_status" and sure < CERTAIN:
            return bool(filled) and _share(filled, _parses(parse_status)) >= 0.9
        return True

    def holds_a_status(self, index: int) -> bool:
        """Whether something in a column is the status of a certificate."""
        return any(map(_parses(parse_status), filter(None, self.column(index))))

    def _holds_register_ids(self, index: int) -> bool:
        """Whether a column holds keys of a register; the number of a trade register is called so too."""
        if all(guess.field != "register_id" for guess in guesses_of(self.header.headings[index])):
            return False
        return any(map(_REGISTER_ID.fullmatch, self.column(index)))

    def _identifies(self, index: int, guess: Guess) -> bool:
        """Whether a number names a supplier, and not an invoice, a line or a group of suppliers.

        A heading such as "crediteurnummer" is only doubted for a column full of contradictions; a vague one at once.
        """
        if not self.names:
            return guess.confidence >= 0.75
        is_sure = guess.confidence >= CERTAIN
        tolerance, at_least = (0.5, 3) if is_sure else (0.1, 1)
        if self.holds_names(index) or not self._is_constant_per_name(
            index, tolerance=tolerance, at_least=at_least, of_all=is_sure
        ):
            return False
        names_of: dict[str, set[str]] = defaultdict(set)
        for name, number in zip(self.names, self.column(index), strict=True):
            if name and number:
                names_of[number].add(name)
        # How many names more than numbers: one number for everybody is the number of who pays.
        extra = sum(len(names) - 1 for names in names_of.values())
        # A vague heading beside dates is more likely a number of invoices, all different.
        is_vague = guess.confidence < 0.75
        if is_vague and len(set(self.names)) == len(self.names) and self._has_dates():
            return False
        return extra < at_least or extra / len(set(self.names)) <= tolerance

    def _has_dates(self) -> bool:
        headings = [guesses_of(heading) for heading in self.header.headings if heading]
        return any(guess.field == "date" for found in headings for guess in found)

    def _is_constant_per_name(self, index: int, *, tolerance: float, at_least: int, of_all: bool = False) -> bool:
        values_of: dict[str, set[str]] = defaultdict(set)
        times: dict[str, int] = defaultdict(int)
        for name, value in zip(self.names, self.column(index), strict=False):
            if name and value:
                values_of[name].add(value)
                times[name] += 1
        repeated = [name for name, count in times.items() if count > 1]
        differing = sum(len(values_of[name]) > 1 for name in repeated)
        # Some namesakes in a list of everybody say nothing against a heading that is sure.
        return differing < at_least or differing / len(times if of_all else repeated) <= tolerance

    def _is_dutch_kvk(self, filled: Sequence[Cell], index: int) -> bool:
        if _share(filled, lambda cell: bool(re.fullmatch(r"\d{8}", plain_text(cell)))) < 0.9 or not filled:
            return False
        if self.is_dutch or re.search(r"identificatie|registratie|kvk", self.header.headings[index], re.IGNORECASE):
            return True
        texts = [self.column(index) for index in range(len(self.header.headings))]
        return any(
            values and sum(bool(_DUTCH_POSTCODE.match(value)) for value in values) > len(values) / 2
            for values in ([value for value in column if value] for column in texts)
        )

    def _cells(self, index: int) -> list[Cell]:
        return [row[index] if index < len(row) else None for row in self.rows]

    def column(self, index: int) -> list[str]:
        """Return the texts of a column, "" where nothing stands."""
        if index not in self._texts:
            texts = [plain_text(cell) for cell in self._cells(index)]
            self._texts[index] = ["" if is_nothing(text) else text for text in texts]
        return self._texts[index]


def is_dutch(header: Header) -> bool:
    """Whether the headings are Dutch."""
    return any(_DUTCH.search(heading) for heading in header.headings)


def _share(filled: Sequence[Cell], test: Callable[[Cell], bool]) -> float:
    return sum(map(test, filled)) / len(filled) if filled else 1.0


def _parses(parse: Callable[[str], object]) -> Callable[[Cell], bool]:
    def test(cell: Cell) -> bool:
        try:
            parse(plain_text(cell))
        except ValueError:
            return False
        return True

    return test


def _reads_as_dates(filled: Sequence[Cell], *, whole: bool) -> float:
    values = [value for value in read_dates(filled, whole=whole).values if value is not None]
    return sum(not isinstance(value, Misfit) for value in values) / len(values) if values else 0.0
