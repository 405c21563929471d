"""manage.py sync_documents: what a frontend ships, registered; hostile files refused."""

import hashlib
import json
import os
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import QuerySet
from django.utils import timezone

from api.persisted import manifests
from home.models import TrustedDocument
from tests.asking import body_of, codes_of, post

pytestmark = pytest.mark.django_db

TEXT = "query Which {\n  __typename\n}\n"
OTHER = "query Home { home { title } }"


def digest(text: str, algorithm: str = "sha256") -> str:
    return hashlib.new(algorithm, text.encode(), usedforsecurity=False).hexdigest()


def sync(folder: Path, *arguments: str) -> str:
    """What the command says."""
    out = StringIO()
    call_command("sync_documents", str(folder), *arguments, stdout=out, stderr=out)
    return out.getvalue()


def refused(folder: Path, *arguments: str) -> str:
    """What the command says when it refuses, and writes nothing."""
    before = registered()
    out = StringIO()
    with pytest.raises(CommandError, match="nothing was"):
        call_command("sync_documents", str(folder), *arguments, stdout=out, stderr=out)
    assert registered() == before
    return out.getvalue()


def registered() -> dict[tuple[str, str], str]:
    return {(row.document_id, row.client): row.text for row in TrustedDocument.objects.all()}


def write(folder: Path, name: str, value: Any) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(value if isinstance(value, bytes) else json.dumps(value).encode())


def test_manifests_of_each_tool_are_taken_as_they_are(tmp_path: Path) -> None:
    apollo = {
        "format": "apollo-persisted-query-manifest",
        "version": 1,
        "operations": [{"id": digest("{ a: __typename }"), "name": "A", "type": "query", "body": "{ a: __typename }"}],
    }
    write(tmp_path, "relay.json", {digest(TEXT, "md5"): TEXT, digest(TEXT, "sha1"): TEXT})
    write(tmp_path, "relay/sha256.json", {digest(OTHER): OTHER})
    write(tmp_path, "app/persisted-documents.json", {f"sha256:{digest(TEXT)}": TEXT})
    write(tmp_path, "apollo.json", apollo)
    write(tmp_path, "names.json", {"website/3:Which": TEXT})
    write(tmp_path, "plain/b.graphql", b"\xef\xbb\xbf{ b: __typename }")
    write(tmp_path, "node_modules/x/package.json", {"name": "x"})
    write(tmp_path, ".git/config.json", [])
    write(tmp_path, "README.md", b"no document")

    said = sync(tmp_path)

    ids = {
        *(f"sha256:{digest(text)}" for text in (TEXT, OTHER, "{ a: __typename }", "{ b: __typename }")),
        *(digest(TEXT, "md5"), digest(TEXT, "sha1"), "website/3:Which"),
    }
    assert {document_id for document_id, _client in registered()} == ids
    assert said.splitlines()[-1] == "7 documents registered for 'default': 7 new, 0 changed, 0 known; 0 removed."
    assert f"new     sha256:{digest(OTHER)}  Home  cost 2  relay/sha256.json" in said.splitlines()
    for document_id in [*ids, digest(TEXT)]:
        assert codes_of(post({"documentId": document_id})) in ([], ["NOT_FOUND"])
    assert body_of(post({"documentId": digest(TEXT, "md5")}))["data"] == {"__typename": "Query"}


def test_a_second_run_changes_nothing_but_the_time(tmp_path: Path) -> None:
    write(tmp_path, "m.json", {digest(TEXT): TEXT})
    sync(tmp_path)
    TrustedDocument.objects.update(shipped_at=timezone.now() - timedelta(days=10))
    before = registered()
    assert "1 documents registered for 'default': 0 new, 0 changed, 1 known; 0 removed." in sync(tmp_path)
    assert registered() == before
    assert timezone.now() - TrustedDocument.objects.get().shipped_at < timedelta(minutes=1)


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    write(tmp_path, "m.json", {digest(TEXT): TEXT})
    assert "1 documents would be registered for 'default': 1 new" in sync(tmp_path, "--dry-run")
    assert registered() == {}
    old = TrustedDocument.objects.create(
        document_id="old", client="default", text=TEXT, shipped_at=timezone.now() - timedelta(days=100)
    )
    assert "removed old\n" in sync(tmp_path, "--dry-run", "--prune", "90")
    assert registered() == {("old", "default"): old.text}


def test_old_apps_keep_their_documents_until_they_are_pruned(tmp_path: Path) -> None:
    for name, client, days in (("a", "app", 400), ("b", "app", 100), ("c", "web", 400), ("d", "app", 400)):
        shipped_at = timezone.now() - timedelta(days=days)
        TrustedDocument.objects.create(document_id=name, client=client, text=TEXT, shipped_at=shipped_at)
    # What is shipped again is not old, however long ago it was shipped before.
    write(tmp_path, "m.json", {"d": TEXT, "e": TEXT})
    sync(tmp_path, "--client", "app")
    assert sorted(registered()) == [("a", "app"), ("b", "app"), ("c", "web"), ("d", "app"), ("e", "app")]
    assert "removed a\n" in sync(tmp_path, "--client", "app", "--prune", "365")
    assert sorted(registered()) == [("b", "app"), ("c", "web"), ("d", "app"), ("e", "app")]


def test_an_id_keeps_its_text(tmp_path: Path) -> None:
    write(tmp_path, "m.json", {"Which": TEXT})
    sync(tmp_path, "--client", "web")
    write(tmp_path, "m.json", {"Which": OTHER})
    assert "Which  m.json: is registered with another text" in refused(tmp_path, "--client", "web")
    assert "is registered by the client 'web' with another text" in refused(tmp_path, "--client", "app", "--replace")
    assert "0 new, 1 changed, 0 known" in sync(tmp_path, "--client", "web", "--replace")
    assert registered() == {("Which", "web"): OTHER}


def test_two_clients_may_ship_the_same_document(tmp_path: Path) -> None:
    write(tmp_path, "m.json", {digest(TEXT): TEXT})
    sync(tmp_path, "--client", "web")
    sync(tmp_path, "--client", "app")
    assert sorted(registered()) == [(f"sha256:{digest(TEXT)}", "app"), (f"sha256:{digest(TEXT)}", "web")]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.json", b"", "a.json: is not JSON (line 1)"),
        ("a.json", b"{\n  nonsense", "a.json: is not JSON (line 2)"),
        ("a.json", b'{"' + b"a" * 64, "a.json: is not JSON"),
        ("a.json", b"[" * 100_000, "a.json: is n"),
        ("a.json", b'{"x": ' + b"9" * 5_000 + b"}", "a.json: is not JSON"),
        ("a.json", b"\xff\xfe{\x00}\x00", "a.json: is not UTF-8 (byte 0)"),
        ("a.graphql", b"{ __typename \xe9 }", "a.graphql: is not UTF-8 (byte 13)"),
        ("a.json", [], "a.json: is no manifest"),
        ("a.json", "text", "a.json: is no manifest"),
        ("a.json", {"name": {"nested": 1}}, "name  a.json: is no text of a document"),
        ("a.json", {"empty": "  "}, "empty  a.json: is no text of a document"),
        ("a.json", {"nul": "{ __typename } #\0"}, "nul  a.json: holds NUL"),
        ("a.json", b'{"lone": "{ __typename } #\\ud800"}', "lone  a.json: holds characters that no text has"),
        ("a.json", {"no id": TEXT}, "no id  a.json: is no id"),
        ("a.json", {"sha256:abc": TEXT}, "sha256:abc  a.json: is no id"),
        ("a.json", {"0" * 64: TEXT}, f"{'0' * 64}  a.json: is not the hash of its text"),
        ("a.json", {"0" * 32: TEXT}, f"{'0' * 32}  a.json: is not the hash of its text"),
        ("a.json", {"0" * 40: TEXT}, f"{'0' * 40}  a.json: is not the hash of its text"),
        ("a.json", b'{"two": "{ a: __typename }", "two": "{ b: __typename }"}', "two  a.json: stands in a.json with"),
        ("a.json", {"format": "apollo-persisted-query-manifest", "version": 2}, "a.json: is no apollo-persisted"),
        (
            "a.json",
            {"format": "apollo-persisted-query-manifest", "version": 1, "operations": [None]},
            "a.json: is no text of a document",
        ),
        ("a.graphql", b"{ nothing }", "a.graphql: Cannot query field 'nothing' on type 'Query'. (1:3)"),
        ("a.graphql", b"{", "a.graphql: Syntax Error: Expected Name, found <EOF>. (1:2)"),
        ("a.graphql", b"fragment F on Query { __typename }", "a.graphql: Fragment 'F' is never used."),
        ("a.graphql", b"mutation { x }", "a.graphql: "),
        (
            "a.graphql",
            b"{" + b" __typename" * 21 + b"}",
            "a.graphql: ROOT_FIELD_LIMIT: The request has a number of root",
        ),
        (
            "a.graphql",
            b"{ __typename } #" + b"x" * 200_000,
            "a.graphql: BODY_TOO_LARGE: the text is longer than 131,072",
        ),
        (
            "a.graphql",
            b"{continents{nodes{countries(first:100){nodes{continent{countries(first:100){nodes{code}}}}}}}}",
            "a.graphql: COST_LIMIT: The request has a cost of",
        ),
    ],
)
def test_one_document_that_is_wrong_and_nothing_is_written(tmp_path: Path, name: str, content: Any, says: str) -> None:
    write(tmp_path, "good.json", {digest(TEXT): TEXT})
    write(tmp_path, name, content)
    assert says in refused(tmp_path)


def test_every_problem_is_told_in_one_run(tmp_path: Path) -> None:
    write(tmp_path, "a.json", {"one": "{", "two": "{ nothing }", "three": TEXT})
    write(tmp_path, "b.json", b"nonsense")
    write(tmp_path, "c.json", {"three": OTHER})
    said = refused(tmp_path)
    assert said.count("REFUSED ") == 4
    assert "three  c.json: stands in a.json with another text" in said


def test_links_that_lead_out_of_the_folder(tmp_path: Path) -> None:
    write(tmp_path, "secret/other.json", {"secret": TEXT})
    folder = tmp_path / "folder"
    write(folder, "good.json", {digest(TEXT): TEXT})
    (folder / "link.json").symlink_to(tmp_path / "secret" / "other.json")
    assert "link.json: is a link that leads out of the folder" in refused(folder)
    (folder / "link.json").unlink()
    (folder / "nowhere.json").symlink_to(folder / "missing.json")
    assert "nowhere.json: cannot be read" in refused(folder)
    (folder / "nowhere.json").unlink()
    (folder / "behind").symlink_to(tmp_path / "secret")
    assert "1 documents registered" in sync(folder)


def test_links_in_a_circle_and_what_is_no_file_at_all(tmp_path: Path) -> None:
    write(tmp_path, "good.json", {digest(TEXT): TEXT})
    (tmp_path / "circle").symlink_to(tmp_path)
    assert "1 documents registered" in sync(tmp_path)
    (tmp_path / "self.json").symlink_to(tmp_path / "self.json")
    (tmp_path / "there.json").symlink_to(tmp_path / "back.json")
    (tmp_path / "back.json").symlink_to(tmp_path / "there.json")
    # Whoever opened a pipe would wait for ever.
    os.mkfifo(tmp_path / "pipe.graphql")
    (tmp_path / "device.json").symlink_to("/dev/zero")
    said = refused(tmp_path)
    for name in ("self.json", "there.json", "back.json"):
        assert f"{name}: cannot be read" in said
    assert "pipe.graphql: is no file" in said
    assert "device.json: is a link that leads out of the folder" in said


def test_a_folder_that_cannot_be_listed_is_a_problem(tmp_path: Path, monkeypatch) -> None:
    write(tmp_path, "good.json", {digest(TEXT): TEXT})
    write(tmp_path, "closed/other.json", {digest(OTHER): OTHER})
    scandir = os.scandir

    def closed(path: Any) -> Any:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr("os.scandir", closed)
    assert "closed: cannot be listed (Permission denied)" in refused(tmp_path)


@pytest.mark.parametrize("moment", ["bulk_create", "delete"])
def test_a_run_that_is_interrupted_half_way_has_written_nothing(tmp_path: Path, monkeypatch, moment: str) -> None:
    old = timezone.now() - timedelta(days=100)
    TrustedDocument.objects.create(document_id="old", client="default", text=TEXT, shipped_at=old)
    write(tmp_path, "m.json", {digest(TEXT): TEXT, digest(OTHER): OTHER})
    before = registered()
    interrupted = getattr(QuerySet, moment)

    def interrupt(*arguments: Any, **more: Any) -> Any:
        interrupted(*arguments, **more)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(QuerySet, moment, interrupt)
        with pytest.raises(KeyboardInterrupt):
            sync(tmp_path, "--prune", "90")
    assert registered() == before
    assert "2 new, 0 changed, 0 known; 1 removed." in sync(tmp_path, "--prune", "90")


def test_files_and_folders_that_are_too_large(tmp_path: Path, monkeypatch) -> None:
    write(tmp_path, "a.json", {digest(TEXT): TEXT, digest(OTHER): OTHER})
    monkeypatch.setattr(manifests, "MAX_DOCUMENTS", 1)
    assert "there are more than 1 documents" in refused(tmp_path)
    monkeypatch.setattr(manifests, "MAX_DOCUMENTS", 10)
    monkeypatch.setattr(manifests, "MAX_FILE_BYTES", 100)
    assert "a.json: is larger than 100 bytes" in refused(tmp_path)
    monkeypatch.setattr(manifests, "MAX_FILE_BYTES", 1_000)
    write(tmp_path, "b.graphql", TEXT.encode())
    monkeypatch.setattr(manifests, "MAX_FILES", 1)
    assert "b.graphql: is one of more than 1 files" in refused(tmp_path)


def test_nothing_to_register_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no"):
        sync(tmp_path)
    with pytest.raises(CommandError, match="is no folder"):
        sync(tmp_path / "missing")


@pytest.mark.parametrize("arguments", [["--prune", "0"], ["--prune", "-1"], ["--prune", "x"], ["--client", ""]])
def test_arguments_that_make_no_sense(tmp_path: Path, arguments: list[str]) -> None:
    with pytest.raises(CommandError, match="argument --"):
        sync(tmp_path, *arguments)


def test_hundreds_of_documents(tmp_path: Path) -> None:
    texts = [f"query Q{number} {{ __typename }}" for number in range(501)]
    write(tmp_path, "m.json", {digest(text): text for text in texts})
    assert "501 documents registered for 'default': 501 new" in sync(tmp_path)
    assert "0 new, 0 changed, 501 known" in sync(tmp_path)
    TrustedDocument.objects.update(shipped_at=timezone.now() - timedelta(days=9))
    write(tmp_path, "m.json", {"one": TEXT})
    assert "501 removed." in sync(tmp_path, "--prune", "7")
