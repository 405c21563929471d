"""Drive the admin's translation views as a translator's browser does."""

import json
import re
from dataclasses import dataclass
from html import unescape
from typing import Any

import polib
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail.users.models import UserProfile
from wagtail_localize.models import Translation

from regions.services.access import locale_editors_group_name, translators_group_name


def translator_make(code: str) -> Any:
    """A user in setup_site's group of translators of one language, and in no other."""
    return _member(f"translator-{code}", translators_group_name(code))


def editor_make(code: str) -> Any:
    """A user in the group of editors of a language that is translated into: she publishes without review."""
    return _member(f"editor-{code}", locale_editors_group_name(code))


def _member(username: str, group: str) -> Any:
    user = get_user_model().objects.create_user(username, f"{username}@example.org", "password")
    user.groups.add(Group.objects.get(name=group))
    speak_english(user)
    return user


def speak_english(user: Any) -> None:
    """Give a user the admin in English, so that tests read the same messages whatever the catalogues say."""
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "en"})


def client_for(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def messages_of(response: Any) -> list[str]:
    """The admin's messages on the page that a followed redirect ends on."""
    return [str(message) for message in response.context["messages"]]


def is_refused(response: Any) -> bool:
    """Was the request forbidden? The admin answers with its home page and a message, or with 403 to a script."""
    if response.status_code == 403:
        return True
    chain = getattr(response, "redirect_chain", None) or [(getattr(response, "url", ""), response.status_code)]
    return chain[-1] == (reverse("wagtailadmin_home"), 302)


@dataclass
class Desk:
    """One user at one translation."""

    client: Client
    record: Translation

    @property
    def target(self) -> Any:
        return self.record.get_target_instance()

    @property
    def edit_url(self) -> str:
        return self.record.get_target_instance_edit_url()

    def props(self) -> dict[str, Any]:
        """What the translation editor is started with."""
        html = self.client.get(self.edit_url).content.decode()
        match = re.search(r'data-props="([^"]*)"', html)
        assert match, "this is not the translation editor"
        return json.loads(unescape(match[1]))

    def strings(self) -> list[dict[str, Any]]:
        return [segment for segment in self.props()["segments"] if segment["type"] == "string"]

    def put(self, url: str, value: str) -> Any:
        body = encode_multipart(BOUNDARY, {"value": value})
        return self.client.put(url, body, content_type=MULTIPART_CONTENT)

    def translate(self, texts: dict[str, str]) -> None:
        """Type the translation of each source text; every text of the page must be in ``texts``."""
        for segment in self.strings():
            response = self.put(segment["editUrl"], texts[segment["source"]])
            assert response.status_code in (200, 201), response.content

    def translate_all(self, mark: str) -> None:
        """Type ``mark`` before each source text that has no translation yet."""
        props = self.props()
        done = {row["segment_id"] for row in props["initialStringTranslations"]}
        for segment in props["segments"]:
            if segment["type"] == "string" and segment["id"] not in done:
                assert self.put(segment["editUrl"], f"{mark}{segment['source']}").status_code in (200, 201)

    def publish(self) -> Any:
        return self.client.post(self.edit_url, {"action": "publish"}, follow=True)

    def po_download(self) -> polib.POFile:
        response = self.client.get(reverse("wagtail_localize:download_pofile", args=[self.record.pk]))
        assert response.status_code == 200
        return polib.pofile(response.content.decode())

    def po_upload(self, data: bytes | str | polib.POFile) -> Any:
        if not isinstance(data, bytes):
            data = str(data).encode()
        url = reverse("wagtail_localize:upload_pofile", args=[self.record.pk])
        upload = SimpleUploadedFile("page.po", data)
        return self.client.post(url, {"file": upload, "next": self.edit_url}, follow=True)


def submit_url_of(instance: Any) -> str:
    if isinstance(instance, Page):
        return reverse("wagtail_localize:submit_page_translation", args=[instance.pk])
    meta = instance._meta
    return reverse("wagtail_localize:submit_snippet_translation", args=[meta.app_label, meta.model_name, instance.pk])


def submit(client: Client, instance: Any, *codes: str, **fields: Any) -> Any:
    """Post the form that starts translations."""
    locales = [Locale.objects.get(language_code=code).pk for code in codes]
    return client.post(submit_url_of(instance), {"locales": locales, **fields}, follow=True)


def desk_open(client: Client, instance: Any, code: str) -> Desk:
    """Submit ``instance`` into one language and sit down at the translation."""
    locale = Locale.objects.get(language_code=code)
    response = client.post(submit_url_of(instance), {"locales": [locale.pk]})
    assert response.status_code == 302, response.status_code
    client.cookies.pop("messages", None)  # that the page was submitted
    record = Translation.objects.get(
        source__object_id=instance.translation_key, target_locale__language_code=code, enabled=True
    )
    return Desk(client=client, record=record)
