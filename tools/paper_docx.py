"""Makes a paper's HTML into a Word document, with Word's own headings, tables and pictures."""

import io

import cairosvg
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from lxml import etree, html as lxml_html

BLUE, DARK, SOFT = RGBColor(0x00, 0x5E, 0xB8), RGBColor(0x00, 0x30, 0x87), RGBColor(0x4C, 0x62, 0x72)
PALE = "F0F4F5"
RATINGS = {"low": "CCE5D8", "medium": "FFF4C2", "high": "FBD3B4", "very-high": "8A1538"}
INDENT = Cm(1.2)
TEXT_WIDTH = Cm(17.2)
# A table of so many rows stands on one page.
ROWS_WHOLE = 12


def make(html, path):
    """Writes the document of a paper."""
    page = lxml_html.document_fromstring(html.encode("utf-8"))
    Writer(page).document.save(path)


def classes(element):
    return (element.get("class") or "").split()


def plain(element):
    return " ".join("".join(element.itertext()).split())


class Writer:
    """Walks through the paper and writes what it meets."""

    def __init__(self, page):
        self.document = Document()
        self.subject = page.findtext(".//title")
        self.board = plain(page.find(".//p[@class='board']"))
        self.set_up()
        self.blocks(page.find(".//main"))

    # Styles and the page

    def set_up(self):
        core = self.document.core_properties
        core.title, core.subject, core.author = self.subject, self.board, ""
        core.language, core.comments = "en-GB", ""
        section = self.document.sections[0]
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(1.9)
        section.top_margin, section.bottom_margin = Cm(2.1), Cm(2)
        styles = self.document.styles
        self.font(styles["Normal"], 10.5)
        styles["Normal"].paragraph_format.space_after = Pt(6)
        styles["Normal"].paragraph_format.line_spacing = 1.15
        for name, size, before in [("Title", 20, 0), ("Heading 1", 14, 18), ("Heading 2", 11.5, 12)]:
            style = styles[name]
            self.font(style, size, bold=True, colour=DARK)
            style.paragraph_format.space_before = Pt(before)
            style.paragraph_format.space_after = Pt(6)
            style.paragraph_format.keep_with_next = True
            borders = style.element.find(qn("w:pPr")).find(qn("w:pBdr"))
            if borders is not None:
                borders.getparent().remove(borders)
            for name in ["w:spacing", "w:kern"]:
                for part in style.element.rPr.findall(qn(name)):
                    style.element.rPr.remove(part)
        self.font(styles["Caption"], 9.5, bold=True)
        styles["Caption"].paragraph_format.keep_with_next = True
        styles["Caption"].paragraph_format.space_before = Pt(10)
        self.font(styles["List Bullet"], 10.5)
        self.font(styles["List Number"], 10.5)
        self.header(section)

    def font(self, style, size, bold=None, colour=RGBColor(0x21, 0x2B, 0x32)):
        style.font.name, style.font.size, style.font.color.rgb = "Arial", Pt(size), colour
        style.font.bold, style.font.italic = bold, False
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in list(fonts.attrib):
            if key.endswith("Theme"):
                del fonts.attrib[key]
        for key in ["w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"]:
            fonts.set(qn(key), "Arial")

    def header(self, section):
        section.different_first_page_header_footer = True
        top = section.header.paragraphs[0]
        top.text = f"{self.subject}\t{self.board}"
        for footer in [section.footer, section.first_page_footer]:
            line = footer.paragraphs[0]
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            self.small(line.add_run("Page "))
            self.field(line, "PAGE")
            self.small(line.add_run(" of "))
            self.field(line, "NUMPAGES")
        stops = top.paragraph_format.tab_stops
        for stop in list(top.style.paragraph_format.tab_stops):
            stops.add_tab_stop(stop.position, WD_TAB_ALIGNMENT.CLEAR)
        stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
        for run in top.runs:
            self.small(run)

    def small(self, run):
        run.font.size, run.font.color.rgb = Pt(8.5), SOFT

    def field(self, paragraph, code, shown="1"):
        for kind, text in [("begin", None), (None, code), ("separate", None), ("", shown), ("end", None)]:
            run = paragraph.add_run()
            self.small(run)
            if kind:
                part = OxmlElement("w:fldChar")
                part.set(qn("w:fldCharType"), kind)
                run._r.append(part)
            elif kind is None:
                part = OxmlElement("w:instrText")
                part.text = text
                run._r.append(part)
            else:
                run.text = text

    # Blocks

    def blocks(self, parent):
        for element in parent:
            self.block(element)

    def block(self, element):
        kind, names = element.tag, classes(element)
        if kind in ("main", "section", "header", "div") and "scroll" not in names:
            self.blocks(element)
        elif kind == "div":
            self.table(element.find("table"))
        elif kind == "table":
            self.front(element)
        elif kind == "h1":
            self.document.add_paragraph(plain(element), style="Title")
        elif kind in ("h2", "h3"):
            self.heading(element, 1 if kind == "h2" else 2)
        elif kind == "p":
            self.paragraph(element)
        elif kind in ("ul", "ol"):
            for item in element:
                style = "List Bullet" if kind == "ul" else "List Number"
                self.runs(self.document.add_paragraph(style=style), item)
        elif kind == "nav":
            self.contents(element)
        elif kind == "dl":
            self.tiles(element)
        elif kind == "figure":
            self.figure(element)

    def heading(self, element, level):
        if "annex" in classes(element.getparent()):
            self.document.add_page_break()
        number = element.find("span")
        paragraph = self.document.add_heading(level=level)
        if number is None:
            paragraph.add_run(plain(element))
            return
        paragraph.paragraph_format.tab_stops.add_tab_stop(INDENT)
        paragraph.add_run(plain(number) + "\t" + " ".join((number.tail or "").split()))

    def paragraph(self, element):
        names = classes(element)
        paragraph = self.document.add_paragraph()
        if "numbered" in names:
            number = element.find("span")
            layout = paragraph.paragraph_format
            layout.left_indent, layout.first_line_indent = INDENT, -INDENT
            layout.tab_stops.add_tab_stop(INDENT)
            paragraph.add_run(plain(number) + "\t").font.color.rgb = SOFT
            number.text = None
        self.runs(paragraph, element, trim=True)
        if "board" in names:
            paragraph.runs[0].bold, paragraph.runs[0].font.size = True, Pt(12)
        if "note" in names or "kind" in names:
            for run in paragraph.runs:
                run.font.color.rgb = SOFT
                run.font.size = Pt(9 if "note" in names else 10.5)

    def runs(self, paragraph, element, bold=False, trim=False):
        """The text of an element and of all within it, strong text bold."""
        pieces = []

        def walk(part, bold):
            heavy = bold or part.tag == "strong"
            if part.tag == "span" and "note" in classes(part):
                pieces.append(("\v", False))
            if part.text:
                pieces.append((part.text, heavy))
            for child in part:
                if child.tag not in ("ul", "ol"):
                    walk(child, heavy)
                if child.tail:
                    pieces.append((child.tail, heavy))

        walk(element, bold)
        joined = []
        for text, heavy in pieces:
            text = " ".join(text.split(" ")).replace("\n", " ")
            joined.append((text, heavy))
        if trim and joined:
            while joined and not joined[0][0].strip():
                joined.pop(0)
            if joined:
                joined[0] = (joined[0][0].lstrip(), joined[0][1])
        for text, heavy in joined:
            if text == "\v":
                paragraph.add_run().add_break()
            elif text:
                paragraph.add_run(text).bold = heavy or None
        return paragraph

    def contents(self, element):
        """The table of contents, as a field that Word brings up to date."""
        self.document.add_paragraph().add_run("Contents").bold = True
        lines = [plain(link) for link in element.iter("a")]
        for number, line in enumerate(lines):
            paragraph = self.document.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(2)
            if number == 0:
                self.mark(paragraph, "begin")
                code = OxmlElement("w:instrText")
                code.set(qn("xml:space"), "preserve")
                code.text = ' TOC \\o "1-1" \\h \\z '
                paragraph.add_run()._r.append(code)
                self.mark(paragraph, "separate")
            paragraph.add_run(line)
            if number == len(lines) - 1:
                self.mark(paragraph, "end")

    def mark(self, paragraph, kind):
        part = OxmlElement("w:fldChar")
        part.set(qn("w:fldCharType"), kind)
        paragraph.add_run()._r.append(part)

    # Tables

    def front(self, element):
        rows = list(element.find("tbody"))
        table = self.grid(len(rows), 2, [Cm(4.4), TEXT_WIDTH - Cm(4.4)])
        for row, source in zip(table.rows, rows):
            head, cell = source
            self.fill(row.cells[0], head, bold=True)
            self.fill(row.cells[1], cell)
        self.document.add_paragraph()

    def table(self, element):
        caption = element.find("caption")
        self.document.add_paragraph(plain(caption), style="Caption")
        head = list(element.find("thead").find("tr"))
        body = list(element.find("tbody"))
        table = self.grid(len(body) + 1, len(head), self.widths(element, head, body))
        first = table.rows[0]
        marks = first._tr.get_or_add_trPr()
        header = OxmlElement("w:tblHeader")
        header.set(qn("w:val"), "true")
        marks.append(header)
        for cell, source in zip(first.cells, head):
            self.fill(cell, source, bold=True)
            self.shade(cell, PALE)
        is_total = "total" in classes(element)
        for number, (row, source) in enumerate(zip(table.rows[1:], body)):
            cannot_split = OxmlElement("w:cantSplit")
            row._tr.get_or_add_trPr().append(cannot_split)
            for cell, part in zip(row.cells, source):
                self.fill(cell, part, bold=is_total and number == len(body) - 1)
        if len(body) <= ROWS_WHOLE:
            for row in table.rows[:-1]:
                for cell in row.cells:
                    for paragraph in cell.paragraphs:
                        paragraph.paragraph_format.keep_with_next = True
        self.document.add_paragraph().paragraph_format.space_after = Pt(2)

    def widths(self, element, head, body):
        """Columns as wide as their words ask for, within the page."""
        texts = [[plain(cell) for cell in head]] + [[plain(cell) for cell in row] for row in body]
        least, more = [], []
        for column in range(len(head)):
            cells = [row[column] for row in texts if column < len(row)]
            longest = max((len(text) for text in cells), default=1)
            word = max((len(w) for text in cells for w in text.split()), default=1)
            if "number" in classes(head[column]):
                # A figure stands on one line; only its heading may be broken.
                word = max([word] + [len(text) for text in cells[1:] if len(text) < 20])
            least.append(Cm(0.18) * word + Cm(0.5))
            more.append(max(min(longest, 60) - word, 0) + 0.1)
        left = max(TEXT_WIDTH - sum(least), 0)
        squeeze = min(1, TEXT_WIDTH / sum(least))
        return [
            int(small * squeeze + left * want / sum(more)) for small, want in zip(least, more)
        ]

    def grid(self, rows, columns, widths):
        table = self.document.add_table(rows=rows, cols=columns)
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
        properties = table._tbl.tblPr
        borders = OxmlElement("w:tblBorders")
        for side in ["top", "bottom", "insideH"]:
            line = OxmlElement(f"w:{side}")
            for key, value in [("val", "single"), ("sz", "4"), ("color", "C8D1D6")]:
                line.set(qn(f"w:{key}"), value)
            borders.append(line)
        properties.append(borders)
        for column, width in zip(table.columns, widths):
            column.width = width
            for cell in column.cells:
                cell.width = width
        return table

    def fill(self, cell, element, bold=False):
        """Puts an element's words, paragraphs and lists into a cell."""
        paragraph = cell.paragraphs[0]
        is_number = "number" in classes(element)
        parts = [child for child in element if child.tag in ("p", "ul", "ol")]
        if parts:
            used = False
            for part in parts:
                items = [part] if part.tag == "p" else list(part)
                for item in items:
                    style = {"ul": "List Bullet", "ol": "List Number"}.get(part.tag)
                    target = cell.add_paragraph() if used else paragraph
                    if style:
                        target.style = self.document.styles[style]
                    self.runs(target, item, bold)
                    used = True
        else:
            self.runs(paragraph, element, bold, trim=True)
        for one in cell.paragraphs:
            one.paragraph_format.space_after = Pt(2)
            one.paragraph_format.space_before = Pt(2)
            one.paragraph_format.line_spacing = 1.05
            if is_number:
                one.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            for run in one.runs:
                run.font.size = Pt(9)
        rating = element.find(".//strong")
        if rating is not None and "rating" in classes(rating):
            colour = RATINGS[classes(rating)[1]]
            self.shade(cell, colour)
            if classes(rating)[1] == "very-high":
                for run in paragraph.runs:
                    run.font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)

    def shade(self, cell, colour):
        shading = OxmlElement("w:shd")
        for key, value in [("val", "clear"), ("color", "auto"), ("fill", colour)]:
            shading.set(qn(f"w:{key}"), value)
        cell._tc.get_or_add_tcPr().append(shading)

    def tiles(self, element):
        """Figures in large type, as a row of cells, four beside each other."""
        tiles = list(element)
        for start in range(0, len(tiles), 4):
            row = tiles[start : start + 4]
            table = self.grid(1, len(row), [int(TEXT_WIDTH / len(row))] * len(row))
            for cell, tile in zip(table.rows[0].cells, row):
                self.shade(cell, PALE)
                label = plain(tile.find("dt"))
                values = tile.findall("dd")
                big = cell.paragraphs[0].add_run(plain(values[0]))
                big.bold, big.font.size, big.font.color.rgb = True, Pt(19), DARK
                cell.paragraphs[0].paragraph_format.space_after = Pt(0)
                name = cell.add_paragraph().add_run(label)
                name.bold, name.font.size = True, Pt(9)
                for value in values[1:]:
                    more = cell.add_paragraph().add_run(plain(value))
                    more.font.size, more.font.color.rgb = Pt(8.5), SOFT
            self.document.add_paragraph().paragraph_format.space_after = Pt(2)

    # Charts

    def figure(self, element):
        caption = element.find("figcaption")
        words = self.document.add_paragraph(plain(caption.find("strong")), style="Caption")
        words.paragraph_format.keep_with_next = True
        for part in caption.findall("p"):
            self.runs(self.document.add_paragraph(), part).paragraph_format.keep_with_next = True
        for picture in element.iter("{http://www.w3.org/2000/svg}svg", "svg"):
            if "gw-chart__picture--wide" not in classes(picture):
                continue
            self.picture(picture)
            break

    def picture(self, element):
        title = element.findtext("{*}title") or element.findtext("title") or ""
        says = element.findtext("{*}desc") or element.findtext("desc") or ""
        source = etree.tostring(element, encoding="unicode", with_tail=False)
        # HTML has one case; SVG's attribute has two.
        source = source.replace(" viewbox=", " viewBox=")
        png = cairosvg.svg2png(bytestring=source.encode("utf-8"), scale=3, background_color="white")
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        shape = paragraph.add_run().add_picture(io.BytesIO(png), width=TEXT_WIDTH)
        properties = shape._inline.docPr
        properties.set("descr", f"{title}. {says}".strip())
        properties.set("title", title)
