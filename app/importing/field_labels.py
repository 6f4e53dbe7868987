"""What a column may be used for, in Dutch and in the order of a list to choose from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImportField:
    """One use of a column: its name for scripts, its Dutch label, and the group it stands in."""

    name: str
    label: str
    group: str


_GROUPS = {
    "Leverancier": {
        "name": "Naam",
        "trade_name": "Handelsnaam",
        "own_number": "Eigen nummer",
        "kvk": "KvK-nummer",
        "btw_id": "Btw-nummer",
        "category": "Categorie",
        "key_partner": "Ketenpartner",
        "register_id": "Registernummer (uit een export)",
    },
    "Adres": {
        "street": "Straat (+ huisnummer)",
        "house_number": "Huisnummer",
        "house_addition": "Toevoeging",
        "postcode": "Postcode (+ plaats)",
        "city": "Plaats",
        "country": "Land",
        "postal_street": "Postadres: straat (+ huisnummer)",
        "postal_house_number": "Postadres: huisnummer",
        "postal_postcode": "Postadres: postcode (+ plaats)",
        "postal_city": "Postadres: plaats",
    },
    "Contactpersoon": {
        "contact": "Contactpersoon",
        "phone": "Telefoon",
        "email": "E-mail",
    },
    "Contract": {
        "contract_number": "Contractnummer",
        "contract_title": "Titel van het contract",
        "contract_from": "Contract vanaf",
        "contract_to": "Contract t/m",
        "contract_total": "Waarde van het hele contract",
    },
    "Bedragen": {
        "amount": "Opdrachten afgesproken",
        "invoiced": "Opdrachten gefactureerd",
        "date": "Datum of jaar van het bedrag",
    },
    "Certificaat": {
        "level": "Trede",
        "plus30": "PSO 30+",
        "valid_from": "Geldig vanaf",
        "valid_to": "Geldig t/m",
        "certificate_number": "Certificaatnummer",
        "certificate_status": "Status van het certificaat",
        "status_on": "Datum van de status",
        "covers_kvk": "KvK-nummers op het certificaat",
        "issuer": "Uitgegeven door",
    },
}
IMPORT_FIELDS = tuple(
    ImportField(name, label, group) for group, fields in _GROUPS.items() for name, label in fields.items()
)
LABELS = {found.name: found.label for found in IMPORT_FIELDS}
