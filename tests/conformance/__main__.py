"""Fetch, verify and unpack graphql-core's tests, and run them. Arguments are passed on to pytest."""

import hashlib
import importlib.metadata
import os
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements" / "base.txt"
CACHE = ROOT / ".cache" / "conformance"
# Every folder or file of the distribution that executes operations.
TESTS = [
    "tests/execution",
    "tests/type/test_custom_scalars.py",
    "tests/type/test_enum.py",
    "tests/type/test_introspection.py",
    "tests/utilities/test_build_ast_schema.py",
    "tests/utilities/test_build_client_schema.py",
    "tests/utilities/test_extend_schema.py",
    "tests/test_hide_suggestions.py",
    "tests/test_star_wars_introspection.py",
    "tests/test_star_wars_query.py",
    "tests/test_too_deeply_nested_documents.py",
    "tests/test_user_registry.py",
]
PYTEST_INI = """\
[pytest]
python_classes = PyTest*
addopts = --strict-markers -W ignore
markers =
    asyncio: run in an event loop
    timeout: seconds, for a plugin that is not installed here
"""


def locked_release(lock: str) -> tuple[str, set[str]]:
    """Version and SHA-256 sums of graphql-core in the text of a lock file."""
    found = re.search(r"^graphql-core==(\S+)((?:\s*\\\n\s*--hash=sha256:[0-9a-f]{64})+)", lock, re.MULTILINE)
    if not found:
        sys.exit(f"conformance: {LOCK.name} does not lock graphql-core with hashes")
    return found[1], set(re.findall("[0-9a-f]{64}", found[2]))


def source_distribution(version: str, hashes: set[str]) -> Path:
    """The verified archive, downloaded when it is not in the cache."""
    archive = CACHE / f"graphql_core-{version}.tar.gz"
    if not archive.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--no-binary=:all:", "--dest", str(CACHE)]
        download = [sys.executable, "-m", "pip", "download", *options, f"graphql-core=={version}"]
        if subprocess.run(download, check=False).returncode or not archive.exists():
            sys.exit(f"conformance: the source distribution of graphql-core {version} could not be downloaded")
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    if digest not in hashes:
        sys.exit(f"conformance: {archive} has SHA-256 {digest}, which {LOCK.name} does not allow")
    return archive


def unpack_tests(archive: Path, folder: Path) -> None:
    """Write the regular files below tests/ of the archive into `folder`, and nothing else."""
    with tarfile.open(archive) as members:
        for member in members:
            path = Path(*Path(member.name).parts[1:])
            if member.isfile() and path.parts[:1] == ("tests",) and ".." not in path.parts:
                content = members.extractfile(member)
                assert content is not None
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_bytes(content.read())


def main(arguments: list[str]) -> int:
    version, hashes = locked_release(LOCK.read_text(encoding="utf-8"))
    installed = importlib.metadata.version("graphql-core")
    if installed != version:
        sys.exit(f"conformance: graphql-core {installed} is installed, {LOCK.name} has {version}")
    archive = source_distribution(version, hashes)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        unpack_tests(archive, folder)
        (folder / "pytest.ini").write_text(PYTEST_INI, encoding="utf-8")
        # The folder comes first, where python -m pytest puts it: its package is called `tests` as ours is.
        python_path = os.pathsep.join([str(Path(__file__).parent), str(ROOT)])
        options = ["-q", "-c", "pytest.ini", "--rootdir", ".", "-p", "no:cacheprovider", "-p", "no:django"]
        run = [sys.executable, "-m", "pytest", *options, "-p", "with_our_context", *(arguments or TESTS)]
        return subprocess.run(run, cwd=folder, env={**os.environ, "PYTHONPATH": python_path}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
