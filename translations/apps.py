from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationsConfig(AppConfig):
    name = "translations"
    verbose_name = _("Translations")

    def ready(self) -> None:
        from home.localize.tasks import subtree_starter_register
        from home.services.content_version import content_model_add

        # Receivers connect themselves; the worker must know how each kind of job is done.
        from translations import demo_receivers, memory_receivers, receivers, review_receivers  # noqa: F401
        from translations.services import desk_jobs, exchange_jobs, glossary_jobs, machine_jobs, memory_jobs  # noqa: F401
        from translations.services.submissions import subtree_job_start

        # Of all tables of this app, answers are made of this one: what is being translated is nobody's business yet.
        content_model_add("translations.SourceText")
        review_receivers.register()
        subtree_starter_register(subtree_job_start)
