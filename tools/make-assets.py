"""Makes Assets/nhsuk.css from NHS.UK frontend's style sheet, once; its output is committed.

    pip download --no-deps wagtail-nhsuk-frontend==2.1.0
    python3 tools/make-assets.py wagtail_nhsuk_frontend-2.1.0-py3-none-any.whl

What it does: the two font faces and the font's name go (its licence excludes us), components that
no page uses go, and what names a side of the page is named by the direction of the writing, so
that a page written from right to left mirrors.
"""

import hashlib
import pathlib
import re
import sys
import zipfile

STYLE = "wagtailnhsukfrontend/static/wagtailnhsukfrontend/css/nhsuk-frontend-10.4.2.min.css"
LICENCE = "wagtail_nhsuk_frontend-2.1.0.dist-info/licenses/LICENSE"
SHA256 = "f4c945508478b2f9be1178d7f9ec7c0e93250d824947add22c1a923c99033559"
FONT = "Frutiger W01"

# Components and variants that no page has: pictures, other organisations' logos, what needs scripts.
UNUSED = re.compile(
    r"\.nhsuk-(hero|do-dont-list|list--(cross|tick)|expander|breadcrumb|contents-list|image|code"
    r"|login|button--(login|reverse)|password-input|character-count|frontend-supported|header--white"
    r"|header--organisation|header__organisation|header__search|header__menu|header__logo"
    r"|header__service-logo|header__navigation--white|card--care|card--primary|card__content--primary"
    r"|card--emergency|file-upload__(drop|choose|status|pseudo|instruction)"
    r"|panel--interruption|table__heading-tab|icon--(search|emdash|cross|tick|plus|minus)"
    r"|[a-z-]+--reverse)(?![a-z])|\.js-enabled|\.nhsuk-(?:[a-z-]+)--reverse|-ms-clear"
)
# Of browsers that are no more.
OLD = re.compile(r"screen\\0|high-contrast:none")

LOGICAL = {
    "margin-left": "margin-inline-start",
    "margin-right": "margin-inline-end",
    "padding-left": "padding-inline-start",
    "padding-right": "padding-inline-end",
    "left": "inset-inline-start",
    "right": "inset-inline-end",
    "border-left": "border-inline-start",
    "border-right": "border-inline-end",
    "border-left-color": "border-inline-start-color",
    "border-right-color": "border-inline-end-color",
    "border-left-width": "border-inline-start-width",
    "border-right-width": "border-inline-end-width",
}
SIDES = {"left": "start", "right": "end"}
FLOATS = {"left": "inline-start", "right": "inline-end"}


def parse(text, at=0):
    """The rules from a place on: pairs of prelude and either rules or declarations."""
    rules, start = [], at
    while at < len(text):
        if text[at] == "}":
            return rules, at
        if text[at] == ";":  # @charset
            at += 1
            start = at
        elif text[at] == "{":
            prelude = text[start:at]
            if prelude.startswith(("@media", "@supports")):
                inner, at = parse(text, at + 1)
            else:
                end = text.index("}", at)
                inner, at = text[at + 1 : end], end
            rules.append((prelude, inner))
            at += 1
            start = at
        else:
            at += 1
    return rules, at


def split(text, separator):
    """Splits where no bracket is open."""
    parts, depth, start = [], 0, 0
    for at, letter in enumerate(text):
        depth += (letter in "([") - (letter in ")]")
        if letter == separator and depth == 0:
            parts.append(text[start:at])
            start = at + 1
    return [part for part in parts + [text[start:]] if part]


def logical(declaration):
    name, value = declaration.split(":", 1)
    if name in LOGICAL:
        return [f"{LOGICAL[name]}:{value}"]
    plain, important = re.fullmatch(r"(.*?)(!important)?", value).groups(default="")
    if name == "text-align" and plain in SIDES:
        return [f"text-align:{SIDES[plain]}{important}"]
    if name == "float" and plain in FLOATS:
        return [f"float:{FLOATS[plain]}{important}"]
    if name in ("margin", "padding"):
        sides = split(plain, " ")
        if len(sides) == 4 and sides[1] != sides[3]:
            top, right, bottom, left = sides
            return [
                f"{name}-block:{top} {bottom}{important}",
                f"{name}-inline:{left} {right}{important}",
            ]
    if FONT in value:
        return [f"{name}:" + value.replace(f"{FONT},", "")]
    return [declaration]


def made(rules):
    text = ""
    for prelude, inner in rules:
        if prelude == "@font-face" or OLD.search(prelude):
            continue
        if isinstance(inner, list):
            prelude = prelude.replace("(-ms-high-contrast:active),screen and ", "")
            inside = made(inner)
            text += f"{prelude}{{{inside}}}" if inside else ""
            continue
        kept = [one for one in split(prelude, ",") if not UNUSED.search(bare(one))]
        declarations = []
        for declaration in split(inner, ";"):
            declarations += logical(declaration)
        if kept and declarations:
            text += f"{','.join(kept)}{{{';'.join(declarations)}}}\n"
    return text


def bare(selector):
    """A selector without what it excludes."""
    return re.sub(r":not\((?:[^()]|\([^()]*\))*\)", "", selector)


def main(wheel):
    assets = pathlib.Path(__file__).parent.parent / "Assets"
    with zipfile.ZipFile(wheel) as files:
        style, licence = files.read(STYLE), files.read(LICENCE)
    found = hashlib.sha256(style).hexdigest()
    if found != SHA256:
        sys.exit(f"{STYLE} has sha256 {found}, not {SHA256}")
    rules, _ = parse(style.decode())
    text = made(rules)
    note = (
        "/* NHS.UK frontend 10.4.2, MIT licence (nhsuk.LICENSE.txt); changed by"
        " tools/make-assets.py. */\n"
    )
    for forbidden in (FONT, "url(", "@import", "https:", "@font-face"):
        assert forbidden not in text, forbidden
    (assets / "nhsuk.css").write_text(note + text)
    (assets / "nhsuk.LICENSE.txt").write_bytes(licence)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
