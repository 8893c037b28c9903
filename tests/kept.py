"""What a process keeps of the pages that it has drawn, and forgetting it, as a new process starts."""

import sys

from terrain.direct import listing
from terrain.notices import notice
from terrain.spaces import rail
from terrain.thanks import reading
from terrain.web import rendering
from terrain.web.fragments import Kept


def forget_pages() -> None:
    """Empty every store of drawn parts, in whichever module it is."""
    modules = [module for name, module in sys.modules.items() if name.startswith("terrain.")]
    for kept in {value for module in modules for value in vars(module).values() if isinstance(value, Kept)}:
        kept.forget()
    rail._asked.cache_clear()
    reading._asked.cache_clear()
    listing._asked.cache_clear()
    notice.some_run.cache_clear()
    rendering._once.cache_clear()
