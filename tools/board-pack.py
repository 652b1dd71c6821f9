"""Makes a board pack's HTML into PDF or DOCX.

    python board-pack.py pdf|docx PAPER.html MADE

WeasyPrint makes the PDF: tagged, with bookmarks. python-docx makes the DOCX from the same HTML: its
headings are Word's headings, its tables are tables with a heading row, its charts are pictures with
alternative text. Nothing is fetched from anywhere: a paper holds all that it needs.
"""

import pathlib
import sys

# By this `goodwork` knows that a package is missing.
MISSING = 3


def make_pdf(html, path):
    import weasyprint
    from weasyprint.urls import URLFetcher

    class Refusing(URLFetcher):
        def fetch(self, url, headers=None):
            raise ValueError(f"a paper loads nothing: {url}")

    document = weasyprint.HTML(string=html, url_fetcher=Refusing())
    paged = weasyprint.CSS(filename=pathlib.Path(__file__).with_name("paper.css"))
    document.write_pdf(path, stylesheets=[paged], pdf_variant="pdf/ua-1")


def make_docx(html, path):
    from paper_docx import make

    make(html, path)


def main(kind, paper, made):
    with open(paper, encoding="utf-8") as file:
        html = file.read()
    try:
        {"pdf": make_pdf, "docx": make_docx}[kind](html, made)
    except ImportError as error:
        print(f"{error.name or 'a package'} is not installed.", file=sys.stderr)
        sys.exit(MISSING)
    except OSError as error:
        # WeasyPrint and CairoSVG say so when a library of Debian's is not there.
        if "cannot load library" not in str(error) and "no library called" not in str(error):
            raise
        print("A library is not installed: " + str(error).split("\n")[0], file=sys.stderr)
        sys.exit(MISSING)


if __name__ == "__main__":
    main(*sys.argv[1:])
