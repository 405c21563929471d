"""Who answers the questions, where, and how far their answers must be the same."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from benchmarks.asks import grapple, own, plain
from benchmarks.asks.rest import Rest
from benchmarks.questions import Place
from benchmarks.requests import Ask, Request
from benchmarks.servers import ROOT, Plan

AskFor = Callable[[str, Place], Ask]
# In the countries' order, Wagtail's REST APIs follow the database's collation, which is not that of French.
_BY_COLLATION = frozenset({"continent.countries.nodes", "continents.nodes.countries.nodes"})


@dataclass(frozen=True)
class Contestant:
    """One who answers all questions."""

    name: str
    server: str
    ask: AskFor
    peer: bool = False
    """Whether it is another's work: ranked by its own search, and compared as a peer."""
    unordered: frozenset[str] = frozenset()


LIMIT, FLOOR = "constant view (limit)", "hand-written SQL (floor)"
UNCACHED, CACHED, NOT_MODIFIED = "Diwan, uncached", "Diwan, cached in Redis", "Diwan, 304"
STOCK = "uncached, stock graphql-core"


def _peer(module: Any) -> AskFor:
    def ask_for(question: str, place: Place) -> Ask:
        asked = getattr(module, question.replace(" ", "_").replace("-", "_"))
        return lambda asking: asked(asking, place)

    return ask_for


OWN = (
    Contestant(LIMIT, "Diwan", own.limit),
    Contestant(FLOOR, "Diwan", own.floor),
    Contestant(UNCACHED, "Diwan", own.uncached),
    Contestant(STOCK, "stock", own.uncached),
    Contestant(CACHED, "Diwan", own.cached),
    Contestant(NOT_MODIFIED, "Diwan", own.not_modified),
)
PEERS = (
    Contestant("wagtail-grapple", "grapple", _peer(grapple), peer=True),
    Contestant("graphene-django", "plain", _peer(plain), peer=True),
    Contestant("Wagtail API v2", "v2", _peer(Rest("v2")), peer=True, unordered=_BY_COLLATION),
    Contestant("Wagtail API v3", "v3", _peer(Rest("v3")), peer=True, unordered=_BY_COLLATION),
)
ALL_MATCHES = Request("/floor/search/?first=1000000")


def plans(news: int) -> list[Plan]:
    """The servers of all contestants, on the database of this many news."""
    stock = own_plan(news, "stock", STOCK_EXECUTION="true")
    return [own_plan(news), stock, *(peer_plan(each.server, news) for each in PEERS)]


def own_plan(news: int, name: str = "Diwan", **environment: str) -> Plan:
    """A server of the product, hand-written SQL and the constant."""
    return Plan(name, environment={"BENCH_NEWS": str(news), **environment})


def peer_plan(name: str, news: int) -> Plan:
    """A peer's server, in the environment that has the peers."""
    python = ROOT / ".venv-bench" / "bin" / "python"
    environment = {"BENCH_PEER": name, "BENCH_NEWS": str(news)}
    return Plan(name, python=python, settings="benchmarks.peers.settings", environment=environment)
