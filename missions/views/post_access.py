"""The form that gives a mission's post its own access to the mission's sheet."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.models import Page

from missions.models import MissionPage
from missions.selectors.post_groups import mission_source, post_group_of, post_may_publish, post_users_offered
from missions.services.post_access import post_access_end, post_access_give

# What an administrator may do already, one by one.
_ADMINISTRATION = ("auth.add_group", "auth.change_group", "auth.delete_group", "auth.change_user")


def post_access_is_permitted(user: Any) -> bool:
    """May ``user`` say who belongs to a post? Who may change groups and users may."""
    return bool(user.is_active and user.has_perms(_ADMINISTRATION))


class PostAccessForm(forms.Form):
    """Who belongs to the post, and whether what they write goes live without moderation."""

    users: Any = forms.ModelMultipleChoiceField(
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Users of the post"),
        help_text=gettext_lazy("They edit this sheet, in every language, and nothing else. Nobody chosen: no access."),
    )
    may_publish = forms.BooleanField(
        required=False,
        label=gettext_lazy("May publish"),
        help_text=gettext_lazy("Otherwise what they write waits for moderation. Translations are always reviewed."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        users: Any = self.fields["users"]
        users.queryset = post_users_offered()


def post_access(request: Any, page_id: int) -> HttpResponse:
    """Show who belongs to the post of a mission, and change it."""
    if not post_access_is_permitted(request.user):
        raise PermissionDenied
    page = get_object_or_404(MissionPage, pk=page_id)
    mission = mission_source(page=page)
    if mission is None:
        raise Http404
    post = post_group_of(page=mission)
    initial = {"users": post.group.user_set.all() if post else [], "may_publish": post_may_publish(post=post)}
    form = PostAccessForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        users = list(form.cleaned_data["users"])
        if users:
            post_access_give(mission=mission, users=users, may_publish=form.cleaned_data["may_publish"])
            messages.success(request, _("The post may edit its own sheet now."))
        else:
            post_access_end(mission_key=mission.translation_key)
            messages.success(request, _("Nobody has access as this post any more."))
        return redirect(reverse("missions_post:access", args=[page.pk]))
    context = {
        "page_title": _("Access of the post"),
        "page_subtitle": mission.get_admin_display_title(),
        "header_icon": "group",
        "mission": mission,
        "post": post,
        "form": form,
        "edit_url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
    }
    return render(request, "missions/admin/post_access.html", context)


def post_access_url(*, page: Page) -> str:
    """The address of the form for a mission."""
    return reverse("missions_post:access", args=[page.pk])
