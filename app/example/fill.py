"""An example register: fictional firms with a believable past, to try the program with.

Everything in it is counted from its today, so that on whatever day it is made there is something of every kind to
see. Firms, people and numbers are invented; the towns are not.
"""

from datetime import date
from random import Random

from app.base.clock import SetClock
from app.base.errors import AppError
from app.base.formatting import long_date
from app.base.progress import NoProgress, Progress
from app.domain.supplier import Member
from app.example.cast import Casting, Player
from app.example.certificates import Certificates
from app.example.chronicle import Chronicle
from app.example.desk import Desk
from app.example.events import Events
from app.example.load import add_test_suppliers
from app.example.material import material
from app.example.orders import Orders, register_supplier
from app.example.rounds import Rounds
from app.storage.register import Register

EARLIEST_TODAY = date(2023, 1, 1)
"""Before it there is too little past: the register begins in 2020, and the policy asks nothing until 2021."""

_SEED = "voorbeeld"


def fill_example(
    register: Register, *, clock: SetClock, today: date, extra: int = 0, progress: Progress | None = None
) -> None:
    """Fill a register that was just seeded with about 340 suppliers and what happened to them since 2020.

    `clock` is the register's; it is moved through the past and left at `today`. The same day and keys
    (`register.new_id`) give the same register. `extra` adds that many test suppliers. Raises `AppError` for a day
    before `EARLIEST_TODAY`, and `Cancelled` through `progress`; what was written by then stays.
    """
    if today < EARLIEST_TODAY:
        raise AppError(f"Een voorbeeldregister kan niet van vóór {long_date(EARLIEST_TODAY)} zijn.")
    progress = progress or NoProgress()
    words = material()
    chronicle = Chronicle(today)
    casting = Casting(words, today=today, new_id=register.new_id, seed=_SEED)
    players = casting.players()
    orders = Orders(chronicle, register.new_id)
    certificates = Certificates(words, chronicle, new_id=register.new_id, new_kvk=casting.inventor.kvk)
    events = Events(words, chronicle, inventor=casting.inventor, new_id=register.new_id)
    for player in players:
        _introduce(register, chronicle, casting, events.as_it_came(player))
        orders.enter(player)
        certificates.enter(player)
        events.enter(player)
    _join(register, chronicle, players)
    certificates.enter_outsiders(Random(f"{_SEED} outsiders"))
    Rounds(words, chronicle, register, Random(f"{_SEED} rounds")).enter(players)
    Desk(words, chronicle, register).enter()
    chronicle.write(register, clock, progress)
    add_test_suppliers(register, words, count=extra, today=today, random=Random(f"{_SEED} extra"), progress=progress)


def _introduce(register: Register, chronicle: Chronicle, casting: Casting, player: Player) -> None:
    """The supplier and whom to write to, as they were when they came."""
    supplier, invent = player.supplier, casting.inventor
    domain = supplier.email.partition("@")[2]
    records: list[object] = [supplier]
    if player.random.random() < 0.85:
        literal = player.known.literal_contact if player.known else ""
        records.append(invent.contact(register.new_id, supplier.id, domain, literal=literal))
        if supplier.is_key_partner:
            records.append(invent.contact(register.new_id, supplier.id, domain, is_primary=False))
    register_supplier(chronicle, player, records)


def _join(register: Register, chronicle: Chronicle, players: tuple[Player, ...]) -> None:
    """Who is in which combination; the first that is named leads it."""
    by_name = {player.name: player for player in players}
    for combination in players:
        for place, name in enumerate(combination.known.members if combination.known else ()):
            member = Member(
                id=register.new_id(),
                combination_id=combination.supplier.id,
                member_id=by_name[name].supplier.id,
                is_lead=place == 0,
            )
            chronicle.note(combination.registered_on, f"Leden van {combination.name} vastgelegd", added=[member])
