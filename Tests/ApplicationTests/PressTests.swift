import Application
import Foundation
import TestPrograms
import TestSupport
import Testing

/// PDF and DOCX as other programs read them.
@Suite(.timeLimit(.minutes(10))) struct PressTests {
    static let python = Fixtures.root + "/.venv/bin/python"
    static let press = Press(python: python, tools: Fixtures.root + "/tools")
    static var document: [UInt8] {
        get throws {
            let path = Fixtures.root + "/Tests/BoardPackTests/golden/example.html"
            return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        }
    }

    /// Reads a file with a script, which prints what it finds.
    static func read(_ bytes: [UInt8], _ script: String) async throws -> String {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(bytes).write(to: file)
        return try await TestProgram.python("-c", script, file.path)
    }

    @Test("The PDF is tagged, has bookmarks, a title and a language, and the text")
    func pdf() async throws {
        let bytes = try await Self.press.make(PackFormat.pdf, of: try Self.document)
        let said = try await Self.read(
            bytes,
            """
            import sys, pypdf
            pdf = pypdf.PdfReader(sys.argv[1])
            root = pdf.trailer["/Root"]
            print("tagged", root["/MarkInfo"]["/Marked"])
            print("language", root["/Lang"])
            print("title", pdf.metadata.title)
            def show(outline):
                for one in outline:
                    if isinstance(one, list): show(one)
                    else: print("bookmark", one.title)
            show(pdf.outline)
            kinds = []
            def walk(node, seen):
                node = node.get_object()
                if id(node) in seen or not isinstance(node, dict): return
                seen.add(id(node))
                if "/S" in node: kinds.append((node["/S"], str(node.get("/Alt", ""))))
                kids = node.get("/K", [])
                for kid in kids if isinstance(kids, list) else [kids]:
                    if not isinstance(kid, int): walk(kid, seen)
            walk(root["/StructTreeRoot"], set())
            for kind in ["/H1", "/H2", "/Table", "/TH", "/Figure"]:
                print(kind, sum(1 for one, _ in kinds if one == kind))
            print("text", " ".join(" ".join(p.extract_text() for p in pdf.pages).split()))
            """
        )
        for line in [
            "tagged True", "language en-GB", "title The example, {{so far}}",
            "bookmark 1.0 Progress", "bookmark A. Figures in this report",
        ] {
            #expect(said.contains(line), "\(said)")
        }
        for kind in ["/H1", "/H2", "/Table", "/TH", "/Figure"] {
            #expect(!said.contains("\(kind) 0\n"), "\(said)")
        }
        #expect(said.contains("Of 32 people referred to Example & Co, 63% were engaged."))
    }

    @Test("The DOCX has headings, tables with a heading row, and pictures with alternative text")
    func docx() async throws {
        let bytes = try await Self.press.make(PackFormat.docx, of: try Self.document)
        let said = try await Self.read(
            bytes,
            """
            import sys, docx
            from docx.oxml.ns import qn
            paper = docx.Document(sys.argv[1])
            for one in paper.paragraphs:
                if one.style.name.startswith(("Heading", "Title", "Caption")):
                    print(one.style.name + ":", one.text.replace("\\t", " "))
                else:
                    print("text:", " ".join(one.text.split()))
            print("tables", len(paper.tables))
            print("heading rows", sum(1 for t in paper.tables if t._tbl.findall(".//" + qn("w:tblHeader"))))
            for shape in paper.inline_shapes:
                print("picture:", shape._inline.docPr.get("descr"))
            for table in paper.tables:
                for row in table.rows: print("row:", " | ".join(" ".join(c.text.split()) for c in row.cells))
            print("language", paper.core_properties.language, "title", paper.core_properties.title)
            """
        )
        for line in [
            "Title: The example, {{so far}}", "Heading 1: 1.0 Progress", "Heading 2: Claims",
            "Heading 1: A. Figures in this report", "Caption: Table 1: The rows",
            "text: 1.1 Of 32 people referred to Example & Co, 63% were engaged.",
            "row: Measure | Figure", "row: Referrals | 32", "language en-GB",
        ] {
            #expect(said.contains(line), "\(line)\n\(said)")
        }
        let pictures = said.split(separator: "\n").filter { $0.hasPrefix("picture: ") }
        #expect(pictures.count == 4)
        #expect(pictures.allSatisfy { $0.count > 15 })
    }

    @Test("What is not installed is said, with what to install")
    func missing() async throws {
        let document = try Self.document
        let nowhere = Press(python: "/nowhere/python", tools: Fixtures.root + "/tools")
        let error = await #expect(throws: ServiceError.self) {
            try await nowhere.make(PackFormat.pdf, of: document)
        }
        #expect(error?.code == "press-missing")
        #expect(error?.message.contains("libpango-1.0-0") == true)
        #expect(try await nowhere.make(PackFormat.html, of: document) == document)
        let bare = Press(python: "/usr/bin/python3", tools: Fixtures.root + "/tools")
        let lacking = await #expect(throws: ServiceError.self) {
            try await bare.make(PackFormat.docx, of: document)
        }
        #expect(lacking?.code == "press-missing", "\(lacking?.context ?? "")")
        var slow = Self.press
        slow.secondsMax = 0.05
        let late = await #expect(throws: ServiceError.self) {
            try await slow.make(PackFormat.pdf, of: document)
        }
        #expect(late?.code == "press-slow")
    }
}
