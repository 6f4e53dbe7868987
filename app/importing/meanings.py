"""The words of headings, Dutch and English, and what they mean together: a list to be read and added to.

A word stands for a concept, a set of concepts for a field with a confidence between 0 and 1.
"""

# What a column may be used for. Scripts rely on these names.
FIELDS = tuple(
    "name trade_name own_number kvk btw_id street house_number house_addition postcode city country phone email "
    "contact category key_partner postal_street postal_house_number postal_postcode postal_city "
    "amount invoiced date contract_number contract_title contract_from contract_to contract_total "
    "level plus30 valid_from valid_to certificate_number certificate_status status_on covers_kvk issuer "
    "register_id".split()
)

# Dates whose heading does not say of what: `columns` decides by the other columns.
OPEN_FROM, OPEN_TO = "open_from", "open_to"
# A heading that says "contract" and no more: its contents tell number from title.
OPEN_CONTRACT = "open_contract"

_WORDS = {
    "party": "leverancier leveranciers lev crediteur crediteuren cred supplier suppliers vendor vendors creditor payee "
    "beneficiary opdrachtnemer contractant wederpartij contractpartij aannemer contractor begunstigde",
    "firm_name": "bedrijfsnaam firmanaam",
    "weak_party": "bedrijf bedrijfs firma onderneming company relatie organisatie organisation organization instelling "
    "ontvanger recipient klant customer debiteur debiteuren debtor afnemer houder holder certificaathouder "
    "partij business firm",
    "buyer": "body entity authority ministerie ministry directorate department departmental dept service services "
    "afdeling opdrachtgever payer buyer purchasing paying council unit organisational family kostenplaats "
    "inkoper besteller budget",
    "name": "naam name benaming",
    "nr": "nummer nr number no num code id snelstartcode",
    "ref": "ref reference referentie",
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
    "register": "registernummer",
    "trade": "handelsnaam handelsnamen tradename",
    "amount": "bedrag bedragen amount omzet spend opdrachtsom opdrachten opdrachtwaarde opdrachtvolume inkoopvolume "
    "volume value waarde opdrachtbedrag uitgaven besteding bestedingen turnover som sum orderwaarde "
    "realisatie expenditure inkopen",
    "annual": "annual yearly jaarlijks jaarlijkse",
    "total": "totaal total totale",
    "inv": "gefactureerd gefactureerde fact factuur facturen invoice invoiced invoices betaald betaalde betaling "
    "betalingen betaal paid payment",
    "net": "net netto excl exclusief exclusive ex excluding zonder",
    "gross": "gross bruto incl inclusief inclusive including",
    "contract": "contract contracten contracts overeenkomst raamovereenkomst raamcontract opdracht",
    "term": "looptijd contractduur contractperiode",
    "from": "vanaf start startdatum begin begindatum ingang ingangs ingangsdatum aanvang aanvangs aanvangsdatum sinds",
    "to": "tm eind einde einddatum end until expiratie expiratiedatum expiry expires expiration afloop afloopdatum "
    "verval vervaldatum verloop verloopdatum verloopt vervalt",
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
    "booking": "boek boekings document posting transactie transaction clearing effective",
    "period": "periode period maand month",
    # A part of a year: columns of amounts that differ in it only are added up.
    "part": "q1 q2 q3 q4 k1 k2 k3 k4 kwartaal quarter jan januari january feb februari february mrt maart mar march "
    "apr april mei may jun juni june jul juli july aug augustus august sep sept september okt oktober oct october "
    "nov november dec december",
    "year": "jaar year boekjaar jaartal",
    # Words that say nothing about which column it is.
    "": "de het een of the en and in op for voor bij gl line eur euro euros gbp ad uw our ons onze local internal "
    "full officiele eigen per met boekhoudsysteem legal last laatste our all onder where exact afas twinfield unit4 "
    "behaald behaalde huidig huidige actueel actuele achieved current",
    # Words that make a heading something else altogether.
    "never": "vereist vereiste gevraagd gevraagde gewenst gewenste minimaal minimale eis required vorig vorige "
    "previous prognose begroot begrote begroting raming geraamd geraamde forecast verwacht verwachte restant "
    "resterend verschil gemiddeld gemiddelde average openstaand openstaande outstanding saldo balance moeder parent "
    "doel norm target type soort aantal count percentage procent drempel staffel valuta currency rekening account "
    "iban bic bank fax website url internet www sequence offerte financial fiscal mkb sme cost btwcode kostensoort "
    # What our own export works out from the rest.
    "berekend",
}
CONCEPT_OF = {word: concept for concept, line in _WORDS.items() for word in line.split()}
LONG_WORDS = [word for word, concept in CONCEPT_OF.items() if len(word) >= 6 and concept]

PHRASES = (
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
    # When it was paid tells less of the year than when it was invoiced.
    (r"\b(datum (van )?betaling|betaaldatum|betalingsdatum|payment date)\b", "datum"),
    (r"\b(first|last|middle|given|family) name\b", "persoon naam"),
    (r"\bper jaar\b|\bper annum\b|\bp\.?j\b\.?", "annual"),
    (r"\bjaar(omzet|bedrag|waarde|volume)\b", r"annual \1"),
    (r"\bcompany (no|nr|number|registration)\b", "registration nummer"),
    (r"\b(house|huis)\s?(number|nummer|nr|no)\b", "huisnummer"),
)

ALLOWED_UNKNOWN = {
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
FLOOR = {"own_number": 0.47, "amount": 0.45, "invoiced": 0.45}

# Sets of concepts -> field and confidence. "party" stands for both kinds of party; see _as_party.
MEANINGS: dict[frozenset[str], tuple[tuple[str, float], ...]] = {}


def _means(field: str, confidence: float, *sets: str) -> None:
    for words in sets:
        key = frozenset(words.split())
        MEANINGS[key] = (*MEANINGS.get(key, ()), (field, confidence))


_means("name", 1.0, "party name")
_means("name", 0.82, "name")
_means("name", 0.95, "party", "contract party", "contract party name", "cert party", "cert party name")
_means("name", 0.95, "firm_name", "firm_name party")
_means("name", 0.9, "name kvk", "name kvk nr", "party name kvk", "party name kvk nr")
_means("name", 0.8, "party desc")
_means("trade_name", 1.0, "trade", "trade party", "trade name")
_means("own_number", 1.0, "party nr")
_means("own_number", 0.8, "party ref", "party ref nr")
_means("own_number", 0.5, "nr")
_means("own_number", 0.54, "registration", "registration nr", "party registration", "party registration nr")
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
_means("house_addition", 0.9, "addition", "hnr addition", "hnr addition desc")
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
_means("contract_number", 1.0, "contract nr", "contract party nr", "contract ref", "contract ref nr")
_means("contract_title", 1.0, "contract title", "contract name")
_means("contract_title", 0.9, "contract desc")
_means("contract_title", 0.7, "title")
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
# In a file of others it is the number of the trade register, beside words that say so.
_means("register_id", 1.0, "register")
_means("kvk", 0.8, "kvk register", "kvk register nr")
