"""The image and the compose file, checked without an engine: against their schema, and by running their commands."""

import json
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import yaml

from tests.integration.servers import ROOT, environment, free_port, get, run, serving

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
HOST = "cms.example.org"

# The image is built once, by one worker; its processes use a SQLite file whatever database the tests use.
pytestmark = [pytest.mark.xdist_group("image"), pytest.mark.sqlite]


def dockerfile() -> list[tuple[str, str]]:
    """Instructions of the Dockerfile in order, as (NAME, arguments on one line)."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    text = re.sub(r"^#.*\n", "", text, flags=re.MULTILINE).replace("\\\n", " ")
    return [
        (line.split(maxsplit=1)[0], line.split(maxsplit=1)[1].strip()) for line in text.splitlines() if line.strip()
    ]


def final_stage() -> list[tuple[str, str]]:
    instructions = dockerfile()
    last_from = max(index for index, (name, _) in enumerate(instructions) if name == "FROM")
    return instructions[last_from:]


def only(name: str) -> str:
    [value] = [arguments for instruction, arguments in final_stage() if instruction == name]
    return value


def image_environment() -> dict[str, str]:
    values: dict[str, str] = {}
    for name, arguments in final_stage():
        if name == "ENV":
            values.update(pair.split("=", 1) for pair in shlex.split(arguments))
    return values


def native(command: list[str]) -> list[str]:
    """A command of the image as this machine runs it: the same words with the .venv's Python."""
    return [sys.executable, *command[1:]] if command[0] == "python" else [sys.executable, "-m", *command]


@pytest.fixture(scope="module")
def variables(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> dict[str, str]:
    """The image's and the compose file's environment, its services replaced by a folder of this machine."""
    folder = tmp_path_factory.mktemp("image")
    values = image_environment()
    del values["PATH"]
    return environment(
        **{
            **values,
            "STATIC_ROOT": str(folder / "static"),
            "MEDIA_ROOT": str(folder / "media"),
            "DATABASE_URL": f"sqlite:///{migrated_file}",
            "SECRET_KEY": "an image under test, with more than fifty characters in its secret",
            "ALLOWED_HOSTS": HOST,
            "WAGTAILADMIN_BASE_URL": f"https://{HOST}",
            "SECURE_PROXY_SSL_HEADER": "X-Forwarded-Proto",
            "SERVE_MEDIA": "true",
        }
    )


@pytest.fixture(scope="module")
def built(variables: dict[str, str]) -> dict[str, str]:
    """The image's collectstatic line, run with only what that line and its stage give."""
    [line] = [text for name, text in dockerfile() if name == "RUN" and "collectstatic" in text]
    words = shlex.split(line)
    given = dict(word.split("=", 1) for word in words if re.match(r"[A-Z_]+=", word))
    command = [word for word in words if not re.match(r"[A-Z_]+=", word)]
    env = environment(**given, DJANGO_SETTINGS_MODULE="cms.settings.production", STATIC_ROOT=variables["STATIC_ROOT"])
    result = run(*native(command), env=env)
    assert result.returncode == 0, result.stderr
    return variables


@pytest.fixture(scope="module")
def prepared(built: dict[str, str]) -> dict[str, str]:
    """The compose file's prepare service, run to its end."""
    command = COMPOSE["services"]["prepare"]["command"]
    assert command[:2] == ["sh", "-c"]
    for part in command[2].split("&&"):
        result = run(*native(shlex.split(part)), env=built)
        assert result.returncode == 0, result.stderr
    return built


@pytest.fixture(scope="module")
def served(prepared: dict[str, str]) -> Iterator[str]:
    """The image's own CMD, on a port of this machine."""
    port = free_port()
    command = [word.replace("0.0.0.0:8000", f"127.0.0.1:{port}") for word in json.loads(only("CMD"))]
    base = f"http://127.0.0.1:{port}"
    with serving(*native(command), env=prepared, url=f"{base}/healthz/"):
        yield base


def health_check(port: str) -> list[str]:
    command = json.loads(only("HEALTHCHECK").split("CMD", 1)[1])
    return native([word.replace(":8000/", f":{port}/") for word in command])


def test_compose_file_follows_the_specification() -> None:
    command = ("check_jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml")
    result = run(sys.executable, "-m", *command, env=environment())
    assert result.returncode == 0, result.stdout


def test_specification_refuses_a_misspelt_key(tmp_path: Path) -> None:
    (tmp_path / "bad.yml").write_text("services: {app: {image: a, dependson: [db]}}", encoding="utf-8")
    command = ("check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(tmp_path / "bad.yml"))
    result = run(sys.executable, "-m", *command, env=environment())
    assert result.returncode == 1
    assert "dependson" in result.stdout


def test_services_are_the_ones_that_production_needs() -> None:
    services = COMPOSE["services"]
    assert set(services) == {"prepare", "app", "worker", "scheduler", "db", "redis"}
    assert int(services["db"]["image"].removeprefix("postgres:").split(".")[0]) >= 15
    assert services["redis"]["image"].startswith("redis:")
    for name in ("prepare", "app", "worker", "scheduler"):
        assert "media:/media" in services[name]["volumes"]
        assert services[name]["environment"]["DATABASE_URL"].endswith("@db:5432/diwan")
        assert services[name]["environment"]["CACHE_URL"] == "redis://redis:6379/0"
    for name in ("app", "worker", "scheduler"):
        assert services[name]["depends_on"] == {"prepare": {"condition": "service_completed_successfully"}}
    assert set(COMPOSE["volumes"]) == {"media", "database"}


def test_secrets_come_from_outside_and_must_be_given() -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    for name in ("SECRET_KEY", "ALLOWED_HOSTS", "WAGTAILADMIN_BASE_URL", "POSTGRES_PASSWORD"):
        forms = re.findall(r"\$\{" + name + r"([^}]*)\}", text)
        assert forms
        assert all(form.startswith(":?") for form in forms), f"{name} has a default"


def test_every_image_is_pinned_to_a_version() -> None:
    stages = {name for line in (a for n, a in dockerfile() if n == "FROM") for name in re.findall(r" AS (\S+)", line)}
    images = [arguments.split()[0] for name, arguments in dockerfile() if name == "FROM"]
    images += [service["image"] for service in COMPOSE["services"].values() if "build" not in service]
    for image in set(images) - stages:
        assert re.search(r":\d+\.\d+(\.\d+)?(-[a-z]+)*$", image), image


def test_only_the_proxy_of_this_machine_reaches_the_app() -> None:
    published = [port for service in COMPOSE["services"].values() for port in service.get("ports", [])]
    assert published == ["127.0.0.1:${PORT:-8000}:8000"]


def test_image_runs_as_nobody_in_particular() -> None:
    names = [name for name, _ in final_stage()]
    assert only("USER") == "diwan"
    assert names.index("USER") < names.index("CMD")
    for name in ("prepare", "app", "worker", "scheduler"):
        service = COMPOSE["services"][name]
        assert "user" not in service
        assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])


def test_copied_files_exist_and_the_context_holds_no_secret() -> None:
    for name, arguments in dockerfile():
        if name == "COPY" and not arguments.startswith("--from"):
            for source in arguments.split()[:-1]:
                assert (ROOT / source).exists(), source
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert {".env", ".env.*", ".git", ".venv", "var"} <= set(ignored)


def test_image_installs_what_make_installs() -> None:
    text = " ".join(arguments for name, arguments in dockerfile() if name == "RUN")
    assert text.count("--require-hashes") == 2
    assert "-r requirements/uv.txt" in text
    assert "-r requirements/base.txt" in text


def test_health_check_tells_life_from_death(served: str) -> None:
    port = served.rsplit(":", 1)[1]
    env = environment()
    assert run(*health_check(port), env=env).returncode == 0
    assert run(*health_check(str(free_port())), env=env).returncode != 0


def test_admin_is_served_over_https_only(served: str) -> None:
    status, headers, body = get(f"{served}/admin/login/", Host=HOST, X_Forwarded_Proto="https")
    assert status == 200
    assert headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
    assert "; Secure" in headers["set-cookie"]
    assert b'name="username"' in body
    status, _headers, body = get(f"{served}/admin/login/", Host="evil.example.org", X_Forwarded_Proto="https")
    assert (status, b"Traceback" in body) == (400, False)


def test_static_files_carry_their_hash_and_are_cached_for_ever(served: str) -> None:
    _status, _headers, body = get(f"{served}/admin/login/", Host=HOST, X_Forwarded_Proto="https")
    [sheet] = re.findall(r'href="(/static/wagtailadmin/css/core\.[0-9a-f]{12}\.css)"', body.decode())
    status, headers, _body = get(f"{served}{sheet}", Host=HOST, X_Forwarded_Proto="https", Accept_Encoding="gzip")
    assert (status, headers["content-encoding"]) == (200, "gzip")
    assert "immutable" in headers["cache-control"]


def graphql(served: str, query: str) -> dict[str, Any]:
    _status, _headers, body = get(
        f"{served}/graphql/?{urlencode({'query': query})}", Host=HOST, X_Forwarded_Proto="https"
    )
    answer: dict[str, Any] = json.loads(body)
    return answer


def test_production_answers_queries_and_hides_its_schema(served: str) -> None:
    assert graphql(served, '{ country(code: "MX") { name } }')["data"] == {"country": {"name": "Mexique"}}
    answer = graphql(served, "{ __schema { queryType { name } } }")
    assert answer.get("data") is None
    assert len(answer["errors"]) > 0


def test_documents_are_never_served_from_the_media_folder(served: str, prepared: dict[str, str]) -> None:
    media = Path(prepared["MEDIA_ROOT"])
    for folder in ("images", "documents"):
        (media / folder).mkdir(parents=True, exist_ok=True)
        (media / folder / "file.png").write_bytes(b"content")
    escapes = ("images/../documents/file.png", "images/%2e%2e/documents/file.png", "images/%2e%2e%2fdocuments/file.png")
    answers = [
        get(f"{served}/media/{path}", Host=HOST, X_Forwarded_Proto="https")[0]
        for path in ("images/file.png", "documents/file.png", *escapes)
    ]
    assert answers == [200, 404, 400, 400, 400]


def test_worker_starts_with_its_own_command_and_ends_in_peace(prepared: dict[str, str], tmp_path: Path) -> None:
    command = native(COMPOSE["services"]["worker"]["command"])
    log = tmp_path / "worker.log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=prepared, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
    try:
        deadline = time.monotonic() + 60
        while b"Starting worker" not in log.read_bytes() and time.monotonic() < deadline:
            time.sleep(0.1)
        process.terminate()
        assert process.wait(timeout=30) == 0
    finally:
        process.kill()
    assert b"Starting worker" in log.read_bytes()
