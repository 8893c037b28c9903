"""An import that is interrupted leaves nothing by halves, and the next one goes on from there."""

from pathlib import Path

import pytest

from terrain.archives import landing
from terrain.archives.taking_in import take_in
from terrain.conversations.models import Conversation, Message
from tests.archives.lines import rows, said, untrue, workshop, write


class Interrupted(Exception):
    """Somebody pulled the plug."""


def long_archive(path: Path) -> Path:
    """Forty conversations of six messages, told by the hour: each is spread over the file."""
    talks = [
        workshop()[4] | {"id": f"d{n}", "title": f"Essai {n}", "at": f"2026-04-01T08:{n:02}:00Z"}
        for n in range(40)
    ]
    messages = [
        said(
            f"d{n}-{turn}",
            ("samira", "loic")[turn % 2],
            f"2026-04-0{turn + 1}T08:{n:02}:00Z",
            conversation=f"d{n}",
            body=f"Tour {turn}.",
            **({"reply_to": f"d{n}-{turn - 1}"} if turn else {}),
        )
        for turn in range(6)
        for n in range(40)
    ]
    return write(path, [*workshop(), *talks, *messages])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("batches", [1, 3])
def test_an_interrupted_import_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batches: int) -> None:
    monkeypatch.setattr(landing, "A_BATCH", 50)
    file = long_archive(tmp_path / "archive.jsonl")
    written = []

    def stop(what: str, done: int, of: int) -> None:
        if what == "writing":
            written.append(done)
            if len(written) == batches:
                raise Interrupted

    with pytest.raises(Interrupted):
        take_in(file, progress=stop)
    here = Message.unscoped.count()
    assert 0 < here < 242
    assert here == written[-1]
    assert Conversation.unscoped.count() == Conversation.unscoped.filter(message_count__in=(2, 6)).count()
    assert untrue() == {}
    assert here == sum(Conversation.unscoped.values_list("message_count", flat=True))

    rest = take_in(file)
    assert rest.came_in["message"] == 242
    assert rest.new["message"] == 242 - here
    assert rest.new["person"] == 0
    assert untrue() == {}
    after = rows()
    assert (after["conversations_message"], after["conversations_conversation"]) == (242, 41)
    assert (after["conversations_following"], after["spaces_membership"]) == (82, 2)
    assert take_in(file).new == {}
    assert rows() == after


@pytest.mark.django_db(transaction=True)
def test_what_is_interrupted_while_it_reads_has_written_nothing(tmp_path: Path) -> None:
    def stop(what: str, done: int, of: int) -> None:
        raise Interrupted

    file = long_archive(tmp_path / "archive.jsonl")
    with pytest.raises(Interrupted):
        take_in(file, progress=stop)
    assert set(rows().values()) == {0}
    assert take_in(file).new["message"] == 242


@pytest.mark.django_db(transaction=True)
def test_progress_is_told_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(landing, "A_BATCH", 50)
    file = long_archive(tmp_path / "archive.jsonl.gz")
    told: list[tuple[str, int, int]] = []
    take_in(file, progress=lambda *step: told.append(step))
    size = file.stat().st_size
    assert ("reading", size, size) in told
    assert told[-1] == ("writing", 242, 242)
    assert [done for what, done, _ in told if what == "writing"] == sorted(
        {done for what, done, _ in told if what == "writing"}
    )
