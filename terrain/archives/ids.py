"""How an archive's ids become ours: the same id of the same archive always gives the same one here."""

import re
from uuid import UUID, uuid5

TERRAIN = UUID("9d1f3c52-6a0b-5e84-8c7e-4b1a27f0d3c6")

_is_uuid = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}").fullmatch


class Ids:
    """The ids of one archive, by its name."""

    def __init__(self, archive: str) -> None:
        self._archive = uuid5(TERRAIN, archive)

    def uid(self, kind: str, named: str) -> str:
        """Our id of a record: the archive's own where it is a UUID, else one made of archive, type and id."""
        return named if _is_uuid(named) else str(uuid5(self._archive, f"{kind} {named}"))
