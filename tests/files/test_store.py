"""Where files are kept: the folder, or an S3-compatible store by one setting."""

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from django.core.files.storage import default_storage
from django.test import override_settings
from moto.server import ThreadedMotoServer

from terrain.files import jobs
from terrain.files.models import File
from tests.cast import Cast
from tests.files.brought import named, photo

STORE = "import json; from terrain.config import servers; print(json.dumps(servers.store()))"


def told(url: str) -> dict[str, Any]:
    """What Django is told of the store that this setting names."""
    import json
    import os

    done = subprocess.run(
        [sys.executable, "-c", STORE],
        env={**os.environ, "TERRAIN_FILES_URL": url},
        capture_output=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_one_setting_keeps_files_in_a_store_that_speaks_as_s3(
    cast: Cast, endpoint: str, settings: Any
) -> None:
    store = told(f"s3://someone:a%2Fsecret@terrain-files?endpoint={endpoint}&region=eu-west-3")
    keys = {"aws_access_key_id": "someone", "aws_secret_access_key": "a/secret", "region_name": "eu-west-3"}
    client = boto3.client("s3", endpoint_url=endpoint, **keys)
    client.create_bucket(
        Bucket="terrain-files", CreateBucketConfiguration={"LocationConstraint": "eu-west-3"}
    )
    with override_settings(STORAGES={**settings.STORAGES, "default": store}):
        browser = cast.client(cast.loic)
        assert browser.post("/files", {"file": named("photo.jpg", photo())}).status_code == 200
        uid = File.unscoped.get().uid
        kept = [each["Key"] for each in client.list_objects_v2(Bucket="terrain-files")["Contents"]]
        assert sorted(kept) == [f"{uid}/page", f"{uid}/small"]
        assert not default_storage.exists("nothing")
        answer = browser.get(f"/files/{uid}/page")
        assert answer.content.startswith(b"\xff\xd8\xff")
        jobs.erase([str(uid)])
        assert "Contents" not in client.list_objects_v2(Bucket="terrain-files")


def test_without_it_files_are_kept_in_the_folder() -> None:
    assert told("") == {"BACKEND": "django.core.files.storage.FileSystemStorage"}
