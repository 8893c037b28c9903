"""How many questions a page asks the database: the first time, and once what everybody shares of it is kept.

Runs in a process of its own (`python -m bench.questions COOKIE PATH …`), as nothing is kept there yet; prints JSON.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from terrain.config.trouble import Trouble

Counts = dict[str, tuple[int, int]]


def asked(paths: Sequence[str], cookie: str, environment: Mapping[str, str]) -> Counts:
    """For each path, the questions asked the first time and the second."""
    command = [sys.executable, "-m", "bench.questions", cookie, *paths]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise Trouble("A page's questions could not be counted; the reason is above.")
    return {path: (first, second) for path, (first, second) in json.loads(done.stdout).items()}


def main() -> None:
    """Count them, through the whole of Terrain as a request passes it."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "terrain.config.settings")
    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    cookie, *paths = sys.argv[1:]
    host = settings.ALLOWED_HOSTS[0] if settings.ALLOWED_HOSTS != ["*"] else "127.0.0.1"
    client = Client(headers={"host": host, "cookie": cookie})
    counted = 0

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal counted
        counted += 1
        return execute(sql, params, many, context)

    def ask(path: str) -> int:
        nonlocal counted
        counted = 0
        with connection.execute_wrapper(count):
            status = client.get(path).status_code
        if status != 200:
            sys.exit(f"{path} answered {status}")
        return counted

    client.get("/health")  # A connection's own questions, when it is opened, are no page's.
    print(json.dumps({path: (ask(path), ask(path)) for path in paths}))


if __name__ == "__main__":
    main()
