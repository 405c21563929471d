"""Help for tests of the plain HTML pages."""

import re
from typing import Any


def html_of(client: Any, page: Any) -> str:
    response = client.get(page.get_url())
    assert response.status_code == 200, page.get_url()
    return re.sub(r"\s+", " ", response.content.decode())


def words_of(html: str) -> str:
    """The text of the page between its menus, without marks."""
    main = html[html.index("<main") : html.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)).replace(" ,", ",")
