import Foundation

/// Where a command writes, and as what, as it was said on the command line.
public struct Destination: Sendable {
    /// A file; none is standard output.
    let path: String?
    /// What `--format` says, where it was given.
    private let said: String?

    /// Takes `--to` and `--format` as they were written.
    public init(_ path: String?, format: String? = nil) {
        self.path = path
        said = format
    }

    /// What is known by the ending of a file.
    private static let formats = [
        "csv": "csv", "json": "json", "ndjson": "ndjson", "jsonl": "ndjson", "xlsx": "xlsx",
        "parquet": "parquet", "html": "html", "htm": "html", "pdf": "pdf", "docx": "docx",
        "text": "text", "txt": "text",
    ]
    /// What a terminal cannot show.
    private static let binary: Set<String> = ["xlsx", "parquet", "pdf", "docx"]

    /// The format to write: `--format` or the file's ending says it, and they may not disagree.
    ///
    /// It is asked for before anything is made, and so a file that has nowhere to stand is told
    /// here: nothing is released for it.
    ///
    /// - Parameters:
    ///   - usual: the format where neither is given.
    ///   - makesFolders: whether the folders on the way are made when it is written.
    func format<Format: CaseIterable & RawRepresentable>(
        else usual: Format,
        makesFolders: Bool = false
    ) throws -> Format where Format.RawValue == String {
        if let path, !makesFolders { try Self.mustHaveAPlace(path) }
        let known = Format.allCases.map(\.rawValue)
        if let said, Format(rawValue: said) == nil {
            throw CommandError(
                "--format \(said) is not known: \(known.joined(separator: ", ")).",
                exit: .usage
            )
        }
        guard let path else {
            let format = said.flatMap(Format.init) ?? usual
            guard !Self.binary.contains(format.rawValue) else {
                throw CommandError(
                    "--format \(format.rawValue) needs a file: FILE.\(format.rawValue).",
                    exit: .usage
                )
            }
            return format
        }
        let ending = (path as NSString).pathExtension.lowercased()
        let told = Self.formats[ending]
        if let said, let told, said != told {
            throw CommandError(
                "\(path) ends in .\(ending), but --format says \(said): expected FILE.\(said).",
                exit: .usage
            )
        }
        if let format = (said ?? told).flatMap(Format.init) { return format }
        // A file without an ending is nothing to ask about where there is but one format.
        if ending.isEmpty, known.count == 1 { return usual }
        let files = known.map { "FILE.\($0)" }.joined(separator: ", ")
        let other = known.count == 1 ? "" : ", or say --format"
        throw CommandError(
            "The ending of \(path) does not say what to write: expected \(files)\(other).",
            exit: .usage
        )
    }

    private static func mustHaveAPlace(_ path: String) throws {
        let (files, folder) = (FileManager.default, (path as NSString).deletingLastPathComponent)
        var isFolder: ObjCBool = false
        if files.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
            throw CommandError("\(path) cannot be written: it is a folder.", exit: .usage)
        }
        if folder.isEmpty { return }
        if files.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue { return }
        throw CommandError(
            "\(path) cannot be written: there is no folder \(folder).",
            exit: .usage
        )
    }

    /// Writes the file and says so; where there is none, prints what would be in it.
    ///
    /// - Parameter number: how many of the thing are in it, where that is told.
    func deliver(
        _ bytes: some Collection<UInt8>,
        _ number: Int?,
        _ thing: String,
        _ terminal: Terminal
    ) throws {
        guard let path else { return terminal.print(String(decoding: bytes, as: UTF8.self)) }
        try Self.write(bytes, to: path)
        terminal.wrote(path, number, thing)
    }

    /// Writes a file.
    static func write(_ bytes: some Sequence<UInt8>, to path: String) throws {
        guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else {
            throw CommandError("\(path) cannot be written.")
        }
    }
}
