#!/usr/bin/env python3
"""Finds texts for people that cannot be translated: in templates outside of translate tags, in Python outside gettext.

In templates every text node and every attribute that is read aloud or shown counts. In Python a string that is German
by its letters (ä, ö, ü, ß, „) counts, unless it stands in a docstring or in a file that is listed below with a reason.
"""

import ast
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ["portal", "themes", "plugins/regiokit/src", "plugins/ehrenamt/src", "plugins/coworking/src"]
GERMAN = re.compile(r"[äöüßÄÖÜ„“]")
TRANSLATORS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy", "npgettext"}
EXEMPT = {
    "/migrations/": "keeps what was true when it was written",
    "/management/commands/": "speaks to the operator in the language of the manual",
    "/serving/": "speaks to the operator in the language of the manual",
    "/portal/operations/": "speaks to the operator in the language of the manual",
    "/duties/placeholders.py": "patterns, not texts",
    "/demo": "examples are data",
    "/plugin.py": "declarations are plain strings; they are translated where they are shown",
    "/regiokit/privacy.py": "declarations are plain strings; they are translated where they are shown",
    "/settings/": "read before translation works",
    "/manage.py": "read before translation works",
    "/region/gaps.py": "a mark in files for operators",
    "/region/county_sources.py": "speaks to the operator in the language of the manual",
    "/region/founding.py": "speaks to the operator in the language of the manual",
    "/wsgi.py": "read before translation works",
    "/api.py": "describes parameters to programs, read once when the process starts",
    "/mail/": "a mail is one text and is translated as a file: templates are replaced by name",
    "/search/words": "the German language itself",
    "/search/german": "the German language itself",
}

TRANSLATED = re.compile(r"{%\s*blocktrans(late)?\b.*?{%\s*endblocktrans(late)?\s*%}", re.DOTALL)
COMMENT = re.compile(r"{%\s*comment\b.*?{%\s*endcomment\s*%}|{#.*?#}|<!--.*?-->", re.DOTALL)
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
UNSEEN = re.compile(r"<(script|style|svg)\b.*?</\1>|<!doctype[^>]*>", re.DOTALL | re.IGNORECASE)
READ_ALOUD = re.compile(r"""\b(?:alt|title|aria-label|placeholder|content)=(["'])(.*?)\1""", re.DOTALL)
MACHINE = re.compile(r"<meta\b[^>]*>|<link\b[^>]*>", re.IGNORECASE)
ELEMENT = re.compile(r"<[^>]*>", re.DOTALL)
WORD = re.compile(r"[A-Za-zÄÖÜäöüß]{3,}")


def main() -> int:
    """Print every finding; return the exit status."""
    findings = []
    for source in SOURCES:
        for path in sorted((ROOT / source).rglob("*.html")) + sorted((ROOT / source).rglob("*.txt")):
            if "templates" in path.parts and not exempt(path):
                findings += [(path, *found) for found in in_template(path.read_text(encoding="utf-8"))]
        for path in sorted((ROOT / source).rglob("*.py")):
            if not exempt(path):
                findings += [(path, *found) for found in in_python(path.read_text(encoding="utf-8"))]
    for path, line, text in findings:
        print(f"{path.relative_to(ROOT)}:{line}: not translatable: {text}")
    return int(bool(findings))


def exempt(path: Path) -> bool:
    """Whether the file stands in the list of exceptions."""
    return any(part in f"/{path.relative_to(ROOT)}" for part in EXEMPT)


def in_template(text: str):
    """Yield line and words of every visible text outside of translate tags."""
    for pattern in (COMMENT, TRANSLATED, TAG, UNSEEN, MACHINE):
        text = pattern.sub(_blank, text)
    for found in READ_ALOUD.finditer(text):
        if WORD.search(found.group(2)):
            yield _line(text, found.start(2)), found.group(2).strip()[:60]
    text = ELEMENT.sub(_blank, text)
    for found in re.finditer(r"[^\n]*\S[^\n]*", text):
        if WORD.search(found.group()):
            yield _line(text, found.start()), found.group().strip()[:60]


def in_python(source: str):
    """Yield line and words of every German string outside of gettext."""
    tree = ast.parse(source)
    allowed = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in TRANSLATORS:
            allowed.update(id(inner) for inner in ast.walk(node))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            allowed.add(id(node.value))
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in allowed else None
        if isinstance(text, str) and GERMAN.search(text) and WORD.search(text):
            yield node.lineno, text.strip()[:60]


def _blank(found) -> str:
    return re.sub(r"[^\n]", " ", found.group())


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


if __name__ == "__main__":
    sys.exit(main())
