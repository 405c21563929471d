"""A page that keeps facts beside its text."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import connection, models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Locale, Page, PagePermissionTester
from wagtail_localize.fields import SynchronizedField, TranslatableField

from home.admin.record_forms import RecordPageForm
from home.admin.record_panels import FactsNotePanel
from home.admin.record_permissions import RecordPermissionTester
from home.models.base_page import TAKEN, BasePage
from home.models.search_entry import SearchTexts
from home.record_checks import Fault, Rows, day_faults, record_clean

validate_record_key = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9._:/-]*\Z",
    _("Latin letters, digits and . _ : / - alone, beginning with a letter or digit."),
)


class RecordPage(BasePage):
    """Abstract parent of pages about something in the world: a mission, an agreement, a visit.

    What is the same in every language (places, dates, numbers, whom it concerns) is kept once, on the page of the
    source language: ``fact_relations`` names the child rows that translations do not have, ``fact_fields`` the columns
    that translations repeat without anybody reading them there. Translations hold text. So a telephone number that is
    corrected is right in every language at once, without anybody synchronising anything (ADR 0011).
    """

    # Set by the form for as long as it has work with the page: rows that come with it are not those in memory, which it
    # checks itself; and what is missing in a draft may still come.
    rows_come_later = False
    is_drafted = False

    fact_fields: ClassVar[tuple[str, ...]] = ()
    fact_relations: ClassVar[tuple[str, ...]] = ()
    # References among the facts that no two entries share. No constraint of the database says so: translations repeat
    # them, may be behind, and nobody reads them there.
    unique_facts: ClassVar[tuple[str, ...]] = ()
    translated_fields: ClassVar[tuple[str, ...]] = ()

    record_key = models.CharField(
        _("stable key"),
        max_length=255,
        blank=True,
        validators=[validate_record_key],
        help_text=_("What imports find this entry again by; never shown. Empty: made of the address."),
    )

    # A copy is another record.
    exclude_fields_in_copy = ["record_key"]

    title_panels = [*Page.content_panels, FactsNotePanel()]
    settings_panels = [*BasePage.settings_panels, FieldPanel("record_key")]
    base_form_class = RecordPageForm

    class Meta:
        abstract = True

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.translatable_fields = [
            *(TranslatableField(name) for name in (*_TRANSLATED, *cls.translated_fields)),
            *(SynchronizedField(name, overridable=False) for name in ("slug", "record_key", *cls.fact_fields)),
            *(SynchronizedField(name) for name in ("image", "show_in_menus")),
        ]

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return RecordPermissionTester(user, self)

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """Nobody is offered to begin an entry in another language: its translation is begun from the entry."""
        return bool(super().can_create_at(parent)) and parent.locale.language_code == settings.DIWAN_SOURCE_LOCALE

    @property
    def is_source(self) -> bool:
        """Whether this page is the one that keeps the facts."""
        locale = self.locale if self.locale_id else self.get_default_locale()
        return bool(locale.language_code == settings.DIWAN_SOURCE_LOCALE)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Give an entry without a key that of its address, then validate as usual."""
        self._key_fill()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        """As for what is validated: drafts, copies among them, are told apart by their keys, too."""
        self._key_fill()
        super().minimal_clean()
        self._unique_facts_check()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """As usual; the translations then repeat the key of the source page."""
        from home.services.record_keys import record_keys_follow

        super().save(*args, **kwargs)
        fields = kwargs.get("update_fields")
        if self.is_source and (fields is None or "record_key" in fields):
            record_keys_follow(page=self)

    def _key_fill(self) -> None:
        self.slug_fill()
        if not self.is_source:
            # An older version of a translation may repeat a key that is another record's by now.
            sources = type(self)._default_manager.filter(
                translation_key=self.translation_key, locale__language_code=settings.DIWAN_SOURCE_LOCALE
            )
            self.record_key = sources.values_list("record_key", flat=True).first() or self.record_key
        if self.record_key:
            return
        self.record_key = self.slug
        # An entry may have kept the key of an address that it has no longer.
        others = type(self)._default_manager.filter(locale_id=self.locale_id, record_key=self.slug).exclude(pk=self.pk)
        if self.slug and others.exists():
            self.record_key = f"{self.slug[:220]}-{self.translation_key.hex[:12]}"

    def clean(self) -> None:
        """Raise ValidationError for a page of another language without one in the source language.

        On the page of the source language: where the facts do not fit together.
        """
        super().clean()
        self._unique_facts_check()
        if self.is_source:
            faults = [Fault(message, name) for name, message in day_faults(self)]
            faults += [fault for fault in self.column_faults() if not (fault.missing and self.is_drafted)]
            if faults:
                raise ValidationError({fault.field: [fault.message] for fault in faults})
            if not self.rows_come_later:
                record_clean(self)
            return
        sources = type(self)._default_manager.filter(
            translation_key=self.translation_key, locale__language_code=settings.DIWAN_SOURCE_LOCALE
        )
        if not sources.exists():
            raise ValidationError(
                _("Entries are begun in %(language)s, where their facts are kept, and then translated.")
                % {"language": Locale.objects.get(language_code=settings.DIWAN_SOURCE_LOCALE).get_display_name()}
            )

    def _unique_facts_check(self) -> None:
        """Raise ValidationError where another entry of the source language has what only one may have.

        What is referred to is locked until the transaction ends, so that two who save at once do not both find it free.
        """
        if not self.is_source or self.neighbours_are_checked:
            return
        for name in self.unique_facts:
            field = self._meta.get_field(name)
            value = getattr(self, field.attname)
            if value is None:
                continue
            if connection.in_atomic_block:
                # The weakest lock that excludes itself: whoever else refers to the same does not wait.
                locked = field.related_model._default_manager.select_for_update(no_key=True, of=("self",))
                list(locked.filter(pk=value).only("pk"))
            others = type(self)._default_manager.filter(**{field.attname: value}, locale_id=self.locale_id)
            if others.exclude(pk=self.pk).exists():
                raise ValidationError({name: TAKEN})

    def column_faults(self) -> Iterator[Fault]:
        """What is wrong between the columns of the page; each fault names one."""
        yield from ()

    def row_faults(self, rows: Rows) -> Iterator[Fault]:
        """What is wrong between rows that are right each alone, or between them and the page."""
        yield from ()

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Raise Http404 where the page of the source language is hidden: that hides the record in every language."""
        from home.selectors.plain_face import gate_of_request
        from home.selectors.record_face import record_source_shown

        if record_source_shown(page=self, gate=gate_of_request(request)) is None:
            raise Http404("the source is hidden")
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """``facts`` is the page that keeps them; a preview shows what the page repeats while that is hidden."""
        from home.selectors.plain_face import gate_of_request
        from home.selectors.record_face import record_source_shown

        gate = gate_of_request(request)
        facts = record_source_shown(page=self, gate=gate) or self
        return {
            **super().get_context(request, *args, **kwargs),
            "facts": facts,
            **self.get_face(facts=facts, gate=gate),
        }

    def get_face(self, *, facts: Any, gate: Any) -> dict[str, Any]:
        """What the plain page shows of this type of record; ``facts`` is the page that keeps them."""
        return {}

    def copy_for_translation(
        self,
        locale: Locale,
        copy_parents: bool = False,
        alias: bool = False,
        exclude_fields: list[str] | None = None,
    ) -> Any:
        """As Wagtail does it, without the child rows that hold facts."""
        return super().copy_for_translation(
            locale,
            copy_parents=copy_parents,
            alias=alias,
            exclude_fields=[*(exclude_fields or ()), *self.fact_relations],
        )

    def get_search_texts(self) -> SearchTexts | None:
        texts = super().get_search_texts()
        if texts is not None:
            texts.head += self.get_search_head()
        return texts

    def get_search_head(self) -> list[str]:
        """What else than its title the entry is known by: acronyms, places, references."""
        return []


_TRANSLATED = ("title", "seo_title", "search_description", "introduction", "body", "image_alt", "image_credit")
