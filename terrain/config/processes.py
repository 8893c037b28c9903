"""Keeps Terrain running: starts its three processes, starts one again that ends, and stops all together."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from terrain.config import environment, postgres
from terrain.config.trouble import Trouble

PATIENCE = 5.0
"""Seconds that processes have to finish what they do, before they are ended."""

OPENING = 60.0
"""Seconds that pages may take to be there."""

STEADY = 30.0
"""A process that ran for as many seconds has recovered."""

TOO_OFTEN = 5
"""As many starts in a row that came to nothing, and everything stops."""


@dataclass
class Process:
    """One of the three: how it is started, and how it fares."""

    name: str
    command: Sequence[str]
    running: subprocess.Popen[bytes] | None = None
    began: float = 0.0
    failures: int = 0
    due: float = field(default=0.0)

    def start(self) -> None:
        """Start it in a session of its own: Ctrl-C then reaches us alone, and its children can be found."""
        self.began = time.monotonic()
        self.running = subprocess.Popen(
            self.command, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=_ends_with_its_parent()
        )

    def watch(self, now: float) -> None:
        """Start it again if it ended: at once, then after longer and longer."""
        if self.running is None:
            if now >= self.due:
                self.start()
            return
        status = self.running.poll()
        if status is None:
            return
        self.kill()
        self.failures = 1 if now - self.began > STEADY else self.failures + 1
        if self.failures >= TOO_OFTEN:
            raise Trouble(f"The process “{self.name}” keeps ending; what it said is above.")
        self.due = now + min(0.25 * 2**self.failures, 10)
        print(f"The process “{self.name}” ended ({_ending(status)}); it starts again.", file=sys.stderr)
        self.running = None

    def ask_to_stop(self) -> None:
        """Let it finish what it does."""
        if self.running:
            self._signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it and whatever it started."""
        if self.running:
            self._signal(signal.SIGKILL)
            self.running.wait()

    def _signal(self, which: signal.Signals) -> None:
        assert self.running
        try:
            if which == signal.SIGKILL:
                os.killpg(self.running.pid, which)
            else:
                self.running.send_signal(which)
        except ProcessLookupError:
            pass


def up(say: Callable[[str], None], *, demo: bool) -> None:
    """Run Terrain until somebody stops it; `say` tells the address last."""
    environment.prepare_home()
    os.environ["TERRAIN_HOME"] = str(environment.HOME)
    ports_are_free()
    with interruptible():
        try:
            with postgres.running():
                _prepare(say, demo=demo)
                _supervise(processes(), say)
        except KeyboardInterrupt:
            say("Terrain has stopped.")


def processes() -> list[Process]:
    """What runs beside the database."""
    host = environment.HOST
    web = f"granian --interface wsgi --host {host} --port {environment.PORT} --no-ws --log-level warning"
    web += f" --workers {environment.WEB_PROCESSES} --blocking-threads {environment.WEB_THREADS}"
    web += " --blocking-threads-idle-timeout 600 --respawn-failed-workers --workers-kill-timeout 4"
    web += " terrain.config.wsgi:application"
    live = f"uvicorn --host {host} --port {environment.LIVE_PORT} --loop uvloop --http httptools --ws none"
    live += " --backlog 4096 --timeout-graceful-shutdown 2 --no-access-log --log-level warning"
    live += " --no-server-header terrain.live.serving:application"
    commands = {"web": web, "live": live, "worker": "terrain.config.working"}
    return [Process(name, [sys.executable, "-m", *words.split()]) for name, words in commands.items()]


def ports_are_free() -> None:
    """Refuse to begin where somebody else has the place."""
    for port, setting in ((environment.PORT, "PORT"), (environment.LIVE_PORT, "TERRAIN_LIVE_PORT")):
        try:
            family = socket.AF_INET6 if ":" in environment.HOST else socket.AF_INET
            with socket.socket(family) as place:
                place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                place.bind((environment.HOST, port))
        except OSError as fault:
            raise Trouble(
                f"Port {port} of {environment.HOST} cannot be had, {(fault.strerror or str(fault)).lower()}: "
                f"free it, or name another one in {setting}."
            ) from None


@contextmanager
def interruptible() -> Iterator[None]:
    """Being told to stop, by whichever signal, is the same as Ctrl-C."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.signal(each, interrupt) for each in signals]
    try:
        yield
    finally:
        for each, handler in zip(signals, before, strict=True):
            signal.signal(each, handler)


def _prepare(say: Callable[[str], None], *, demo: bool) -> None:
    import django

    django.setup()

    from terrain.config.preparing import prepare  # needs the settings

    prepare(say, demo=demo)


def _supervise(all_of_them: Sequence[Process], say: Callable[[str], None]) -> None:
    try:
        for each in all_of_them:
            each.start()
        opening: float | None = time.monotonic()
        while True:
            now = time.monotonic()
            for each in all_of_them:
                each.watch(now)
            postgres.revive()
            if opening and _opened():
                say(f"Terrain is open: {address()}")
                opening = None
            elif opening and now - opening > OPENING:
                raise Trouble(f"Pages did not come within {OPENING:.0f} seconds.")
            time.sleep(0.05 if opening else 0.5)
    finally:
        # A second Ctrl-C changes nothing: the wait is bounded.
        for each_signal in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each_signal, signal.SIG_IGN)
        _stop(all_of_them)


def _stop(all_of_them: Sequence[Process]) -> None:
    for each in all_of_them:
        each.ask_to_stop()
    until = time.monotonic() + PATIENCE
    for each in all_of_them:
        if each.running:
            with suppress(subprocess.TimeoutExpired):
                each.running.wait(max(0.0, until - time.monotonic()))
    for each in all_of_them:
        each.kill()


def address() -> str:
    """Where to find this Terrain with a browser."""
    if environment.SITE_URL:
        return environment.SITE_URL
    return f"http://{_reached()}:{environment.PORT}"


def _reached() -> str:
    """The address by which this machine reaches what listens on TERRAIN_HOST."""
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(environment.HOST, environment.HOST)
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def _opened() -> bool:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    asked = urllib.request.Request(f"http://{_reached()}:{environment.PORT}/health")
    if environment.HOSTS:
        asked.add_header("Host", environment.HOSTS[0])
    try:
        with direct.open(asked, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _ends_with_its_parent() -> Callable[[], None] | None:
    """On Linux, have the kernel stop a process when we are killed and cannot do it ourselves."""
    if not sys.platform.startswith("linux"):
        return None
    libc, parent = ctypes.CDLL(None), os.getpid()

    def ask() -> None:
        libc.prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:
            os._exit(1)

    return ask


def _ending(status: int) -> str:
    return f"by signal {-status}" if status < 0 else f"with status {status}"
