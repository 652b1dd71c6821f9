import Foundation
import Kernel

/// Where an installation's parts are, from options and the environment.
public struct Configuration: Sendable {
    /// A file, or `postgres://…`.
    public var database: String
    /// The folder of programme files.
    public var programmes: String
    /// The folder of unit costs and appraisals.
    var costs: String
    /// The folder of the files that pages load.
    var assets: String
    /// The folder of board packs.
    var boards: String
    /// The folder of the program that makes PDF, DOCX and Parquet.
    var tools: String
    /// The Python with its packages.
    var python: String
    var keyFile: String
    var masterKey: String?
    var user: String
    var organisation: String

    /// Reads the environment: `GOODWORK_DATABASE`, `GOODWORK_PROGRAMMES`, `GOODWORK_COSTS`,
    /// `GOODWORK_BOARDS`, `GOODWORK_ASSETS`, `GOODWORK_TOOLS`, `GOODWORK_PYTHON`,
    /// `GOODWORK_KEY_FILE`, `GOODWORK_MASTER_KEY` (base64), `GOODWORK_USER`,
    /// `GOODWORK_ORGANISATION`.
    public init(database: String? = nil, environment: [String: String]? = nil) {
        let environment = environment ?? ProcessInfo.processInfo.environment
        let chosen = database ?? environment["GOODWORK_DATABASE"] ?? "goodwork.db"
        self.database = chosen
        programmes =
            environment["GOODWORK_PROGRAMMES"]
            ?? Self.find("programmes", with: "kickstarter.yaml")
        costs = environment["GOODWORK_COSTS"] ?? Self.find("costs", with: "unit-costs.yaml")
        assets = environment["GOODWORK_ASSETS"] ?? Self.find("Assets", with: "goodwork.css")
        boards = environment["GOODWORK_BOARDS"] ?? Self.find("boards", with: "")
        tools = environment["GOODWORK_TOOLS"] ?? Self.find("tools", with: "press.py")
        python =
            environment["GOODWORK_PYTHON"] ?? Self.find(".venv", with: "bin/python") + "/bin/python"
        keyFile =
            environment["GOODWORK_KEY_FILE"]
            ?? (Self.isPostgres(chosen) ? "goodwork.key" : chosen + ".key")
        masterKey = environment["GOODWORK_MASTER_KEY"]
        user = environment["GOODWORK_USER"] ?? environment["USER"] ?? "operator"
        organisation = environment["GOODWORK_ORGANISATION"] ?? "installation"
    }

    var isPostgres: Bool { Self.isPostgres(database) }

    private static func isPostgres(_ database: String) -> Bool {
        database.hasPrefix("postgres://") || database.hasPrefix("postgresql://")
    }

    /// The database without its password, for messages.
    var shownDatabase: String {
        guard isPostgres else { return database }
        // Nobody knows which part of such an address is the password.
        if hasStrayAt { return "postgres://…" }
        let (hasUser, place) = addressParts
        return "postgres://" + (hasUser ? "…@" : "") + place.prefix { $0 != "?" }
    }

    /// Whether a server's address has an `@` that would be read as the end of a password.
    ///
    /// libpq takes what follows for the host, and shows it in its messages. A setting behind the `?`
    /// may have one, as in `user=goodwork@server`.
    var hasStrayAt: Bool {
        guard isPostgres else { return false }
        let place = addressParts.place
        let server = place.prefix { $0 != "?" }
        if server.contains("@") { return true }
        let settings = place.dropFirst(server.count).split(separator: "&")
        return settings.contains { $0.contains("@") && !$0.contains("=") }
    }

    /// What stands behind the user and password of a server's address, parted as libpq parts them.
    private var addressParts: (hasUser: Bool, place: Substring) {
        let start = database.firstRange(of: "://")?.upperBound ?? database.startIndex
        let address = database[start...]
        guard let end = address.firstIndex(where: { $0 == "@" || $0 == "/" }), address[end] == "@"
        else { return (false, address) }
        return (true, address[address.index(after: end)...])
    }

    /// A folder here, or beside the folder that the executable was built in.
    private static func find(_ name: String, with file: String) -> String {
        if FileManager.default.fileExists(atPath: name) { return name }
        var folder = URL(fileURLWithPath: Bundle.main.executablePath ?? CommandLine.arguments[0])
            .resolvingSymlinksInPath()
        for _ in 0..<6 {
            folder.deleteLastPathComponent()
            let path = folder.appendingPathComponent(name).path
            if FileManager.default.fileExists(atPath: "\(path)/\(file)") { return path }
        }
        return name
    }
}
