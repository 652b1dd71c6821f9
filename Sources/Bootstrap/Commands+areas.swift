import Application
import Kernel

extension Commands {
    /// Takes in a table of postcodes with their areas and deciles of deprivation.
    public static func importAreas(
        _ configuration: Configuration,
        path: String,
        ranks: Int?,
        _ terminal: Terminal
    ) async throws {
        if let ranks, ranks < 10 {
            throw CommandError("--ranks \(ranks) is too few for deciles.", exit: .usage)
        }
        try CommandError.check(isThere: path)
        let installation = try await Installation.open(configuration, creating: true)
        let done = try await installation.goodwork.importAreas(
            path: path,
            ranks: ranks ?? Goodwork.areaRanks,
            by: installation.actor
        )
        try await installation.close()
        if terminal.json {
            var writer = JSONWriter()
            writer.beginObject()
            writer.key("postcodes")
            writer.int(done.postcodes)
            writer.key("elsewhere")
            writer.int(done.elsewhere)
            writer.key("all")
            writer.int(done.all)
            writer.endObject()
            return terminal.print(writer.text)
        }
        var lines = ["\(done.postcodes) postcodes were taken in; the table has \(done.all)."]
        if done.elsewhere > 0 {
            lines.append("\(done.elsewhere) lie outside England and were left out.")
        }
        lines.append("Referrals from now on say how deprived their postcode is.")
        terminal.print(lines.joined(separator: "\n"))
    }
}
