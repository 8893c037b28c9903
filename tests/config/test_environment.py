"""The settings: all in one place, each with a default that works, and written down."""

import base64
import json
import subprocess
import sys
from pathlib import Path

from terrain.config import setting
from tests.config.installation import Installation

TOLD = """
import json, sys
from terrain.config import environment as e, servers as s
print(json.dumps(eval(sys.stdin.read()), default=str))
"""


def told(expression: str, installation: Installation, **settings: str) -> object:
    """What a Terrain with these settings takes an expression for."""
    result = subprocess.run(
        [sys.executable, "-c", TOLD],
        env=installation.environment | settings,
        input=expression,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(result.stdout)


def test_the_page_about_settings_says_what_the_code_says() -> None:
    page = Path(__file__).parents[2] / "docs" / "settings.md"
    assert page.read_text() == setting.page(), "python -m terrain.config.environment > docs/settings.md"


def test_the_live_stream_is_beside_the_pages_unless_told_otherwise(installation: Installation) -> None:
    assert told("[e.PORT, e.LIVE_PORT]", installation, PORT="9000") == [9000, 9001]
    assert told("[e.PORT, e.LIVE_PORT]", installation, PORT="65535") == [65535, 65534]
    assert told("e.LIVE_PORT", installation, TERRAIN_LIVE_PORT="9100") == 9100


def test_the_database_url_is_taken_apart(installation: Installation) -> None:
    url = "postgres://%C3%A9lise:s%40cret@db.example:6543/terrain%20one?sslmode=require"
    found = told("e.database()['default']", installation, DATABASE_URL=url)
    assert isinstance(found, dict)
    assert [found[name] for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "élise",
        "s@cret",
        "db.example",
        "6543",
        "terrain one",
    ]
    assert found["OPTIONS"]["sslmode"] == "require"


def test_a_socket_may_be_named_instead_of_a_host(installation: Installation) -> None:
    found = told(
        "e.database()['default']", installation, DATABASE_URL="postgres:///terrain?host=/run/postgresql"
    )
    assert isinstance(found, dict)
    assert (found["HOST"], found["NAME"]) == ("/run/postgresql", "terrain")


def test_mails_are_kept_in_a_folder_until_a_server_is_named(installation: Installation) -> None:
    assert told("s.mail()[0]", installation) == "django.core.mail.backends.filebased.EmailBackend"
    found = told("s.mail()[1]", installation, TERRAIN_MAIL_URL="smtps://post:s%40cret@mail.example")
    assert isinstance(found, dict)
    assert (found["EMAIL_HOST_PASSWORD"], found["EMAIL_PORT"], found["EMAIL_USE_SSL"]) == (
        "s@cret",
        465,
        True,
    )


def test_an_https_address_closes_what_http_leaves_open(installation: Installation) -> None:
    assert told("[e.HTTPS, e.HOSTS]", installation) == [False, []]
    settings = {"TERRAIN_SITE_URL": "https://intranet.example/"}
    assert told("[e.HTTPS, e.HOSTS, e.SITE_URL]", installation, **settings) == [
        True,
        ["intranet.example"],
        "https://intranet.example",
    ]


def test_the_secret_key_is_made_once_for_nobody_else_to_read(installation: Installation) -> None:
    script = [sys.executable, "-c", "from terrain.config import environment; print(environment.secret_key())"]
    several = [
        subprocess.Popen(script, env=installation.environment, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    keys = {each.communicate()[0].strip() for each in several}
    assert len(keys) == 1
    assert len(keys.pop()) > 50
    assert [each.name for each in installation.home.iterdir()] == ["secret_key"]
    assert (installation.home / "secret_key").stat().st_mode & 0o077 == 0
    assert told("e.secret_key()", installation, TERRAIN_SECRET_KEY="given") == "given"


def test_the_key_of_web_push_is_made_once_or_given(installation: Installation) -> None:
    key = told("e.push_key()", installation)
    assert told("e.push_key()", installation) == key
    assert len(base64.urlsafe_b64decode(f"{key}=")) == 32
    assert (installation.home / "push_key").stat().st_mode & 0o077 == 0
    given = base64.urlsafe_b64encode(bytes(31) + b"\1").decode().rstrip("=")
    assert told("e.push_key()", installation, TERRAIN_PUSH_KEY=given) == given
    for wrong in ("short", "é", base64.urlsafe_b64encode(bytes(32)).decode(), "_" * 43):
        refused = installation.run("doctor", TERRAIN_PUSH_KEY=wrong)
        assert refused.returncode == 1
        assert "a private key of P-256, 32 bytes in base64url, is expected" in refused.stderr
