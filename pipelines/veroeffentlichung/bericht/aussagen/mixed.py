"""A text in another language of which parts stay in German: names that a town gave itself.

Belongs here: which parts these are, so that a page or a paper can mark them and a screen reader can change its voice. Does not
belong here: finding wordings (translation.py). Whoever does not ask for the parts has a plain text.
"""

from collections.abc import Callable, Iterable

from markupsafe import Markup, escape

Abschnitte = tuple[tuple[str, bool], ...]


class Mixed(str):
    """The text; `teile`: its parts in order, each with whether it stayed in German."""

    __slots__ = ("teile",)
    teile: Abschnitte

    def __new__(cls, teile: Iterable[tuple[str, bool]]) -> "Mixed":
        feste = tuple(teile)
        text = super().__new__(cls, "".join(t for t, _ in feste))
        text.teile = feste
        return text


def split_text(text: str) -> Abschnitte:
    """(part, whether it stayed in German), in order."""
    return text.teile if isinstance(text, Mixed) else ((text, False),)


def merge_texts(texte: Iterable[str]) -> str:
    """One text of several; a plain one where nothing in it stayed in German."""
    teile = [t for text in texte for t in split_text(text) if t[0]]
    return Mixed(teile) if any(deutsch for _, deutsch in teile) else "".join(t for t, _ in teile)


def join_texts(trenner: str, texte: Iterable[str]) -> str:
    """The texts with that sign between them."""
    return merge_texts(t for n, text in enumerate(texte) for t in (trenner * (n > 0), text))


def replace_text(text: str, replace: Callable[[str], str]) -> str:
    """The text with each of its parts changed."""
    return merge_texts(Mixed([(replace(t), d)]) if d else replace(t) for t, d in split_text(text))


def mark_german(text: str) -> Markup:
    """For a page: German parts with their language."""
    return Markup("").join(
        Markup('<span lang="de">{}</span>').format(t) if d else escape(t) for t, d in split_text(text)
    )
