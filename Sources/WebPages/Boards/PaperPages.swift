import Application
import Crypto
import Foundation
import Web

/// A paper that was made, to be read and to be taken away.
enum PaperPages {
    static let routes: [PageRoute] = [
        .get("/papers/:paper", .action(.report)) { try await read($0) },
        .get("/papers/:paper/pdf", .action(.exportReport)) { try await file($0, .pdf) },
        .get("/papers/:paper/docx", .action(.exportReport)) { try await file($0, .docx) },
    ]

    /// The paper as it was made: a document of its own, with its own style sheet.
    ///
    /// It may load nothing and run nothing; of styles only its own applies.
    private static func read(_ visit: Visit) async throws -> Response {
        let (_, document) = try await visit.goodwork.madePack(
            visit.part("paper"),
            by: visit.actor
        )
        return Response(
            headers: [
                ("Content-Type", PackFormat.html.mediaType),
                (
                    "Content-Security-Policy",
                    "default-src 'none'; style-src '\(styleHash(document))'; form-action 'none'; "
                        + "base-uri 'none'; frame-ancestors 'none'"
                ),
            ],
            body: document
        )
    }

    private static func file(_ visit: Visit, _ format: PackFormat) async throws -> Response {
        let file = try await visit.goodwork.packFile(
            visit.part("paper"),
            as: format,
            by: visit.actor
        )
        return .file(file.bytes, name: file.name, type: format.mediaType)
    }

    /// The hash by which the policy allows the document's own style sheet (CSP level 3, 2.3.1).
    private static func styleHash(_ document: [UInt8]) -> String {
        let text = String(decoding: document, as: UTF8.self)
        let start = text.range(of: "<style>")
        let end = text.range(of: "</style>")
        guard let start, let end, start.upperBound <= end.lowerBound else { return "sha256-" }
        let style = Data(text[start.upperBound..<end.lowerBound].utf8)
        return "sha256-" + Data(SHA256.hash(data: style)).base64EncodedString()
    }
}
