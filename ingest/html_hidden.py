"""What of an HTML page no reader sees: hidden by an attribute, by its style, or by a rule of the page's own style sheet."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*(?:0(?![.\d])|0?\.\d+(?:px|pt)|1px)|opacity\s*:\s*0(?:\.0\d*)?(?![.\d])"
    r"|text-indent\s*:\s*-\s*\d{3,}|(?:left|top|right|margin-left)\s*:\s*-\s*\d{4,}|clip\s*:\s*rect\(\s*(?:0|1px)[\s,)]|clip-path\s*:\s*inset\((?:50|100)%"
    r"|transform\s*:\s*scale\(\s*0\s*\)",
    re.IGNORECASE,
)
_NO_ROOM = re.compile(r"(?<![\w-])(?:max-)?(?:height|width)\s*:\s*[01](?:px)?\s*(?:;|$|!)", re.IGNORECASE)
_COLOUR = re.compile(r"(?<![\w-])color\s*:\s*([^;!]+)", re.IGNORECASE)
_GROUND = re.compile(r"(?<![\w-])background(?:-color|-image)?\s*:\s*([^;!]+)", re.IGNORECASE)
_WHITE = re.compile(
    r"^(?:white|#fff(?:fff)?(?:ff)?|#fefefe|snow|rgba?\(\s*25[0-5]\s*,?\s*25[0-5]\s*,?\s*25[0-5][^)]*\)|hsla?\([^)]*,?\s*100%[^)]*\))$",
    re.IGNORECASE,
)
_CLEAR = re.compile(r"^(?:transparent|rgba\([^)]*,\s*0(?:\.0+)?\s*\)|#[0-9a-f]{3}0|#[0-9a-f]{6}00)$", re.IGNORECASE)
_UNSEEN = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|visuallyhidden|screen-?reader(?:-text|-only)?|u-hidden|is-hidden|d-none|hide|hidden)(?:\s|$)",
    re.IGNORECASE,
)
"""Classes by which designs hide words, from all or from all but screen readers."""
_SHOWN_WIDE = re.compile(r"(?:^|\s)(?:d-(?:sm|md|lg|xl|xxl)-|(?:sm|md|lg|xl|2xl):)(?:block|inline|flex|grid|table|contents)", re.IGNORECASE)
"""Hidden on a telephone alone."""
_HEADING = re.compile(r"^h[1-6]$")
_AT_RULE = re.compile(r"@(?:media|supports|font-face|keyframes|-webkit-keyframes|import|page|charset|layer|container)\b[^{;]*")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE = re.compile(r"^(?:([a-z][a-z0-9]*)?([.#])([\w-]+))$", re.IGNORECASE)
MAX_STYLE_CHARACTERS = 500_000


def hidden_parts(soup: BeautifulSoup) -> Iterator[Tag]:
    """The parts that are not shown. A part inside one that was yielded may come too."""
    classes, ids = _hidden_by_rules(soup)
    opened = _opened(soup)
    for tag in soup.find_all(True):
        if tag.decomposed or tag.name in ("html", "body") or (tag.has_attr("id") and tag["id"] in opened):
            continue
        named = tag.get_attribute_list("class")
        if (
            tag.has_attr("hidden")
            or str(tag.get("aria-hidden")).lower() == "true"
            or any(name in classes for name in named)
            or (tag.has_attr("id") and tag["id"] in ids)
            or (_UNSEEN.search(said := " ".join(name or "" for name in named)) and not _SHOWN_WIDE.search(said))
            or _is_styled_away(tag)
        ):
            yield tag


def _opened(soup: BeautifulSoup) -> set[str]:
    """Ids of what a reader can open: the panel of a tab, or of a heading that says more when it is pressed."""
    found: set[str] = set()
    for tag in soup.find_all(True):
        if tag.has_attr("aria-controls") and (tag.get("role") == "tab" or tag.name == "summary" or tag.find_parent(_HEADING)):
            found |= set(str(tag["aria-controls"]).split())
    return found


def _is_styled_away(tag: Tag) -> bool:
    style = str(tag.get("style") or "")
    if style and (_HIDING.search(style) or (_NO_ROOM.search(style) and re.search(r"overflow\s*:\s*hidden", style, re.IGNORECASE))):
        return True
    colour = _COLOUR.search(style)
    said = colour[1].strip() if colour else str(tag.get("color") or "") if tag.name == "font" else ""
    if not said:
        return False
    if _CLEAR.match(said):
        return True
    ground = next((g for part in (tag, *tag.parents) if isinstance(part, Tag) and (g := _ground(part))), "")
    # White is the page's own colour unless something says otherwise.
    return said.lower() == ground.lower() or bool(_WHITE.match(said) and (not ground or _WHITE.match(ground)))


def _ground(tag: Tag) -> str:
    found = _GROUND.search(str(tag.get("style") or ""))
    said = found[1].strip() if found else str(tag.get("bgcolor") or "")
    return "" if _CLEAR.match(said) or said in ("none", "inherit") else said


def _hidden_by_rules(soup: BeautifulSoup) -> tuple[set[str], set[str]]:
    """Classes and ids that the page's own style sheets hide, by rules that name nothing else."""
    classes: set[str] = set()
    ids: set[str] = set()
    for sheet in soup.find_all("style"):
        if "print" in str(sheet.get("media") or ""):
            continue
        text = re.sub(r"/\*.*?\*/", "", sheet.get_text()[:MAX_STYLE_CHARACTERS], flags=re.DOTALL)
        for selectors, body in _RULE.findall(_without_at_rules(text)):
            if re.search(r"(?<![\w-])(?:display\s*:\s*none|visibility\s*:\s*hidden)", body, re.IGNORECASE):
                for selector in selectors.split(","):
                    simple = _SIMPLE.match(selector.strip())
                    if simple:
                        (classes if simple[2] == "." else ids).add(simple[3])
    return classes, ids


def _without_at_rules(text: str) -> str:
    """The sheet without what holds only on paper or on some screens."""
    kept, at = [], 0
    for rule in _AT_RULE.finditer(text):
        if rule.start() < at:
            continue
        kept.append(text[at : rule.start()])
        at, depth = rule.end(), 0
        while at < len(text):
            letter = text[at]
            at += 1
            depth += (letter == "{") - (letter == "}")
            if depth <= 0 and letter in "};":
                break
    return "".join([*kept, text[at:]])
