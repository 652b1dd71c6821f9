import Application
import BoardPack
import Kernel
import Store
import Web

/// Board packs: the files that stand here, making papers of them, and the papers.
enum BoardPackRoutes {
    static let routes: [APIRoute] = [
        .get(
            "/api/v1/board-packs",
            "listBoardPacks",
            "The packs that papers can be made of",
            tag: "Board packs",
            .action(.report),
            answer: .object(
                .must(
                    "items",
                    .list(
                        .object(
                            .must("id", .word),
                            .may("subject", .text),
                            .may("board", .text),
                            .may("programme", .word),
                            .must("faults", .list(.text))
                        )
                    )
                )
            )
        ) { call in
            let files = try await call.goodwork.packFiles(by: call.actor)
            var object = JSONObject()
            object.put("items", files.map(Self.object))
            return call.json(object)
        },
        .post(
            "/api/v1/board-packs/:pack/papers",
            "makePaper",
            "Make a paper: its tables enter the register, and it never changes",
            tag: "Board packs",
            .action(.exportReport),
            body: .object(
                .may("as_at", .date.saying("The end of the last full month where blank.")),
                .must("purpose", .text(1...200, "Stands in the access log. Name nobody in it."))
            ),
            status: 201,
            says: "It is made.",
            answer: paper
        ) { call in
            let made = try await call.goodwork.makePack(
                call.goodwork.packs.file(call.part("pack")),
                asAt: call.body["as_at"]?.string.flatMap { CivilDate(iso: $0) },
                purpose: call.body["purpose"]?.string ?? "",
                by: call.actor
            )
            return call.json(object(made), status: 201)
        },
        .get(
            "/api/v1/papers",
            "listPapers",
            "Papers that were made, the newest first",
            tag: "Board packs",
            .action(.report),
            APIRoute.Parameter.pages,
            answer: .page(paper)
        ) { call in
            let made = try await call.goodwork.madePacks(limit: 10_000, by: call.actor)
            return call.json(Page(made, call) { $0.id }.object(Self.object))
        },
        .get(
            "/api/v1/papers/:paper",
            "readPaper",
            "A paper as it was made, as HTML",
            tag: "Board packs",
            .action(.report),
            answer: .object(.must("paper", paper), .must("html", .text(0...20_000_000)))
        ) { call in
            let (made, document) = try await call.goodwork.madePack(
                call.part("paper"),
                by: call.actor
            )
            var object = JSONObject()
            object.put("paper", Self.object(made))
            object.put("html", String(decoding: document, as: UTF8.self))
            return call.json(object)
        },
        .post(
            "/api/v1/papers/:paper/files",
            "takePaper",
            "Take a paper away as PDF, DOCX or HTML, for the purpose that it was made for",
            tag: "Board packs",
            .action(.exportReport),
            scope: ClientScope.read,
            body: .object(.must("format", .choice(PackFormat.self))),
            answer: FileJSON.schema
        ) { call in
            let format = call.body["format"]?.string.flatMap { PackFormat(rawValue: $0) } ?? .html
            let file = try await call.goodwork.packFile(
                call.part("paper"),
                as: format,
                by: call.actor
            )
            return call.json(FileJSON.object(file.name, type: format.mediaType, file.bytes))
        },
    ]

    private static let paper = Schema.named(
        "Paper",
        .object(
            .must("id", .word),
            .must("pack", .word),
            .must("programme", .word),
            .must("programme_version", .count),
            .must("subject", .text),
            .must("board", .text),
            .must("as_at", .date),
            .must("made_at", .moment),
            .must("made_by", .text),
            .must("purpose", .text)
        )
    )

    private static func object(_ made: StoredBoardPack) -> JSONObject {
        var object = JSONObject()
        object.put("id", made.id)
        object.put("pack", made.pack)
        object.put("programme", made.programme)
        object.put("programme_version", made.programmeVersion)
        object.put("subject", made.subject)
        object.put("board", made.board)
        object.put("as_at", made.asAt)
        object.put("made_at", made.madeAt)
        object.put("made_by", made.madeBy)
        object.put("purpose", made.purpose)
        return object
    }

    private static func object(_ listed: ListedPack) -> JSONObject {
        var object = JSONObject()
        object.put("id", listed.id)
        object.put("subject", listed.pack?.subject)
        object.put("board", listed.pack?.board)
        object.put("programme", listed.pack?.programme)
        object.put("faults", listed.faults.map(\.description))
        return object
    }
}
