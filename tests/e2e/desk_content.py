"""A translators' desk on a working day, for the pictures in docs/: pages in every state, people, due dates, files.

It runs in a demo site's own process: ``manage.py shell -c "from tests.e2e import desk_content; …"``. Everything is done
by the services that the admin calls, so that what the pictures show is what a user of that site would see.
"""

import datetime
import json
import re
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from lxml import etree
from wagtail.models import Locale, Page
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from home.localize.submission import translation_submit
from regions.demo import reader
from regions.models import NewsIndexPage, NewsKind, NewsPage
from translations.exchange.units import Format
from translations.models import DeskJob, TranslationAssignment
from translations.services.assignments import translation_assign
from translations.services.exchange import ImportOptions
from translations.services.exchange_export import exchange_export
from translations.services.exchange_jobs import import_enqueue
from translations.services.glossary_jobs import glossary_import_enqueue
from translations.services.jobs import job_enqueue
from translations.services.reviews import review_approve, review_reject, review_submit

URGENT, HIGH, NORMAL = 3, 2, 1

# Of the demonstration, in both languages.
PUBLISHED = (
    "cuba-relations-diplomatiques",
    "sommet-brasilia-2005",
    "libre-echange-etats-unis",
    "retour-union-africaine",
    "traite-marrakech-ompi",
    "dialogue-strategique-washington",
)
READY = ("aide-medicale-afrique-2020",)
IN_REVIEW = ("mondial-2030",)
RETURNED = "seisme-al-haouz-secours"
# In French alone.
NEW = ("reunion-haut-niveau-espagne-2023", "zlecaf-kigali-2018", "pacte-mondial-migrations", "visite-etat-espagne-2019")
WRITTEN = "visite-etat-france-2024"
JOBS = {
    "fr": ("japon-investissement-2020", "fes-alliance-civilisations", "alliance-du-pacifique", "zlecaf-kigali-2018"),
    "ar": ("partenariat-strategique-chine", "visite-abuja-2016", "accord-cadre-mercosur", "zlecaf-kigali-2018"),
}

# What the demonstration has in French alone.
ARABIC = {
    "Quelques destinations": "بعض الوجهات",
    "C’est la deuxième fois": "وهي المرة الثانية التي ينظم فيها بلد إفريقي كأس العالم، بعد جنوب إفريقيا سنة 2010.",
    "Les ambassades du Maroc": "وفتحت سفارات المغرب سجلات للتعازي.",
    "Visite d’État du Président de la République française à Rabat": "زيارة دولة لرئيس الجمهورية الفرنسية إلى الرباط",
    "Du 28 au 30 octobre 2024": "وُقِّع اثنان وعشرون اتفاقا من 28 إلى 30 أكتوبر 2024، وأُعلنت «شراكة استثنائية وطيدة».",
    "Mur de zellige bleu": "جدار من الزليج الأزرق والأحمر والأخضر تزينه نجوم ثمانية الرؤوس.",
    "Rames à grande vitesse": "قطارات فائقة السرعة وهيدروجين وتكوين: تُلزم النصوص مقاولات البلدين وإداراتهما سنوات عدة.",
}

# A news item that shows everything that the translation editor helps with.
EDITOR_TITLE = "Le Maroc retrouve sa place au Conseil de paix et de sécurité de l’Union africaine"
EDITOR_INTRODUCTION = (
    "En mars 2025, le Royaume du Maroc préside le Conseil de paix et de sécurité de l’Union africaine à Addis-Abeba."
)
EDITOR_BODY = (
    "<p>Le ministre des Affaires étrangères ouvre la session du <b>11 mars 2025</b>.</p>"
    "<p>Membre fondateur de l’Organisation de l’unité africaine en 1963, le Maroc l’avait quittée en 1984.</p>"
    "<p>Trois réunions ministérielles sont prévues pendant le mois.</p>"
)
EDITOR_ARABIC = {
    # The approved name of the kingdom is another, and the year is wrong.
    "En mars 2025": "في مارس 2024 تتولى مملكة المغرب رئاسة مجلس السلم والأمن التابع للاتحاد الأفريقي في أديس أبابا.",
    # The bold of the source is lost.
    "Le ministre des Affaires": "افتتح وزير الشؤون الخارجية دورة 11 مارس 2025.",
}
EDITOR_MACHINE = {"Trois réunions": "ومن المقرر عقد ثلاثة اجتماعات وزارية خلال الشهر."}

GLOSSARY_FILE = """source_language,target_language,term,translation,forbidden,kind,match_case,note
fr,ar,Conseil de paix et de sécurité,مجلس السلم والأمن,,institution,no,Union africaine
fr,ar,convention de siège,,,agreement,no,
fr,it,note verbale,nota verbale,,other,no,
"""


def _user(name: str) -> Any:
    return get_user_model().objects.get(username=name)


def _arabic() -> Locale:
    return Locale.objects.get(language_code="ar")


def _news(slug: str) -> NewsPage:
    return NewsPage.objects.get(slug=slug, locale_code="fr")


def _pairs(french: Any, arabic: Any) -> Iterator[tuple[str, str]]:
    """The texts that stand at the same place of the demonstration's content files, paragraph by paragraph."""
    if isinstance(french, str) and isinstance(arabic, str):
        ids: dict[str, str] = {}

        def html(text: str) -> str:
            text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text.strip())
            return re.sub(
                r"\[(.+?)\]\((.+?)\)",
                lambda link: f'<a id="{ids.setdefault(link[2], f"a{len(ids) + 1}")}">{link[1]}</a>',
                text,
            )

        for source, target in zip(french.split("\n\n"), arabic.split("\n\n"), strict=False):
            yield html(source), html(target)
    elif isinstance(french, dict) and isinstance(arabic, dict):
        for key in french.keys() & arabic.keys():
            yield from _pairs(french[key], arabic[key])
    elif isinstance(french, list) and isinstance(arabic, list):
        for source, target in zip(french, arabic, strict=False):
            yield from _pairs(source, target)


def _submit(news: NewsPage) -> Translation:
    """Start a translation; what the demonstration has of it in Arabic is written as the translator's."""
    locale = _arabic()
    translation_submit(instance=news, locale=locale, user=_user("translator-ar"))
    record = Translation.objects.get(source__object_id=news.translation_key, target_locale=locale)
    french, arabic = reader.news_texts("fr"), reader.news_texts("ar")
    if news.slug in arabic:
        _write(record, {**ARABIC, **dict(_pairs(french[news.slug], arabic[news.slug]))})
    return record


def _write(record: Translation, texts: Mapping[str, str], *, machine: str = "") -> None:
    """Store translations of the texts that are, or begin with, the keys of ``texts``."""
    for segment in StringSegment.objects.filter(source=record.source).select_related("string", "context"):
        source = segment.string.data
        beginnings = [beginning for beginning in texts if len(beginning) > 8 and source.startswith(beginning)]
        text = texts.get(source) or (texts[beginnings[0]] if beginnings else "")
        if text:
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                context=segment.context,
                locale=record.target_locale,
                defaults={
                    "data": text,
                    "translation_type": "machine" if machine else "manual",
                    "tool_name": machine,
                    "last_translated_by": _user("translator-ar"),
                },
            )


def _assign(record: Translation, *, days: int | None = None, priority: int = NORMAL, note: str = "") -> None:
    due = timezone.localdate() + datetime.timedelta(days=days) if days else None
    report = translation_assign(
        records=[record],
        user=_user("editor-ar"),
        changes={
            "assignee": _user("translator-ar"),
            "reviewer": _user("reviewer-ar"),
            "due_on": due,
            "priority": priority,
            "note": note,
        },
    )
    if report.refused:
        raise RuntimeError(report.refused)


def _review(record: Translation) -> None:
    review_submit(record=record, user=_user("translator-ar"))


def _publish(record: Translation) -> None:
    _review(record)
    review_approve(record=Translation.objects.get(pk=record.pk), user=_user("reviewer-ar"))


def _editor_item() -> NewsPage:
    french = Locale.objects.get(language_code="fr")
    news = NewsPage(
        title=EDITOR_TITLE,
        slug="presidence-conseil-paix-securite",
        locale=french,
        date=datetime.date(2025, 3, 11),
        kind=NewsKind.objects.get(locale=french, slug="multilateral"),
        introduction=EDITOR_INTRODUCTION,
        body=json.dumps([{"type": "rich_text", "value": EDITOR_BODY}]),
    )
    NewsIndexPage.objects.get(locale=french).add_child(instance=news)
    news.save_revision(user=_user("moderator")).publish()
    return news


def _target(record: Translation) -> int:
    target: Page = record.get_target_instance()
    return int(target.pk)


def prepare() -> None:
    """Fill the desk for Arabic, and print where things are, as JSON on the last line."""
    records: dict[str, Translation] = {}
    for slug in PUBLISHED:
        records[slug] = _submit(_news(slug))
        _publish(records[slug])
    for slug in (*READY, *IN_REVIEW, RETURNED, *NEW, WRITTEN):
        records[slug] = _submit(_news(slug))
    _write(records[WRITTEN], ARABIC)
    _assign(records[WRITTEN], days=2, priority=HIGH)
    _review(records[WRITTEN])
    for slug in IN_REVIEW:
        _review(records[slug])
    _assign(records[RETURNED], days=4)
    _review(records[RETURNED])
    review_reject(
        record=records[RETURNED],
        user=_user("reviewer-ar"),
        comment="يُرجى كتابة أسماء البلدان بصيغتها الرسمية كما في مسرد المصطلحات.",
    )
    _assign(records[NEW[0]], days=6, priority=HIGH, note="للنشر قبل الاجتماع المقبل.")
    _assign(records[NEW[1]], days=9)
    _assign(records[NEW[2]], days=1, priority=URGENT)
    # No form lets a date be set that has passed.
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    TranslationAssignment.objects.filter(translation=records[NEW[2]]).update(due_on=yesterday)

    # The source is corrected after its translation was published.
    corrected = _news("retour-union-africaine")
    corrected.introduction = (
        "Réunis à Addis-Abeba, les chefs d’État et de gouvernement accueillent le Royaume le 30 janvier 2017\xa0; "
        "sa délégation siège dès le lendemain."
    )
    corrected.save_revision(user=_user("moderator")).publish()

    editor = _submit(_editor_item())
    _write(editor, EDITOR_ARABIC)
    _write(editor, EDITOR_MACHINE, machine="LibreTranslate")
    _assign(editor, days=3, priority=HIGH, note="المصطلحات كما في مسرد الاتحاد الأفريقي.")

    records["editor"] = editor
    places = {slug: {"record": record.pk, "page": _target(record)} for slug, record in records.items()}
    sys.stdout.write("\n" + json.dumps(places))


def _wait(jobs: Sequence[DeskJob]) -> None:
    """Until the site's worker has done them."""
    deadline = time.monotonic() + 120
    while DeskJob.objects.filter(pk__in=[job.pk for job in jobs], state__in=("waiting", "running")).exists():
        if time.monotonic() > deadline:
            raise TimeoutError("the worker of the demo site does not answer")
        time.sleep(0.3)


def _delivered_file(record: Translation) -> bytes:
    """What comes back from a CAT tool: good texts, and one whose source was corrected since."""
    root = etree.fromstring(exchange_export(records=[record], form=Format.XLIFF21).data)
    name = f"{{{root.nsmap[None]}}}"
    arabic = {
        "Visite": "زيارة دولة لملك إسبانيا إلى الرباط",
        "Les 13 et 14": "وُقِّع أحد عشر اتفاقا يومي 13 و14 فبراير 2019 بمناسبة زيارة الملك فيليبي السادس.",
        "Voiliers": "مراكب شراعية أمام شمس غاربة ومنارة على رصيف الميناء.",
        "Énergie": "الطاقة والأمن والثقافة وحقوق الإنسان: تشمل النصوص أهم ما في علاقات الجوار.",
    }
    for unit in root.iter(f"{name}unit"):
        segment = unit.find(f"{name}segment")
        source = segment.find(f"{name}source")
        for beginning, text in arabic.items():
            if (source.text or "").startswith(beginning):
                etree.SubElement(segment, f"{name}target").text = text
                segment.set("state", "translated")
        if (source.text or "").startswith("Énergie"):
            unit.set("id", "0" * len(unit.get("id")))
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return data


def run_jobs(language: str) -> None:
    """Have the worker do one job of each kind for people who read ``language``; print the jobs' ids as JSON."""
    UserProfile.objects.filter(user__username__endswith="-ar").update(preferred_language=language)
    translator, editor = _user("translator-ar"), _user("editor-ar")
    pages = [_news(slug).pk for slug in JOBS[language]]
    record = Translation.objects.get(source__object_id=_news(NEW[3]).translation_key, target_locale=_arabic())
    options = ImportOptions(dry_run=True, partial=True)
    jobs = {
        "submit": job_enqueue(
            kind=DeskJob.Kind.SUBMIT, owner=translator, locale=_arabic(), parameters={"pages": pages}
        ),
        "import": import_enqueue(
            name="visite-etat-espagne-2019.ar.xlf", data=_delivered_file(record), owner=translator, options=options
        ),
        "glossary": glossary_import_enqueue(
            name="glossaire.csv", data=GLOSSARY_FILE.encode(), owner=editor, source="fr", dry_run=True
        ),
    }
    _wait(list(jobs.values()))
    sys.stdout.write("\n" + json.dumps({name: job.pk for name, job in jobs.items()}))


def speak(language: str) -> None:
    """Let those who work in Arabic read the admin in ``language``."""
    UserProfile.objects.filter(user__username__endswith="-ar").update(preferred_language=language)


def last_mail(language: str) -> None:
    """Assign two translations to a translator who reads ``language``; print the HTML of the e-mail as JSON."""
    from django_tasks_db.models import DBTaskResult

    speak(language)
    arabic = _arabic()
    keys = [_news(slug).translation_key for slug in NEW[:2]]
    records = list(Translation.objects.filter(source__object_id__in=keys, target_locale=arabic).order_by("pk"))
    editor, translator = _user("editor-ar"), _user("translator-ar")
    translation_assign(records=records, user=editor, changes={"assignee": None})
    translation_assign(records=records, user=editor, changes={"assignee": translator})
    sent = DBTaskResult.objects.filter(task_path__endswith="mail_task").order_by("-enqueued_at").first()
    address, subject, _text, html = sent.args_kwargs["args"]
    sys.stdout.write("\n" + json.dumps({"to": address, "subject": subject, "html": html}))
