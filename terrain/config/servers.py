"""The servers that the settings name, in the words that Django has for them: of mail, and of files."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote

from terrain.config import environment


def mail() -> tuple[str, Mapping[str, str | int | bool | None]]:
    """Django's mail backend and its settings, from TERRAIN_MAIL_URL."""
    if environment.MAIL_URL is None:
        return "django.core.mail.backends.filebased.EmailBackend", {
            "EMAIL_FILE_PATH": str(environment.HOME / "mail")
        }
    ssl = environment.MAIL_URL.scheme == "smtps"
    return "django.core.mail.backends.smtp.EmailBackend", {
        "EMAIL_HOST": environment.MAIL_URL.hostname or "localhost",
        "EMAIL_PORT": environment.MAIL_URL.port or (465 if ssl else 587),
        "EMAIL_HOST_USER": unquote(environment.MAIL_URL.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(environment.MAIL_URL.password or ""),
        "EMAIL_USE_SSL": ssl,
        "EMAIL_USE_TLS": not ssl and dict(parse_qsl(environment.MAIL_URL.query)).get("tls", "1") != "0",
        "EMAIL_TIMEOUT": 20,
    }


def store() -> dict[str, Any]:
    """Where Django keeps files: the folder of TERRAIN_HOME, or what TERRAIN_FILES_URL names."""
    if environment.FILES_URL is None:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    asked = dict(parse_qsl(environment.FILES_URL.query))
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": environment.FILES_URL.hostname or "",
            "access_key": unquote(environment.FILES_URL.username or "") or None,
            "secret_key": unquote(environment.FILES_URL.password or "") or None,
            "endpoint_url": asked.get("endpoint"),
            "region_name": asked.get("region"),
            "default_acl": None,
            "file_overwrite": True,
        },
    }
