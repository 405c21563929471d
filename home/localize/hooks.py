"""The hooks of the admin that the guards need; imported by ``home/wagtail_hooks.py``.

Those with order -1 run before wagtail-localize's own, which has order 0.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLResolver, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.widgets.button import Button
from wagtail.models import DraftStateMixin, Locale, Page, TranslatableMixin
from wagtail_localize.models import Translation, TranslationSource

from home.localize.admin_api import PublicPagesAdminAPIViewSet
from home.localize.cascade import pages_chosen
from home.localize.editor import editor_open
from home.localize.listing import listing_rights
from home.localize.places import records_into, shows_another_language, source_exists, source_get
from home.localize.prefill import translation_prefill
from home.localize.progress import Remaining, remaining_get
from home.localize.publication import publication_refusal
from home.localize.rights import locale_list_offered, target_can_edit, target_can_publish, update_is_permitted
from home.localize.schedule import schedule_of_record
from home.localize.urls import localize_urls, submit_url
from home.selectors.permissions import locale_is_permitted


class UntranslatedMenuItem(MenuItem):
    """Leads translators to what they may translate."""

    def is_shown(self, request: Any) -> bool:
        return bool(request.user.has_perm("wagtail_localize.submit_translation"))


@hooks.register("register_admin_urls", order=-1)
def register_localize_urls() -> list[URLResolver]:
    return localize_urls()


@hooks.register("register_reports_menu_item")
def register_untranslated_menu_item() -> UntranslatedMenuItem:
    return UntranslatedMenuItem(
        _lazy("To translate"),
        reverse("diwan_localize:untranslated"),
        name="untranslated",
        icon_name="wagtail-localize-language",
        order=8990,
    )


@hooks.register("construct_admin_api")
def construct_admin_api(router: Any) -> None:
    router.register_endpoint("pages", PublicPagesAdminAPIViewSet)


@hooks.register("insert_global_admin_css")
def localize_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', versioned_static("home/css/localize.css"))


# --- Buttons ------------------------------------------------------------------------------------------------------
def _buttons(instance: Any, user: Any, next_url: str | None, translate_label: str, sync_label: str) -> Iterator[Button]:
    if not user.has_perm("wagtail_localize.submit_translation"):
        return
    source = source_get(instance=instance)
    offered = locale_list_offered(user=user, instance=source)
    if source.pk != instance.pk:
        offered = [locale for locale in offered if locale.pk == instance.locale_id]
    if offered:
        chosen = offered[0] if len(offered) == 1 else None
        yield Button(
            translate_label,
            submit_url(instance=source, select_locale=chosen),
            priority=60,
            icon_name="wagtail-localize-language",
        )
    record = TranslationSource.objects.get_for_instance_or_none(instance)
    translations = list(record.translations.filter(enabled=True).select_related("target_locale")) if record else []
    if record and translations and update_is_permitted(user=user, source_instance=instance, translations=translations):
        yield _sync_button(sync_label, record.pk, next_url)


def _sync_button(label: str, record_id: int, next_url: str | None) -> Button:
    url = reverse("wagtail_localize:update_translations", args=[record_id])
    return Button(
        label, f"{url}?{urlencode({'next': next_url})}" if next_url else url, priority=61, icon_name="resubmit"
    )


@hooks.register("register_page_listing_more_buttons")
def page_listing_translation_buttons(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """Listings show many pages: here no statement is spent on any of them, and the view behind the button decides."""
    if (
        not page.is_root()
        and page.locale.language_code == settings.DIWAN_SOURCE_LOCALE
        and user.has_perm("wagtail_localize.submit_translation")
    ):
        yield Button(
            _("Translate this page"), submit_url(instance=page), priority=60, icon_name="wagtail-localize-language"
        )


@hooks.register("register_page_header_buttons")
def page_translation_buttons(
    page: Page, user: Any, next_url: str | None = None, view_name: str | None = None
) -> Iterator[Button]:
    if not page.is_root():
        yield from _buttons(page, user, next_url, _("Translate this page"), _("Sync translated pages"))


@hooks.register("register_snippet_listing_buttons")
def snippet_translation_buttons(snippet: models.Model, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """Only the version in the source language offers to be translated: the others are what it is translated into."""
    if not isinstance(snippet, TranslatableMixin) or not user.has_perm("wagtail_localize.submit_translation"):
        return
    rights = listing_rights(user=user, model=type(snippet))
    if snippet.locale.language_code == settings.DIWAN_SOURCE_LOCALE and rights.is_offered(snippet):
        yield Button(_("Translate"), submit_url(instance=snippet), priority=60, icon_name="wagtail-localize-language")
    record = rights.record_of(snippet)
    if record:
        yield _sync_button(_("Sync translated snippets"), record, next_url)


# --- Publishing and restarting from the translation editor ---------------------------------------------------------
def _record_get(instance: Any, *, enabled: bool) -> Translation | None:
    return (
        records_into(target=instance)
        .filter(enabled=enabled)
        .select_related(
            "source__locale", "source__specific_content_type", "source__object", "target_locale", "schedule"
        )
        .first()
    )


def _editor_open(request: Any, instance: Any) -> HttpResponse | None:
    """The translation editor, where ``instance`` has a translation under way and somebody looks at it."""
    if request.method not in ("GET", "HEAD") or getattr(instance, "alias_of_id", None):
        return None
    record = getattr(instance, "record_under_way", None) or _record_get(instance, enabled=True)
    return editor_open(request=request, record=record, instance=instance) if record else None


def _publication_refused(request: Any, instance: Any, locale: Locale, remaining: Remaining) -> None:
    messages.error(
        request,
        _("'%(title)s' is not published in %(language)s: %(reason)s. Your work is saved.")
        % {"title": instance, "language": locale.get_display_name(), "reason": remaining},
    )


def _guard_editor_post(request: Any, instance: Any) -> HttpResponse | None:
    """Refuse what the user may not do, and keep an incomplete translation from readers; else let it pass."""
    if request.method != "POST":
        return None
    if "localize-restart-translation" in request.POST:
        record = _record_get(instance, enabled=False)
        if record:
            if not target_can_edit(user=request.user, target=instance):
                raise PermissionDenied
            if not source_exists(source=record.source):
                # The translation editor would have nothing to show, and nobody could edit the page any more.
                messages.error(
                    request,
                    _("The source of “%(title)s” was deleted: there is nothing to translate.") % {"title": instance},
                )
                return redirect(request.path)
            # What was written by hand since the translation was stopped is newer than what it had stored.
            translation_prefill(
                source=record.source, locale=instance.locale, target=instance, user=request.user, overwrite=True
            )
        return None
    record = _record_get(instance, enabled=True)
    if record is None or request.POST.get("action") != "publish":
        return None
    if not target_can_publish(user=request.user, target=instance):
        raise PermissionDenied
    remaining = remaining_get(source=record.source, locale=record.target_locale)
    if getattr(instance, "workflow_in_progress", False):
        # Wagtail would end the review.
        messages.error(
            request,
            _("'%(title)s' is under review: it is published when the review approves it. Your work is saved.")
            % {"title": instance},
        )
        return redirect(request.path)
    if not remaining:
        return _publish_later(request, instance, record)
    if isinstance(instance, DraftStateMixin):
        record.save_target(user=request.user, publish=False)
    _publication_refused(request, instance, record.target_locale, remaining)
    return redirect(request.path)


def _publish_later(request: Any, instance: Any, record: Translation) -> HttpResponse | None:
    """Where a complete page is to go live later, wagtail-localize would call it published; else None, it will be."""
    if not isinstance(instance, Page):
        return None
    schedule = schedule_of_record(record=record)
    if not schedule.is_later:
        return None
    try:
        record.save_target(user=request.user, publish=True)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        values = {"title": instance, "language": record.target_locale.get_display_name()}
        if schedule.waits:
            text = _("'%(title)s' is complete in %(language)s and goes live when its source does.")
        else:
            text = _("'%(title)s' is complete in %(language)s and goes live on %(date)s.")
            values["date"] = date_format(timezone.localtime(schedule.go_live_at), "DATETIME_FORMAT")
        messages.success(request, text % values)
    return redirect(request.path)


@hooks.register("before_edit_page", order=-1)
def before_edit_page(request: Any, page: Page) -> HttpResponse | None:
    return _guard_editor_post(request, page) or _editor_open(request, page)


@hooks.register("before_convert_alias_page", order=-1)
def before_convert_alias_page(request: Any, page: Page) -> HttpResponse | None:
    """An alias of another language shows its text; as a page of its own it would stay live with that text."""
    if not shows_another_language(page=page):
        return None
    messages.error(
        request,
        _("'%(title)s' shows the text of another language: translate it instead of converting it.") % {"title": page},
    )
    source = source_get(instance=page)
    if page.locale in locale_list_offered(user=request.user, instance=source):
        return redirect(submit_url(instance=source, select_locale=page.locale))
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_publish_page", order=-1)
def before_publish_page(request: Any, page: Page) -> HttpResponse | None:
    """The ordinary editor publishes past the page's own method; it has saved the draft by now."""
    refusal = publication_refusal(page=page, revision=page.latest_revision)
    if not refusal:
        return None
    _publication_refused(request, page, page.locale, refusal)
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("construct_translated_pages_to_cascade_actions")
def translated_pages_to_cascade(pages: Sequence[Page], action: str) -> dict[Page, list[Page]]:
    return pages_chosen(pages, action)


@hooks.register("before_edit_snippet", order=-1)
def before_edit_snippet(request: Any, instance: models.Model) -> HttpResponse | None:
    if not isinstance(instance, TranslatableMixin):
        return None
    if not locale_is_permitted(request.user, instance.locale):
        raise PermissionDenied
    return _guard_editor_post(request, instance) or _editor_open(request, instance)


@hooks.register("before_create_snippet", order=-1)
def before_create_snippet(request: Any, model: type[models.Model]) -> None:
    """Wagtail's rights on snippets know no language: the user's languages come from the page trees."""
    if issubclass(model, TranslatableMixin):
        code = request.GET.get("locale")
        locale = Locale.objects.filter(language_code=code).first() if code else Locale.get_default()
        if locale is None or not locale_is_permitted(request.user, locale):
            raise PermissionDenied


@hooks.register("before_delete_snippet", order=-1)
def before_delete_snippet(request: Any, instances: Sequence[models.Model]) -> None:
    for instance in instances:
        if isinstance(instance, TranslatableMixin) and not locale_is_permitted(request.user, instance.locale):
            raise PermissionDenied
