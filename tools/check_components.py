"""Holds our components' markup to NHS.UK frontend's, as nhsuk-frontend-jinja renders it.

    check_components.py FOLDER     a folder of fragments that SamplePagesTests wrote

White space and the order of attributes and classes do not count. DIFFERENCES below names each difference that
we mean. Exits non-zero when another is found.
"""

import difflib
import html.parser
import pathlib
import re
import sys

import jinja2

VOID = {"input", "br", "hr", "img"}


class Lines(html.parser.HTMLParser):
    """One line for each tag and text, attributes in order of name."""

    def __init__(self):
        super().__init__()
        self.lines = []

    def handle_starttag(self, tag, attributes):
        shown = "".join(f' {name}="{plain(name, value)}"' for name, value in sorted(attributes))
        self.lines.append(f"<{tag}{shown}>")

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            self.lines.append(f"</{tag}>")

    def handle_data(self, text):
        if text.strip():
            self.lines.append(" ".join(text.split()))


def plain(name, value):
    return " ".join(sorted(value.split())) if name == "class" else value or ""


def lines(markup):
    reader = Lines()
    reader.feed(markup)
    reader.close()
    return reader.lines


# What we mean to differ in, as changes to the oracle's markup.
DIFFERENCES = [
    # Components with scripts; ours have none.
    (r' data-module="[^"]*"', ""),
    # A fieldset is a group already.
    (r' role="group"', ""),
    # HTML has no such role, and the validator says so.
    (r'<span role="text">\s*(.*?)\s*</span>(?=\s*</h)', r"\1"),
    # Below a page's h1 comes h2.
    (r"(</?)h3", r"\1h2"),
    (r"&ctdot;", "⋯"),
    # The day's box is where an error's link leads, and names are joined by a dash.
    (r"(id|for)=\"dob-day\"", r'\1="dob"'),
    (r'<div class="nhsuk-date-input" id="dob">', '<div class="nhsuk-date-input">'),
    (r'name="dob\[(\w+)\]"', r'name="dob-\1" value=""'),
    (r">(\s*)Success(\s*)<", r">\1Done\2<"),
    (r"<textarea([^>]*)></textarea>", r"<textarea\1> v</textarea>"),
]

LABEL = {"text": "N", "size": "s"}
QUESTION = {"legend": {"text": "Q", "size": "s"}}
BAD = {"text": "bad"}
HINT = {"text": "h"}


def ticks(chosen):
    return [
        {"value": "one", "text": "One", "hint": {"text": "The first"}},
        {"value": "two", "text": "Two", "checked": chosen == "two"},
        {"value": "three", "text": "Three"},
    ]


def box(name, width):
    return {"name": name, "classes": f"nhsuk-input--width-{width} nhsuk-input--error"}


FIELD = {"id": "n", "name": "n", "label": LABEL, "value": "v"}
ORACLE = {
    "input": ("input", "input", {**FIELD, "hint": HINT, "width": 10, "type": "text"}),
    "input-error": ("input", "input", {**FIELD, "hint": HINT, "width": 10, "errorMessage": BAD}),
    "textarea": ("textarea", "textarea", {**FIELD, "rows": 3, "errorMessage": BAD}),
    "select": (
        "select",
        "select",
        {
            "id": "a",
            "name": "a",
            "label": {"text": "Q", "size": "s"},
            "errorMessage": BAD,
            "items": [
                {"value": "", "text": "Choose"},
                {"value": "one", "text": "One"},
                {"value": "two", "text": "Two", "selected": True},
                {"value": "three", "text": "Three"},
            ],
        },
    ),
    "radios": (
        "radios",
        "radios",
        {
            "name": "a",
            "idPrefix": "a",
            "inline": True,
            "fieldset": QUESTION,
            "hint": HINT,
            "errorMessage": BAD,
            "items": ticks("two"),
        },
    ),
    "checkboxes": (
        "checkboxes",
        "checkboxes",
        {"name": "a", "idPrefix": "a", "fieldset": QUESTION, "items": ticks("two")},
    ),
    "date-input": (
        "date-input",
        "dateInput",
        {
            "id": "dob",
            "namePrefix": "dob",
            "fieldset": {"legend": {"text": "DOB", "size": "s"}},
            "hint": HINT,
            "errorMessage": BAD,
            "items": [box("day", 2), box("month", 2), box("year", 4)],
        },
    ),
    "summary-list": (
        "summary-list",
        "summaryList",
        {
            "rows": [
                {
                    "key": {"text": "K"},
                    "value": {"text": "V"},
                    "actions": {
                        "items": [{"text": "Change", "href": "/c", "visuallyHiddenText": "k"}]
                    },
                },
                {"key": {"text": "K2"}, "value": {"text": "V2"}},
            ]
        },
    ),
    "table": (
        "tables",
        "table",
        {
            "caption": "Cap",
            "responsive": True,
            "head": [{"text": "A"}, {"text": "B", "format": "numeric"}],
            "rows": [
                [{"header": "A", "text": "1"}, {"header": "B", "text": "2", "format": "numeric"}]
            ],
        },
    ),
    "tag": ("tag", "tag", {"text": "late", "classes": "nhsuk-tag--red"}),
    "panel": ("panel", "panel", {"titleText": "t", "text": "b"}),
    "inset-text": ("inset-text", "insetText", {"html": "<p>x</p>"}),
    "warning": ("warning-callout", "warningCallout", {"heading": "H", "html": "<p>x</p>"}),
    "details": ("details", "details", {"summaryText": "s", "html": "<p>t</p>"}),
    "button": ("button", "button", {"text": "Save"}),
    "button-secondary": ("button", "button", {"text": "Save", "variant": "secondary"}),
    "button-link": ("button", "button", {"text": "Go", "href": "/g", "variant": "secondary"}),
    "pagination": (
        "pagination",
        "pagination",
        {
            "previous": {"href": "/p?page=4"},
            "next": {"href": "/p?page=6"},
            "items": [
                {"number": 1, "href": "/p?page=1"},
                {"ellipsis": True},
                {"number": 4, "href": "/p?page=4"},
                {"number": 5, "href": "/p?page=5", "current": True},
                {"number": 6, "href": "/p?page=6"},
                {"ellipsis": True},
                {"number": 9, "href": "/p?page=9"},
            ],
        },
    ),
    "banner": ("notification-banner", "notificationBanner", {"type": "success", "text": "saved"}),
}


def rendered(folder, macro, parameters):
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("nhsuk_frontend_jinja", "templates"),
        undefined=jinja2.ChainableUndefined,
        extensions=["jinja2.ext.do"],
    )
    source = f'{{% from "nhsuk/components/{folder}/macro.jinja" import {macro} %}}'
    markup = environment.from_string(source + f"{{{{ {macro}(parameters) }}}}").render(
        parameters=parameters
    )
    for pattern, replacement in DIFFERENCES:
        markup = re.sub(pattern, replacement, markup, flags=re.DOTALL)
    return markup


def main(folder):
    written = {path.stem: path.read_text() for path in pathlib.Path(folder).glob("*.html")}
    faults = 0
    for name in sorted(written.keys() | ORACLE.keys()):
        if name not in written or name not in ORACLE:
            print(f"{name}: only one side has it")
            faults += 1
            continue
        theirs, ours = lines(rendered(*ORACLE[name])), lines(written[name])
        if theirs != ours:
            faults += 1
            print(f"{name} differs from NHS.UK frontend")
            print("\n".join(difflib.unified_diff(theirs, ours, "theirs", "ours", lineterm="")))
    print(f"{len(ORACLE)} components, {faults} with faults")
    return 1 if faults else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
