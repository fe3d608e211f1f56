"""What a site puts around its articles: menus, banners, forms, related links, comments. Known by its elements, names and lines."""

import re

from bs4 import BeautifulSoup, Tag
from bs4.element import Comment

from ingest.html_hidden import hidden_parts

_CODE = ("script", "style", "noscript", "template", "svg", "iframe", "object", "embed", "canvas", "audio", "video", "math")
_AROUND = ("nav", "header", "footer", "aside", "button", "dialog", "select", "input", "textarea", "menu", "label", "datalist")
_HEADING = re.compile(r"^h[1-6]$")
_STRUCK = ("del", "s", "strike")
"""What a page has taken back."""
_ROLES = (
    "navigation",
    "banner",
    "contentinfo",
    "complementary",
    "search",
    "dialog",
    "alertdialog",
    "menu",
    "menubar",
    "toolbar",
    "tablist",
    "form",
)
_BOXES = (
    r"cookies?|cookiebanner|breadcrumbs?|skip-?link|share-?(?:bar|links|buttons|this|widget|icons)|subscribe|sidebar|promo|pagination|site-?nav|nav-?bar|pop-?up"
    r"|masthead|(?:site|global|page)-?footer|(?:site|global)-?header|navigation|mega-?menu|top-?bar|tag-?cloud|back-?to-?top|connect-?with-?us|follow-?us"
    r"|gdpr|mailing-?list|disqus|addtoany|sharedaddy|jp-relatedposts|print-?only|skip-?to-?content"
)
_WORDS = r"consent|social|sharing|newsletter|related|comments?|advert\w*|menu|modal|footer|nav|recommended|signup"
"""Names of furniture that an article's own headings may hold too."""
_PARTS = (
    r"area|banner|bar|block|box|buttons?|container|content|dialog|footer|header|icons?|links?|list|main|mobile|nav|onetrust|overlay|pages?|posts?|articles?"
    r"|primary|sdk|section|sign-?up|site|toggle|top|widget|wrapper|\d+"
)
_FURNITURE = re.compile(rf"(?:^|[\s_-])(?:{_BOXES}|{_WORDS})(?:$|[\s_-](?!based))", re.IGNORECASE)
"""The classes of furniture: design names them."""
_FURNITURE_ID = re.compile(
    rf"(?:^|[_-])(?:{_BOXES})(?:$|[_-](?!based))|^(?=.*(?:{_WORDS}))(?:(?:{_WORDS}|{_PARTS})(?:[_-]+|$))+$", re.IGNORECASE
)
"""A part's id is often made of its heading's words: "sharing-practice" is no share bar, "social-links" is one."""
_CONTENT = re.compile(
    r"^(?:content|main|main-?content|article|article-?(?:body|content)|post|post-?(?:body|content)|entry|entry-?content|page-?content|body-?content|story"
    r"|story-?body|content-?(?:main|body|area|primary)|primary)$",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"^(?:connect with us|follow us(?: on .{1,40})?|(?:get|stay|keep) (?:in touch|connected)|share(?: this)?(?: (?:page|post|article|story|on|via|with|to)(?: .{1,30})?)?:?"
    r"|print(?: this page| page)?|(?:back|return) to (?:the )?top|read more|(?:click|tap) here|click to comment|hi, what are you looking for\?|menu|search|subscribe"
    r"|sign up|log ?in|register|home|download|tweet|facebook|twitter|linkedin|whatsapp|instagram|youtube|email(?: this)?|copy link|skip to .{0,30}content"
    r"|(?:accept|reject|manage|allow)(?: all)?(?: cookies)?|(?:(?:we|this (?:web)?site) uses? |about )?cookies(?: on (?:this|our) (?:web)?site)?|cookie (?:settings|policy|preferences)|privacy (?:policy|notice)|terms (?:of use|and conditions|& conditions)"
    r"|(?:sign up|subscribe) (?:to|for) .{0,60}(?:newsletter|updates|emails?|news|bulletin)|you are here:?|previous(?: article| post)?|next(?: article| post)?|all rights reserved\.?|(?:©|copyright) .{0,80}"
    r"|download .{0,40}(?:document|pdf|text|file)|(?:docx?|odt|pdf|xlsx?|pptx?), [\d.,]+ ?[km]b.*|you must be logged in.*)$",
    re.IGNORECASE,
)
"""Lines that a site puts around its articles. Only a block that is nothing else is left out."""
_COOKIES = re.compile(r"\bcookies\b", re.IGNORECASE)
_ASKS = re.compile(r"\bwe (?:use|set)\b|\b(?:this|our) (?:web)?site\b|\bby (?:continuing|clicking|using)\b", re.IGNORECASE)
_OF_THE_SITE = re.compile(r"\b(?:(?:web)?site|brows(?:e|er|ing)|consent|preferences|settings|analytics)\b", re.IGNORECASE)
_NOTICE_WORDS = 80
_AFTER = re.compile(
    r"^(?:leave a (?:reply|comment)|post a comment|(?:add|write) (?:a|your) comment|you (?:may|might) also (?:like|be interested in)|related (?:articles|posts|content|stories|pages|news|reading|links)"
    r"|recommended for you|comments? ?\(\d+\)|\d+ comments?|click to comment|more (?:stories|like this|from .{1,40})|latest news|read next|join the conversation)$",
    re.IGNORECASE,
)
"""From such a line on, the article is over."""
_MOST = 0.5
"""What holds more of a page's words than this is the page, whatever it is called."""


def ends_article(line: str) -> bool:
    """Whether what follows such a line is no longer the article."""
    return bool(_AFTER.match(line))


def stands_alone(line: str) -> bool:
    """Whether a block that says only this is the site's, not the article's."""
    return bool(_ALONE.match(line)) or _is_cookie_notice(line)


def _is_cookie_notice(line: str) -> bool:
    """Whether it tells visitors of the site that it keeps cookies. Other cookies may be a school's own matter."""
    return all(said.search(line) for said in (_COOKIES, _ASKS, _OF_THE_SITE)) and len(line.split()) <= _NOTICE_WORDS


def drop_furniture(soup: BeautifulSoup) -> None:
    """Take out of the page what is hidden and what is not its article."""
    for comment in soup.find_all(string=lambda s: isinstance(s, Comment)):
        comment.extract()
    for tag in list(hidden_parts(soup)):
        if not tag.decomposed:
            tag.decompose()
    words = _count(soup)
    for tag in soup.find_all([*_CODE, *_AROUND, *_STRUCK]):
        if tag.decomposed or (tag.name == "header" and tag.find_parent(["article", "main", "section"]) and tag.find(_HEADING)):
            continue
        if tag.name == "button" and tag.find_parent(_HEADING):  # it opens what stands under the heading
            tag.unwrap()
            continue
        if tag.name in ("label", "header", "aside") and _count(tag) > _MOST * words:
            tag.unwrap()
        else:
            tag.decompose()
    for form in soup.find_all("form"):
        if not form.decomposed:
            _drop_form(form, words)
    for tag in soup.find_all(True):
        if (
            not tag.decomposed
            and tag.name not in ("html", "body", "main", "article")
            and _is_furniture(tag)
            and _count(tag) <= _MOST * words
        ):
            tag.decompose()
    for tag in soup.find_all(["div", "section", "ul", "ol", "table", "p"]):
        if not tag.decomposed and _is_all_links(tag):
            tag.decompose()


def _count(tag: Tag) -> int:
    return len(re.findall(r"\w+", tag.get_text(" ")))


def _drop_form(form: Tag, words: int) -> None:
    """ASP.NET puts the whole page in a form: one with paragraphs and most of the page's words is kept."""
    if form.find(["p", "main", "article"]) and 2 * _count(form) > words:
        form.unwrap()
    else:
        form.decompose()


def _is_furniture(tag: Tag) -> bool:
    if _HEADING.match(tag.name):  # its id and classes are made of its words
        return False
    if tag.get("role") in _ROLES:
        return True
    classes = " ".join(c or "" for c in tag.get_attribute_list("class"))
    label = "-".join(str(tag.get("aria-label") or "").split())
    return bool(_FURNITURE.search(classes) or _FURNITURE_ID.search(str(tag.get("id") or "")) or _FURNITURE_ID.search(label))


def _is_all_links(tag: Tag) -> bool:
    """Whether it is a list of ways to other pages: many links of a few words, and hardly a word besides."""
    links = tag.find_all("a", href=True, limit=400)
    if len(links) < 4 or tag.find(["h1", "h2"]):
        return False
    words, linked = _count(tag), sum(_count(link) for link in links)
    return linked > 0.8 * words and linked < 7 * len(links) and all(not str(link["href"]).startswith("#") for link in links)


def main_content(soup: BeautifulSoup) -> list[Tag]:
    """The parts of the page that are its article."""
    mains = [tag for tag in soup.find_all(_is_main) if tag.get_text(strip=True) and not tag.find_parent(_is_main)]
    if mains:
        return mains
    articles = [a for a in soup.find_all("article") if not a.find_parent("article") and a.get_text(strip=True)]
    if articles:
        return [*articles[:1], *(a for a in articles[1:] if not _is_card(a))]
    body = soup.body or soup
    named = [
        t
        for t in soup.find_all(["div", "section", "td"])
        if any(_CONTENT.match(str(n)) for n in (*t.get_attribute_list("class"), t.get("id")) if n)
    ]
    enough = [t for t in named if _count(t) > 0.6 * _count(body)]
    return [min(enough, key=_count)] if enough else [body]


def _is_main(tag: Tag) -> bool:
    return tag.name == "main" or tag.get("role") == "main"


def _is_card(article: Tag) -> bool:
    """Whether it only points to another page, whose words may be another organisation's."""
    heading = article.find(_HEADING)
    return bool(heading and (heading.find("a") or heading.find_parent("a")))
