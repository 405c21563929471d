"""Attaches a peer's fields to the models, before the peer's own app looks at them."""

from importlib import import_module

from django.apps import AppConfig

from benchmarks.peers.chosen import PEER

_MODULES = {"grapple": "grapple", "plain": "plain", "v2": "rest", "v3": "rest"}


class PeersConfig(AppConfig):
    """The first app of a peer's settings."""

    name = "benchmarks.peers"
    label = "bench_peers"

    def ready(self) -> None:
        import_module(f"benchmarks.peers.{_MODULES[PEER]}").attach()
