"""Guards around wagtail-localize: who may translate where, what may go live, and which files may be imported.

``docs/translation.md`` says what each guard does and why. Where a public hook, a subclass or a URL of our own was
enough, it was taken; the rest stands in ``patches``, one module each.
"""
