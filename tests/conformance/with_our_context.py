"""A pytest plugin that puts our execution context in the place of graphql-core's, before its tests are imported."""

import asyncio
import importlib
import inspect
import re
from pathlib import Path
from typing import Any

import pytest
from graphql import ExecutionContext

from api.execution import DeferredExecutionContext

AWAITABLES = Path(__file__).with_name("awaitables.txt")

executions = 0
deselected: list[pytest.Item] = []


class ObservedContext(DeferredExecutionContext):
    """Ours, counted, to notice when the tests execute with something else."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        global executions
        executions += 1
        super().__init__(*args, **kwargs)


# What execute() takes when it is told no class; the events of subscriptions go through it too. Under its public name
# graphql-core's class stays: its tests derive from that to override private methods, which ours does not call.
module = importlib.import_module("graphql.execution.execute")
assert module.ExecutionContext is ExecutionContext
module.ExecutionContext = ObservedContext


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run the tests that are coroutines: most of them pass whatever the context."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    arguments = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}
    asyncio.run(asyncio.wait_for(pyfuncitem.obj(**arguments), timeout=60))
    return True


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the listed tests. A list that names what is not there, or what never awaits, is an error."""
    lines = AWAITABLES.read_text(encoding="utf-8").splitlines()
    listed = {line for line in lines if line and not line.startswith("#")}
    left_out = [item for item in items if item.nodeid in listed]
    files = {item.nodeid.partition("::")[0] for item in items}
    for nodeid in sorted(listed - {item.nodeid for item in left_out}):
        if nodeid.partition("::")[0] in files and not config.getoption("keyword"):
            raise pytest.UsageError(f"{AWAITABLES.name} lists a test that does not exist: {nodeid}")
    for item in left_out:
        assert isinstance(item, pytest.Function)
        if not re.search(r"\b(async|await|_async|isawaitable)", inspect.getsource(item.obj) + item.nodeid):
            raise pytest.UsageError(f"{AWAITABLES.name} lists a test that has nothing to do with awaitables: {item}")
    deselected.extend(left_out)
    items[:] = [item for item in items if item.nodeid not in listed]
    config.hook.pytest_deselected(items=left_out)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if not executions and not session.exitstatus:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any) -> None:
    passed, failed = (len(terminalreporter.getreports(outcome)) for outcome in ("passed", "failed"))
    terminalreporter.write_line(
        f"conformance: {passed} passed, {failed} failed, {len(deselected)} deselected because awaitable, "
        f"{executions} operations executed by {DeferredExecutionContext.__name__}"
    )
