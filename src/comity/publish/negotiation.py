"""The ``.htaccess`` of a site: which file an address without an ending stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from comity.publish.paths import relative

_HEAD = r"""# Written by comity publish, for the Apache web server. It works in whatever folder the site lies.
# An address without an ending answers with Turtle or JSON-LD to whoever asks for it, and else with the page.

<IfModule mod_mime.c>
  AddType text/html .html
  AddType text/turtle .ttl
  AddType application/ld+json .jsonld
  AddType text/tab-separated-values .tsv
  AddCharset utf-8 .html .css .js .ttl .jsonld .json .tsv
</IfModule>

<FilesMatch "\.(ttl|jsonld|json|tsv)$">
  <IfModule mod_headers.c>
    Header set Access-Control-Allow-Origin "*"
  </IfModule>
</FilesMatch>

<IfModule mod_rewrite.c>
  RewriteEngine On

  # The address of this folder.
  RewriteCond %{REQUEST_URI}::$1 ^(.*?/)(.*)::\2$
  RewriteRule ^(.*)$ - [E=BASE:%1]

  # What is there is served as it is, and so is the front page.
  RewriteCond %{REQUEST_FILENAME} -f
  RewriteRule ^ - [END]
  RewriteRule ^$ - [END]

  RewriteCond %{HTTP_ACCEPT} text/turtle|application/x-turtle|text/n3
  RewriteCond %{PATH_INFO} ^/?$
  RewriteCond %{REQUEST_FILENAME} ^(.+?)/?$
  RewriteCond %1.ttl -f
  RewriteRule ^(.+?)/?$ %{ENV:BASE}$1.ttl [R=303,END,E=NEGOTIATED:1]

  RewriteCond %{HTTP_ACCEPT} application/ld\+json|application/json
  RewriteCond %{PATH_INFO} ^/?$
  RewriteCond %{REQUEST_FILENAME} ^(.+?)/?$
  RewriteCond %1.jsonld -f
  RewriteRule ^(.+?)/?$ %{ENV:BASE}$1.jsonld [R=303,END,E=NEGOTIATED:1]

  RewriteCond %{HTTP_ACCEPT} text/tab-separated-values
  RewriteCond %{PATH_INFO} ^/?$
  RewriteCond %{REQUEST_FILENAME} ^(.+?)/?$
  RewriteCond %1.sssom.tsv -f
  RewriteRule ^(.+?)/?$ %{ENV:BASE}$1.sssom.tsv [R=303,END,E=NEGOTIATED:1]

  RewriteCond %{PATH_INFO} ^/?$
  RewriteCond %{REQUEST_FILENAME} ^(.+?)/?$
  RewriteCond %1.html -f
  RewriteRule ^(.+?)/?$ %{ENV:BASE}$1.html [R=303,END,E=NEGOTIATED:1]
"""

_MOVED = "\n  # What has no page of its own is a place in another.\n"

_TAIL = """
  <IfModule mod_headers.c>
    Header always merge Vary Accept env=NEGOTIATED
  </IfModule>
</IfModule>
"""


def htaccess(moved: Iterable[tuple[str, str]]) -> str:
    """Write the rules.

    :param moved: addresses, from the root of the site, and the place in a page that each stands for.
    """
    rules = "".join(
        f"  RewriteRule ^{_pattern(address)}$ %{{ENV:BASE}}{_target(place)} [R=303,NE,END]\n"
        for address, place in moved
    )
    return _HEAD + (_MOVED + rules if rules else "") + _TAIL


def _pattern(address: str) -> str:
    return re.sub(r"[^A-Za-z0-9_/:~-]", lambda m: r"\s" if m[0].isspace() else "\\" + m[0], address)


def _target(place: str) -> str:
    return relative("", place).replace("%", r"\%")
