"""Ready document templates, one for each site generator.

Each has front matter with the fields that its generator knows, `week`, by which the file finds
its way back into the journal, and the body without its title, which the theme shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_HUGO = """\
---
title: {{ title | yaml }}
date: {{ date | yaml }}
slug: {{ slug | yaml }}
week: {{ week | yaml }}
categories: [{{ ("周报" if language == "zh" else "Weeknotes") | yaml }}]
tags: {{ sections | yaml }}
---

{{ body | hugo }}"""

# Nunjucks runs after Markdown here, and which code it passes over has changed from version to
# version, so no writing of a mark suits all of them; the switch does (Hexo 5.2 and later).
# Hexo reads a date as the site's local time whatever offset it has.
_HEXO = """\
---
title: {{ title | yaml }}
date: {{ date.strftime("%Y-%m-%d %H:%M:%S") }}
week: {{ week | yaml }}
categories: [{{ ("周报" if language == "zh" else "Weeknotes") | yaml }}]
tags: {{ sections | yaml }}
disableNunjucks: true
---

{{ body }}"""

_JEKYLL = """\
---
layout: post
title: {{ title | yaml }}
date: {{ date.strftime("%Y-%m-%d %H:%M:%S %z") }}
slug: {{ slug | yaml }}
week: {{ week | yaml }}
categories: [{{ ("周报" if language == "zh" else "Weeknotes") | yaml }}]
tags: {{ sections | yaml }}
---

{{ body | jekyll }}"""

# The fields of the schema in Astro's blog starter, which demands a description. Astro reads no
# marks in .md files; .mdx would be another matter.
_ASTRO = """\
---
title: {{ title | yaml }}
description: {{ (summary or title) | truncate(160) | yaml }}
pubDate: {{ date | yaml }}
week: {{ week | yaml }}
tags: {{ sections | yaml }}
---

{{ body }}"""

READY: Mapping[str, str] = MappingProxyType(
    {"hugo": _HUGO, "hexo": _HEXO, "jekyll": _JEKYLL, "astro": _ASTRO}
)
"""The templates by the name of their generator."""
