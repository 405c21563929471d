"""The root field ``siteSettings``."""

from enum import Enum
from typing import Any
from urllib.parse import urlsplit

import graphene
from graphql import GraphQLResolveInfo

from api.context import GraphQLContext
from api.locales import LocaleCode, scope_arguments, scope_from
from api.rich_text import RichText, rich_text_value
from home.models import SocialLink as SocialLinkModel
from home.selectors.site_settings import site_settings_row

_NETWORKS = {network.value: network for network in SocialLinkModel.Network}

SocialNetwork = graphene.Enum.from_enum(
    Enum("SocialNetwork", {network.name: network.value for network in SocialLinkModel.Network}),
    description=lambda value: (
        f"{'Another network' if value.name == 'OTHER' else _NETWORKS[value.value].label}."
        if value
        else "Social networks that frontends have an icon for."
    ),
)


class SocialLink(graphene.ObjectType):
    """An account of the ministry on a social network."""

    network = graphene.Field(SocialNetwork, required=True, description="Chooses the icon.")
    url = graphene.String(required=True, description="Address of the account.")
    label = graphene.String(
        required=True, description="For screen readers: given by the editor, or the network's name."
    )

    @staticmethod
    def resolve_label(link: dict[str, str], info: GraphQLResolveInfo) -> str:
        if link["label"]:
            return link["label"]
        if link["network"] == SocialLinkModel.Network.OTHER.value:
            return urlsplit(link["url"]).hostname or link["url"]
        return str(_NETWORKS[link["network"]].label)


class SiteSettings(graphene.ObjectType):
    """What the website says of the ministry on every page."""

    requested_locale = graphene.Field(LocaleCode, required=True, description="The language asked for.")
    locale = graphene.Field(LocaleCode, required=True, description="The language that is served.")
    is_fallback = graphene.Boolean(required=True, description="Whether that is another language than asked for.")
    ministry_name = graphene.String(required=True, description="Name of the ministry.")
    tagline = graphene.String(required=True, description="A few words below the name; may be empty.")
    footer = graphene.Field(RichText, description="Address and legal notice.")
    contact_email = graphene.String(description="E-mail address for the public.")
    social_links = graphene.List(
        graphene.NonNull(SocialLink), required=True, description="Accounts on social networks, in the editors' order."
    )


class SiteSettingsQuery:
    """The root field ``siteSettings``."""

    site_settings = graphene.Field(
        SiteSettings,
        description="Settings of the site, in the first language of the chain that has them; null where none has.",
        **scope_arguments(),
    )

    @staticmethod
    def resolve_site_settings(_root: None, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any] | None:
        context: GraphQLContext = info.context
        scope = scope_from(**arguments)
        context.gate.listed.add("SiteSettings")
        row = site_settings_row(site_id=context.site_id, chain=scope.chain)
        if row is None:
            return None
        return {
            **row,
            "requested_locale": scope.locale,
            "is_fallback": row["locale"] != scope.locale,
            "footer": rich_text_value(row["footer"], scope),
            "contact_email": row["contact_email"] or None,
        }
