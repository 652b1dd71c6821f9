"""Makes a paper's HTML into PDF or DOCX, and a table into Parquet.

    python press.py pdf|docx|sheet PAPER.html MADE
    python press.py parquet TABLE.csv MADE

WeasyPrint makes the PDF: tagged, with bookmarks; a sheet has its style within it. python-docx makes
the DOCX from the same HTML: its headings are Word's headings, its tables are tables with a heading
row, its charts are pictures with alternative text. DuckDB makes the Parquet. Nothing is fetched from
anywhere: a paper holds all that it needs.
"""

import pathlib
import sys

# By this `goodwork` knows that a package is missing.
MISSING = 3


def text(path):
    return pathlib.Path(path).read_text(encoding="utf-8")


def make_pdf(paper, path, styles=("paper.css",)):
    import weasyprint
    from weasyprint.urls import URLFetcher

    class Refusing(URLFetcher):
        def fetch(self, url, headers=None):
            raise ValueError(f"a paper loads nothing: {url}")

    document = weasyprint.HTML(string=text(paper), url_fetcher=Refusing())
    paged = [weasyprint.CSS(filename=pathlib.Path(__file__).with_name(style)) for style in styles]
    document.write_pdf(path, stylesheets=paged, pdf_variant="pdf/ua-1")


def make_sheet(paper, path):
    make_pdf(paper, path, styles=())


def make_docx(paper, path):
    from paper_docx import make

    make(text(paper), path)


# How a column of each type is read; what is blank is null, and blank tokens are an empty list.
READ = {
    "text": "nullif({}, '')",
    "date": "cast(nullif({}, '') AS DATE)",
    "integer": "cast(nullif({}, '') AS BIGINT)",
    "number": "cast(nullif({}, '') AS DOUBLE)",
    "instant": "cast(nullif({}, '') AS TIMESTAMPTZ)",
    "tokens": "coalesce(string_split(nullif({}, ''), ' '), [])",
}


def make_parquet(table, path):
    """A table is CSV; its first line names each column, and its type after a colon."""
    import csv

    import duckdb

    with open(table, encoding="utf-8", newline="") as file:
        columns = [cell.rsplit(":", 1) for cell in next(csv.reader(file))]
    read = ", ".join(
        f'{READ[kind].format(f"c{place}")} AS "{name}"'
        for place, (name, kind) in enumerate(columns)
    )
    names = "{" + ", ".join(f"'c{place}': 'VARCHAR'" for place in range(len(columns))) + "}"
    # On one thread the rows keep their order. Times are in UTC whatever the machine's zone.
    base = duckdb.connect(config={"threads": 1, "autoinstall_known_extensions": False})
    base.execute(
        f"COPY (SELECT {read} FROM read_csv($table, header = false, skip = 1, auto_detect = false,"
        f" delim = ',', quote = '\"', escape = '\"', columns = {names}))"
        f" TO '{path}' (FORMAT parquet, COMPRESSION zstd)",
        {"table": table},
    )


MAKERS = {"pdf": make_pdf, "docx": make_docx, "sheet": make_sheet, "parquet": make_parquet}


def main(kind, given, made):
    try:
        MAKERS[kind](given, made)
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
