import Application
import HTML
import WebPages

extension Commands {
    /// Prints everything held on the person of a case: a document, or JSON.
    public static func copy(
        _ configuration: Configuration,
        reference: String,
        programme: String?,
        reason: String,
        _ terminal: Terminal
    ) async throws {
        let installation = try await Installation.open(configuration)
        let goodwork = installation.goodwork
        let header = try await goodwork.header(reference: reference, programme: programme)
        let copy = try await goodwork.copy(
            personOf: header,
            reason: reason,
            by: installation.actor
        )
        try await installation.close()
        terminal.print(
            terminal.json
                ? copy.json
                : String(decoding: CopyDocument(copy).document.document, as: UTF8.self)
        )
    }
}
