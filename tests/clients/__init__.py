"""Real clients and public conformance suites, run with Node against a served demo site: make clients, make audit."""
