"""What a column heading means: Dutch and English words, put together to concepts, and concepts to fields.

Nothing here looks at the cells below a heading; `columns` does, and decides.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from app.domain.names import fold

# What a column may be used for. Scripts rely on these names.
FIELDS = tuple(
    "name trade_name own_number kvk btw_id street house_number house_addition postcode city country phone email "
    "contact category key_partner postal_street postal_house_number postal_postcode postal_city "
    "amount invoiced date contract_number contract_title contract_from contract_to contract_total "
    "level plus30 valid_from valid_to certificate_number certificate_status status_on covers_kvk issuer".split()
)

# Dates whose heading does not say of what: `columns` decides by the other columns.
OPEN_FROM, OPEN_TO = "open_from", "open_to"
# A heading that says "contract" and no more: its contents tell number from title.
OPEN_CONTRACT = "open_contract"

_WORDS = {
    "party": "leverancier leveranciers crediteur crediteuren supplier suppliers vendor vendors creditor payee beneficiary "
    "opdrachtnemer contractant wederpartij contractpartij aannemer contractor begunstigde",
    "weak_party": "bedrijf bedrijfs firma onderneming company relatie organisatie organisation organization instelling "
    "ontvanger recipient klant customer debiteur debiteuren debtor afnemer houder holder certificaathouder partij business firm",
    "buyer": "body entity authority ministerie ministry directorate department departmental dept service services afdeling "
    "opdrachtgever payer buyer purchasing paying council unit organisational family kostenplaats inkoper besteller budget",
    "name": "naam name benaming bedrijfsnaam",
    "nr": "nummer nr number no num code id ref reference referentie",
    "nrs": "nummers numbers nrs",
    "desc": "omschrijving description beschrijving",
    "title": "titel title onderwerp",
    "kvk": "kvk kvknr coc handelsregister",
    "registration": "identificatie registratie registration aansluit registratienummer identification",
    "vat": "btw vat omzetbelasting",
    "street": "adres address straat street straatnaam adresregel",
    "house": "huis house",
    "hnr": "huisnummer huisnr huisno",
    "addition": "toevoeging huisletter toev",
    "postcode": "postcode zip zipcode pc",
    "city": "plaats plaatsnaam woonplaats vestigingsplaats city town stad",
    "country": "land country landcode landnaam",
    "visit": "bezoek vestiging vestigings visiting hoofd hoofdvestiging",
    "post": "post correspondentie mailing postal",
    "phone": "telefoon tel telephone phone telnr",
    "mobile": "mobiel mobile gsm",
    "email": "email mail",
    "contact": "contact contactpersoon contactpersonen contactperson tav attn",
    "person": "persoon person",
    "category": "categorie category branche segment productgroep inkoopcategorie inkooppakket inkoopsegment",
    "keypartner": "ketenpartner ketenpartners keypartner comaker",
    "trade": "handelsnaam handelsnamen tradename",
    "amount": "bedrag bedragen amount omzet spend opdrachtsom opdrachten opdrachtwaarde opdrachtvolume inkoopvolume volume "
    "value waarde opdrachtbedrag uitgaven besteding bestedingen turnover som sum orderwaarde realisatie expenditure inkopen",
    "annual": "annual yearly jaarlijks jaarlijkse",
    "total": "totaal total totale",
    "inv": "gefactureerd gefactureerde factuur facturen invoice invoiced invoices betaald betaalde betaling betalingen "
    "betaal paid payment",
    "net": "net netto excl exclusief exclusive ex excluding zonder",
    "gross": "gross bruto incl inclusief inclusive including",
    "contract": "contract contracten contracts overeenkomst raamovereenkomst raamcontract opdracht",
    "term": "looptijd contractduur contractperiode",
    "from": "vanaf start startdatum begin begindatum ingang ingangs ingangsdatum aanvang aanvangs aanvangsdatum sinds",
    "to": "tm eind einde einddatum end until expiratie expiratiedatum expiry expires expiration afloop afloopdatum verval "
    "vervaldatum verloop verloopdatum verloopt vervalt",
    "from?": "van from",
    "to?": "tot to",
    "valid": "geldig geldigheid geldigheids valid validity",
    "issue": "afgifte uitgifte issue issued afgegeven",
    "cert": "certificaat certificaten certificate cert keurmerk",
    "issuer": "issuer certificeerder",
    "status": "status",
    "withdrawn": "ingetrokken intrekking withdrawn withdrawal",
    "pso": "pso",
    "level": "trede niveau level prestatieniveau",
    "plus": "30plus plus30 abw",
    "covers": "dekt dekking gedekt gedekte geldt covers covered",
    "date": "datum date dag day",
    "booking": "boek boekings transactie transaction clearing effective",
    "period": "periode period maand month",
    "year": "jaar year boekjaar jaartal",
    # Words that say nothing about which column it is.
    "": "de het een of the en and in op for voor bij gl line eur euro euros gbp ad uw our ons onze local internal full officiele "
    "eigen per met boekhoudsysteem legal last laatste our all onder where",
    # Words that make a heading something else altogether.
    "never": "type soort aantal count percentage procent drempel staffel valuta currency rekening account iban bic bank fax "
    "website url internet www sequence offerte financial fiscal mkb sme cost btwcode kostensoort",
}
_CONCEPT = {word: concept for concept, line in _WORDS.items() for word in line.split()}
_LONG_WORDS = [word for word, concept in _CONCEPT.items() if len(word) >= 6 and concept]

_PHRASES = (
    (r"kamer van koophandel|chamber of commerce|k\.?\s?v\.?\s?k\b\.?", "kvk"),
    (r"\bt\.?\s?a\.?\s?v\b\.?|ter attentie van", "tav"),
    (r"\bt\s?/\s?m\b|\btot en met\b", "tm"),
    (r"\be[\s-]mail", "email"),
    (r"30\s?\+|\b30[\s-]?plus\b|\bplus[\s-]?30\b", " 30plus "),
    (r"\b(post|postal|zip)[\s-]code\b", "postcode"),
    (r"\bvat\s?reg(istration)?\.?\s?(no|nr|number)?\b", "btw nummer"),
    (r"\bbtw[\s-]?id\b", "btw nummer"),
    (r"\btrad(e|ing) (name|as)\b|\bhandelt onder( de naam)?\b", "handelsnaam"),
    (r"\bkey[\s-]partner\b|\bco[\s-]maker\b", "ketenpartner"),
    (r"\bcertificerende instelling\b|\bcertifying body\b|\b(uitgegeven|afgegeven|issued) (door|by)\b", "issuer"),
    (r"\b(eigen|ons|our|own) (nummer|nr|number|no|code)\b", "leverancier nummer"),
    (r"%", " procent "),
    (r"\bper jaar\b|\bper annum\b|\bp\.?j\b\.?", "annual"),
    (r"\bjaar(omzet|bedrag|waarde|volume)\b", r"annual \1"),
    (r"\bcompany (no|nr|number|registration)\b", "registration nummer"),
    (r"\b(house|huis)\s?(number|nummer|nr|no)\b", "huisnummer"),
)

_ALLOWED_UNKNOWN = {
    "name": 2,
    "amount": 2,
    "invoiced": 2,
    "date": 0,
    OPEN_FROM: 0,
    OPEN_TO: 0,
    "valid_from": 1,
    "level": 1,
}

# Below this a heading says too little.
_FLOOR = {"own_number": 0.5, "amount": 0.45, "invoiced": 0.45}

# Sets of concepts -> field and confidence. "party" stands for both kinds of party; see _as_party.
_MEANINGS: dict[frozenset[str], tuple[tuple[str, float], ...]] = {}


def _means(field: str, confidence: float, *sets: str) -> None:
    for words in sets:
        key = frozenset(words.split())
        _MEANINGS[key] = (*_MEANINGS.get(key, ()), (field, confidence))


_means("name", 1.0, "party name")
_means("name", 0.95, "name", "party", "contract party", "contract party name", "cert party", "cert party name")
_means("name", 0.8, "party desc")
_means("trade_name", 1.0, "trade", "trade party", "trade name")
_means("own_number", 1.0, "party nr")
_means("own_number", 0.5, "nr", "registration", "registration nr", "party registration", "party registration nr")
_means("kvk", 1.0, "kvk", "kvk nr", "kvk party", "kvk party nr")
_means("kvk", 0.8, "kvk registration", "kvk registration nr", "kvk cert", "kvk cert nr")
_means("kvk", 0.55, "kvk nrs", "registration", "registration nr", "party registration", "party registration nr")
_means("covers_kvk", 1.0, "covers kvk", "covers kvk nr", "covers kvk nrs", "covers")
_means(
    "covers_kvk",
    0.9,
    "cert kvk nrs",
    "valid kvk",
    "valid kvk nr",
    "valid kvk nrs",
    "covers cert",
    "covers cert kvk nrs",
)
_means("covers_kvk", 0.6, "kvk nrs")
_means("btw_id", 1.0, "vat nr")
_means("btw_id", 0.6, "vat")
_means("street", 0.95, "street", "street name", "street nr", "street hnr", "street house nr")
_means("house_number", 1.0, "hnr", "hnr addition", "house nr")
_means("house_addition", 0.9, "addition", "hnr addition desc")
_means("postcode", 1.0, "postcode")
_means("postcode", 0.95, "postcode city")
_means("city", 1.0, "city", "city name")
_means("country", 1.0, "country", "country name", "country nr")
for _part in ("street", "postcode", "city"):
    _means(f"postal_{_part}", 1.0, f"post {_part}")
_means("postal_house_number", 1.0, "post hnr", "post house nr", "post hnr addition")
_means("phone", 1.0, "phone", "phone nr", "contact phone", "contact phone nr")
_means("phone", 0.8, "mobile", "mobile nr", "phone mobile", "phone mobile nr")
_means("email", 1.0, "email", "email street", "contact email", "contact email street")
_means("contact", 1.0, "contact", "contact name", "contact person", "contact person name", "contact party")
_means("category", 1.0, "category", "party category")
_means("key_partner", 1.0, "keypartner")
_means("amount", 1.0, "annual amount", "annual amount contract", "annual amount total")
_means("amount", 0.95, "amount", "amount party", "annual")
_means("amount", 0.9, "amount total", "amount annual total contract")
_means("amount", 0.8, "amount year")
_means("amount", 0.5, "total")
_means("invoiced", 1.0, "inv amount", "inv amount total", "inv amount annual", "inv amount year")
_means("invoiced", 0.85, "inv", "inv total")
_means("contract_total", 0.95, "contract amount total")
_means("contract_total", 0.8, "contract amount", "contract total")
_means("date", 1.0, "year")
_means("date", 0.95, "inv date", "inv year", "date booking inv")
_means("date", 0.9, "date")
_means("date", 0.85, "date booking", "inv period")
_means("date", 0.7, "period", "period year", "date period")
_means("contract_number", 1.0, "contract nr", "contract party nr")
_means("contract_title", 1.0, "contract title", "contract name")
_means("contract_title", 0.9, "contract desc")
_means(OPEN_CONTRACT, 0.7, "contract")
_means("contract_from", 1.0, "contract from", "contract from date", "term from", "term from date", "contract term from")
_means("contract_to", 1.0, "contract to", "contract to date", "term to", "term to date", "contract term to")
_means(OPEN_FROM, 0.8, "from", "from date")
_means(OPEN_TO, 0.8, "to", "to date")
_means(
    "valid_from",
    1.0,
    "valid from",
    "valid from date",
    "cert from",
    "cert from date",
    "cert valid from",
    "pso from",
    "pso valid from",
)
_means("valid_from", 0.85, "issue", "issue date", "cert issue date", "cert issue", "cert date", "pso date")
_means(
    "valid_to", 1.0, "valid to", "valid to date", "cert to", "cert to date", "cert valid to", "pso to", "pso valid to"
)
_means("valid_to", 0.7, "valid date", "cert valid date")
_means("certificate_number", 1.0, "cert nr", "cert pso nr", "cert registration nr", "cert registration")
_means("certificate_number", 0.7, "pso nr")
_means("certificate_status", 1.0, "cert status", "cert pso status")
_means("certificate_status", 0.6, "status", "pso status")
_means(
    "status_on",
    1.0,
    "status date",
    "cert status date",
    "withdrawn date",
    "withdrawn",
    "cert withdrawn",
    "status from",
    "pso status date",
)
_means("issuer", 1.0, "issuer", "cert issuer")
_means("level", 1.0, "level", "pso level", "cert level", "cert pso level", "level plus", "pso level plus")
_means("level", 0.65, "pso", "pso status", "cert pso")
_means("plus30", 1.0, "plus", "pso plus", "cert plus", "cert pso plus", "party plus")


@dataclass(frozen=True, slots=True)
class Guess:
    """What a heading may mean. `year` is the year that stands in it; `is_gross` that the amounts are incl. btw."""

    field: str
    confidence: float
    year: int | None = None
    is_gross: bool = False


def key_of(heading: str) -> str:
    """Return a heading as compared with what the user typed: no case, accents or spaces."""
    return "".join(fold(heading).split())


@lru_cache(maxsize=4096)
def recognise(heading: str) -> tuple[Guess, ...]:
    """Return what a heading may mean, the likeliest first; nothing for a heading that says nothing."""
    concepts, unknown, year = _concepts(heading)
    if "never" in concepts or (not concepts and year is None):
        return ()
    if not concepts:
        return (Guess("amount", 0.85, year),) if not unknown else ()
    # "Including extensions" says nothing about VAT.
    is_gross = "gross" in concepts and ("vat" in concepts or not unknown)
    is_net = "net" in concepts
    concepts -= {"net", "gross"}
    if is_net or is_gross:
        concepts -= {"vat"}
        concepts = concepts or frozenset({"amount"})
    elif "vat" in concepts and "amount" in concepts:
        return ()
    if "buyer" in concepts:
        return ()
    found: list[Guess] = []
    for field, confidence in _lookup(concepts):
        if len(unknown) > _ALLOWED_UNKNOWN.get(field, 1):
            continue
        sure = confidence * 0.9 ** len(unknown) + (0.02 if is_net else -0.3 if is_gross else 0.0)
        if sure < _FLOOR.get(field, 0.4):
            continue
        found.append(Guess(field, round(sure, 3), year if field in {"amount", "invoiced"} else None, is_gross))
    return tuple(sorted(found, key=lambda guess: -guess.confidence))


def _lookup(concepts: frozenset[str]) -> list[tuple[str, float]]:
    """Look a set of concepts up, first whole, then without the words that only say whose column it is."""
    weak = "weak_party" in concepts
    whole = _as_party(concepts)
    for dropped, factor in (
        (frozenset(), 1.0),
        ({"visit"}, 1.0),
        ({"party"}, 0.95),
        ({"party", "visit"}, 0.95),
        ({"street"}, 1.0),
        ({"street", "visit"}, 1.0),
        ({"inv"}, 0.6),
    ):
        meaning = _MEANINGS.get(whole - dropped)
        if meaning and (not dropped or dropped <= whole):
            is_own = weak and meaning[0][0] in {"name", "own_number"}
            # The address on an invoice is an address; an invoice date is nothing but a date.
            if dropped == {"inv"} and meaning[0][0] not in {
                "street",
                "postcode",
                "city",
                "hnr",
                "house_number",
                "country",
                "email",
            }:
                continue
            return [(field, sure * factor * (0.88 if is_own else 1.0)) for field, sure in meaning]
    return []


def _as_party(concepts: frozenset[str]) -> frozenset[str]:
    return frozenset("party" if concept == "weak_party" else concept for concept in concepts)


def _concepts(heading: str) -> tuple[frozenset[str], list[str], int | None]:
    """Return the concepts in a heading, the words that are not known, and the year that stands in it."""
    text = re.sub(r"(?<=[a-z]{3})(?=[A-Z])", " ", heading)
    text = fold(text).replace("_", " ")
    for pattern, word in _PHRASES:
        text = re.sub(pattern, f" {word} ".replace("  ", " "), text)
    year: int | None = None
    concepts: set[str] = set()
    unknown: list[str] = []
    typos: list[str] = []
    for word in re.findall(r"[a-z0-9]+", text):
        if re.fullmatch(r"(19|20)\d\d", word):
            year = int(word)
        elif word.isdigit():
            # "Adres 2" is not the street.
            concepts |= {"never"} if word in {"2", "3", "4"} else set()
        elif len(word) > 1:
            parts = _parts(word)
            concepts |= set(parts)
            if not parts:
                (typos if _misspelt(word) else unknown).append(word)
    # Beside words that are not known, a word that is nearly one of ours is just another word.
    if unknown:
        unknown += typos
    else:
        concepts |= {_CONCEPT[known] for word in typos if (known := _misspelt(word))}
    concepts.discard("")
    loose = concepts & {"from?", "to?"}
    concepts -= loose
    # "van" and "tot" are a beginning and an end only beside a contract, a certificate or a date, or alone.
    if concepts <= {"contract", "term", "valid", "cert", "pso", "date"} and not unknown:
        concepts |= {word[:-1] for word in loose}
    return frozenset(concepts), unknown, year


@lru_cache(maxsize=4096)
def _parts(word: str) -> tuple[str, ...]:
    """Return the concepts of a word that is known, or a compound of known words."""
    if word in _CONCEPT:
        return (_CONCEPT[word],)
    for cut in range(len(word) - 2, 2, -1):
        head, tail = word[:cut], word[cut:]
        if tail in _CONCEPT and _CONCEPT[tail]:
            for known in (head, head.removesuffix("s"), head.removesuffix("en"), head.removesuffix("e")):
                if _CONCEPT.get(known):
                    return (_CONCEPT[known], _CONCEPT[tail])
            head_parts = _parts(head) if len(head) >= 6 else ()
            if len(head_parts) > 1:
                return (*head_parts, _CONCEPT[tail])
    return ()


@lru_cache(maxsize=4096)
def _misspelt(word: str) -> str | None:
    """Return the word of ours that this is a typing error of; None when it is too short or too far away."""
    if len(word) < 6:
        return None
    close = process.extractOne(word, _LONG_WORDS, scorer=OSA.distance, score_cutoff=2 if len(word) >= 9 else 1)
    return close[0] if close is not None else None
