import Application
import Foundation
import Kernel
import SQL
import Store

/// A failure of a command, in words that say what to do next, with its exit code.
public struct CommandError: Error, CustomStringConvertible, Sendable {
    /// Exit codes, as `docs/command-line.md` lists them.
    public enum Exit: Int32, Sendable {
        case failed = 1
        case faults = 2
        case refused = 3
        case notFound = 4
        case conflict = 5
        case usage = 64

        /// The code in JSON of a failure that has none of its own.
        fileprivate var code: String {
            switch self {
            case .failed: "failed"
            case .faults: "faults"
            case .refused: "refused"
            case .notFound: "not-found"
            case .conflict: "conflict"
            case .usage: "usage"
            }
        }
    }

    /// The exit code.
    public var exit: Exit
    /// What went wrong and what to do next.
    public var message: String
    var faults: [Fault]
    var code: String

    init(
        _ message: String,
        exit: Exit = .failed,
        code: String? = nil,
        faults: [Fault] = []
    ) {
        self.message = message
        self.exit = exit
        self.code = code ?? exit.code
        self.faults = faults
    }

    /// A file that is not there, or that cannot be opened.
    static func noFile(_ path: String) -> CommandError {
        CommandError("There is no file \(path) that can be read.", exit: .notFound)
    }

    /// Refuses a file or a folder that is not there.
    static func check(isThere path: String) throws {
        if !FileManager.default.fileExists(atPath: path) { throw noFile(path) }
    }

    /// Puts any error into a command's words.
    public init(_ error: any Error, configuration: Configuration) {
        switch error {
        case let error as CommandError: self = error
        case let error as ServiceError:
            let exit: Exit =
                switch error.kind {
                case .notFound: .notFound
                case .refused, .forbidden: .refused
                case .conflict: .conflict
                case .faults, .invalid: .faults
                }
            self.init(error.message, exit: exit, code: error.code, faults: error.faults)
        case let error as Faults:
            self.init("There are faults.", exit: .faults, code: "faults", faults: error.faults)
        case let error as StoreError:
            if case .conflict = error {
                self.init(error.description, exit: .conflict, code: "conflict")
            } else {
                self.init(error.description)
            }
        case let error as MigrationError:
            self.init("The database \(configuration.shownDatabase) \(error.words)")
        case let error as SQLError:
            self.init("The database \(configuration.shownDatabase): \(error.description)")
        default: self.init(String(describing: error))
        }
    }

    /// The message alone.
    public var description: String { message }

    /// No more faults than this are printed as words; JSON and the file of faulty rows have all.
    private static let faultsShown = 50

    /// The failure in words, every fault with its place.
    public var text: String {
        var lines = ["goodwork: \(message)"]
        lines += faults.prefix(Self.faultsShown).map { "  \($0)" }
        if faults.count > Self.faultsShown {
            lines.append(
                "  … and \(grouped(faults.count - Self.faultsShown)) more; --json lists all"
            )
        }
        return lines.joined(separator: "\n")
    }

    /// The failure as JSON.
    public var json: String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("error")
        writer.beginObject()
        writer.key("code")
        writer.string(code)
        writer.key("message")
        writer.string(message)
        if !faults.isEmpty {
            writer.key("faults")
            writer.faults(faults)
        }
        writer.endObject()
        writer.endObject()
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

extension MigrationError {
    /// What is the matter with the database, and what to do.
    fileprivate var words: String {
        switch self {
        case .newerDatabase(let version, let known):
            "was made by a newer goodwork: its tables are of version \(version), and this one knows "
                + "\(known). Run the newer goodwork."
        case .different, .missed:
            "does not have goodwork's tables. Name another with --database."
        }
    }
}

extension JSONWriter {
    /// A list of faults.
    mutating func faults(_ faults: [Fault]) {
        beginArray()
        for fault in faults {
            beginObject()
            optional("file", fault.file)
            optional("line", fault.line)
            optional("column", fault.column)
            optional("field", fault.field)
            optional("problem", fault.problem)
            optional("expected", fault.expected)
            endObject()
        }
        endArray()
    }

    mutating func optional(_ name: String, _ text: String?) {
        guard let text else { return }
        key(name)
        string(text)
    }

    mutating func optional(_ name: String, _ number: Int?) {
        guard let number else { return }
        key(name)
        int(number)
    }
}
