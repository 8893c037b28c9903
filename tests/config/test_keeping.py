"""`terrain backup` and `terrain restore`: all that is here comes back, or nothing changes."""

from pathlib import Path

import pytest

from tests.config.installation import Installation


def ask(installation: Installation, question: str) -> str:
    script = f"from django.db import connection as c; k = c.cursor(); k.execute({question!r})"
    script += "; print(k.fetchall() if k.description else '')"
    result = installation.run("manage", "shell", "--verbosity=0", "--command", script)
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


@pytest.fixture(scope="module")
def kept(settled: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of a Terrain with somebody in it, and a file."""
    ask(
        settled,
        "insert into people_person (uid, name, password, title, language, theme, zone)"
        " values (gen_random_uuid(), 'Élise Garnier', '', '', '', '', '')",
    )
    (settled.home / "files" / "a").mkdir(parents=True)
    (settled.home / "files" / "a" / "plan.txt").write_text("Le plan")
    file = tmp_path_factory.mktemp("kept") / "terrain.tar"
    result = settled.run("backup", file)
    assert result.returncode == 0, result.stderr
    return file


def test_only_its_owner_reads_a_backup(kept: Path) -> None:
    assert kept.stat().st_mode & 0o077 == 0


def test_all_comes_back_in_an_empty_place(
    settled: Installation, kept: Path, installation: Installation
) -> None:
    result = installation.run("restore", kept)
    assert result.returncode == 0, result.stderr
    question = "select uid, name from people_person order by uid"
    assert "Élise Garnier" in ask(installation, question)
    assert ask(installation, question) == ask(settled, question)
    assert (installation.home / "files" / "a" / "plan.txt").read_text() == "Le plan"
    for name in ("secret_key", "push_key"):
        key = installation.home / name
        assert key.read_text() == (settled.home / name).read_text()
        assert key.stat().st_mode & 0o077 == 0
    assert "up to date" in installation.run("doctor").stdout


def test_what_is_here_is_replaced_only_by_force(settled: Installation, kept: Path) -> None:
    refused = settled.run("restore", kept)
    assert refused.returncode == 1
    assert "--force" in refused.stderr
    replaced = settled.run("restore", "--force", kept)
    assert replaced.returncode == 0, replaced.stderr
    assert "Élise Garnier" in ask(settled, "select name from people_person")


def test_a_backup_cut_short_changes_nothing(settled: Installation, kept: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.tar"
    cut.write_bytes(kept.read_bytes()[:20_000])
    result = settled.run("restore", "--force", cut)
    assert result.returncode == 1
    assert "cut short" in result.stderr
    assert "Élise Garnier" in ask(settled, "select name from people_person")


def test_nothing_is_restored_under_a_terrain_that_is_up(settled: Installation, kept: Path) -> None:
    with settled.up():
        result = settled.run("restore", "--force", kept)
    assert result.returncode == 1
    assert "stop it first" in result.stderr
