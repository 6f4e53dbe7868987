"""Keys of records: random UUIDs of version 4."""

import random
import uuid
from collections.abc import Callable


def random_keys(seed: int | None = None) -> Callable[[], str]:
    """Return what makes key after key: those of nobody else, or always the same ones after a `seed`.

    `uuid.uuid4` asks the system for each of them. Whoever does so 100,000 times lets go of the interpreter and takes it
    again so often that the window never gets its turn.
    """
    source = random.Random(seed)
    return lambda: str(uuid.UUID(int=source.getrandbits(128), version=4))
