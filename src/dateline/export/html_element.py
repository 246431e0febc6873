"""HTML elements as text in which everything but elements is escaped."""

from html import escape


class Markup(str):
    """Text that is HTML already; made by `element` alone, so whatever else goes into a page is escaped."""

    __slots__ = ()


_VOID = frozenset({"meta", "input", "br"})


def element(tag: str, /, *children: "str | Markup | None", **attributes: str | int | bool | None) -> Markup:
    """Return an element; children that are not Markup are escaped, null ones left out.

    Attribute names are written with "_" for "-", and "class_" or "for_" for words of Python; a value of null
    or False leaves the attribute out, True writes it without a value.
    """
    opening = "".join(_attribute(key, value) for key, value in attributes.items())
    if tag in _VOID:
        return Markup(f"<{tag}{opening}>")
    inner = "".join(
        child if isinstance(child, Markup) else escape(child) for child in children if child is not None
    )
    return Markup(f"<{tag}{opening}>{inner}</{tag}>")


def escaped(text: str) -> Markup:
    """Return text with everything escaped."""
    return Markup(escape(text))


def joined(parts: "list[Markup]") -> Markup:
    """Join elements."""
    return Markup("".join(parts))


def raw(name: str, content: str) -> Markup:
    """Return a style or script element of our own; its content must not end the element early."""
    if f"</{name}" in content:
        raise ValueError(f"the content of <{name}> may not contain </{name}")
    return Markup(f"<{name}>{content}</{name}>")


def _attribute(key: str, value: str | int | bool | None) -> str:
    name = key.rstrip("_").replace("_", "-")
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escape(str(value), quote=True)}"'
