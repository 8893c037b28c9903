"""Where the web server finds the pages."""

import gc
import os
import select

from django.core.signals import request_started
from django.core.wsgi import get_wsgi_application
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "terrain.config.settings")

application = get_wsgi_application()

# What a process has when it starts it keeps: Python need not look through it again and again for what could go.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)


def forget_ended_connections(**_: object) -> None:
    """Before a request, drop a connection that PostgreSQL has ended since the last one.

    Costs no query: an idle connection has something to read only when the other side has hung up.
    """
    for connection in connections.all(initialized_only=True):
        driver = connection.connection
        if driver is not None and not driver.closed:
            waiting = select.poll()
            waiting.register(driver.fileno(), select.POLLIN)
            if waiting.poll(0):
                connection.close()


request_started.connect(forget_ended_connections)
