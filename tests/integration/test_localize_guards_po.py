"""PO files: a whole file or nothing, and a clear word for whatever does not fit.

Each defect is shown twice: what happens here, and what happens where the guards are off (``guarded`` is False). A test
that no longer finds the defect there says that its guard can go.
"""

import polib
import pytest
from django.urls import reverse
from wagtail_localize.models import StringTranslation

from home.localize.po import MAX_BYTES
from tests.integration.plain_localize import plain_localize
from tests.integration.translating import (
    client_for,
    desk_open,
    messages_of,
)

pytestmark = [pytest.mark.once, pytest.mark.django_db]


@pytest.fixture
def po_desk(site_tree, admin):
    desk = desk_open(client_for(admin), site_tree.news("Accord", introduction="Texte de la page."), "ar")
    assert desk.put(desk.strings()[0]["editUrl"], "قبل").status_code == 201
    return desk


def stored():
    rows = StringTranslation.objects.order_by("pk").values("translation_of", "context", "locale", "data", "has_error")
    return list(rows)


def test_round_trip(po_desk):
    po = po_desk.po_download()
    assert po.metadata["Language"] == "ar"
    assert {(entry.msgctxt, entry.msgid, entry.msgstr) for entry in po} == {
        ("title", "Accord", "قبل"),
        ("introduction", "Texte de la page.", ""),
    }
    for entry in po:
        entry.msgstr = {"title": "اتفاق", "introduction": "نص الصفحة."}[entry.msgctxt]
    response = po_desk.po_upload(po)
    assert any("2 " in message for message in messages_of(response))
    assert not po_desk.target.live
    po_desk.publish()
    assert (po_desk.target.title, po_desk.target.introduction, po_desk.target.live) == ("اتفاق", "نص الصفحة.", True)
    assert {entry.msgstr for entry in po_desk.po_download()} == {"اتفاق", "نص الصفحة."}


def test_the_file_holds_each_text_once(site_tree, admin):
    body = '[{"type": "rich_text", "value": "<p>Un.</p><p>Deux.</p><p>Un.</p>"}]'
    desk = desk_open(client_for(admin), site_tree.news("Accord", body=body), "ar")
    po = desk.po_download()
    assert sorted(entry.msgid for entry in po) == ["Accord", "Deux.", "Un."]
    for entry in po:
        entry.msgstr = f"ع {entry.msgid}"
    desk.po_upload(po)
    desk.publish()
    assert desk.target.body[0].value.source.count("ع Un.") == 2


def test_file_without_its_header(po_desk, request):
    po = po_desk.po_download()
    del po.metadata["X-WagtailLocalize-TranslationID"]
    po[0].msgstr = "بلا رأس"
    before = stored()
    response = po_desk.po_upload(po)
    assert response.status_code == 200
    assert any("X-WagtailLocalize-TranslationID" in message for message in messages_of(response))
    assert stored() == before
    with plain_localize():
        po_desk.client.raise_request_exception = False
        assert po_desk.po_upload(po).status_code == 500


DAMAGED = {
    "empty": (lambda po: b"", "PO"),
    "binary": (lambda po: b"\x89PNG\r\n\x1a\n\x00\xff", "UTF-8"),
    "compiled": (lambda po: po.to_binary(), "UTF-8"),
    "utf-16": (lambda po: str(po).encode("utf-16"), "UTF-8"),
    "html": (lambda po: b"<html><body>Session expired</body></html>", "damaged"),
    "file name": (lambda po: b"/etc/passwd", "damaged"),
    "cut in a line": (lambda po: str(po).encode()[:-25], "cut off"),
    "cut between entries": (lambda po: str(po).encode().rsplit(b"\n\n", 1)[0], "Texte de la page."),
    "huge": (lambda po: str(po).encode() + b"#" * (MAX_BYTES + 1), "2048"),
    "nul": (lambda po: str(po).encode() + b"\x00", "UTF-8"),
}


def test_damaged_file_changes_nothing(po_desk):
    before = stored()
    for name, (make, said) in DAMAGED.items():
        po = po_desk.po_download()
        po[0].msgstr = "جديد"
        response = po_desk.po_upload(make(po))
        assert response.status_code == 200, name
        (found,) = messages_of(response)
        assert said in found, name
        assert stored() == before, name


def change(**fields):
    def make(po):
        for name, value in fields.items():
            setattr(po[0], name, value)
        return po

    return make


def of_another_language(po):
    po.metadata["Language"] = "es"
    return po


def of_another_page(po):
    po.metadata["X-WagtailLocalize-TranslationID"] = "00000000-0000-0000-0000-000000000000"
    return po


def twice(po):
    po.append(polib.POEntry(msgctxt=po[0].msgctxt, msgid=po[0].msgid, msgstr="آخر"))
    return po


UNFIT = {
    "language": (of_another_language, "es"),
    "page": (of_another_page, "another page"),
    "contradiction": (twice, "Accord"),
    "stale": (change(msgid="Ancien titre", msgstr="قديم"), "Ancien titre"),
    "moved": (change(msgctxt="body.elsewhere", msgstr="قديم"), "Accord"),
    "too long": (change(msgstr="ع" * 256), "Accord"),
    "control character": (change(msgstr="a\x07b"), "Accord"),
}


def test_file_that_does_not_fit_changes_nothing(po_desk):
    before = stored()
    for name, (make, said) in UNFIT.items():
        po = po_desk.po_download()
        for entry in po:
            entry.msgstr = "جديد"
        response = po_desk.po_upload(make(po))
        assert response.status_code == 200, name
        (found,) = messages_of(response)
        assert said in found, name
        assert stored() == before, name


def test_upload_without_a_file(po_desk):
    url = reverse("wagtail_localize:upload_pofile", args=[po_desk.record.pk])
    response = po_desk.client.post(url, {"next": po_desk.edit_url}, follow=True)
    assert response.status_code == 200
    assert len(messages_of(response)) == 1


def test_fuzzy_and_empty_entries_are_left_out(po_desk, guarded):
    po = po_desk.po_download()
    po[0].msgstr = ""
    po[1].msgstr = "اقتراح غير مؤكد"
    po[1].flags.append("fuzzy")
    po_desk.po_upload(po)
    texts = set(StringTranslation.objects.values_list("data", flat=True))
    assert texts == ({"قبل"} if guarded else {"قبل", "اقتراح غير مؤكد"})
