import Application
import BoardPack
import Foundation
import Kernel
import Programmes
import Store

/// How a board pack is asked for.
public struct BoardOptions: Sendable {
    /// A pack's id, or the path of a file.
    var pack: String
    var asAt: String?
    /// Where it is written; each ending says the format, or `format` does.
    var outputs: [String]
    var format: String?
    var purpose: String?
    var isDraft: Bool

    /// Takes the options as they were written.
    public init(
        pack: String,
        asAt: String? = nil,
        outputs: [String],
        format: String? = nil,
        purpose: String? = nil,
        isDraft: Bool = false
    ) {
        self.pack = pack
        self.asAt = asAt
        self.outputs = outputs
        self.format = format
        self.purpose = purpose
        self.isDraft = isDraft
    }

    fileprivate func day() throws -> CivilDate? {
        guard let asAt else { return nil }
        guard let day = CivilDate(text: asAt) else {
            throw CommandError("--as-at \(asAt) is not a date: write 2025-03-31.", exit: .usage)
        }
        return day
    }

    /// Each file with its format.
    fileprivate func files() throws -> [(path: String, format: PackFormat)] {
        guard !outputs.isEmpty else {
            throw CommandError("Say --output FILE.html, FILE.pdf or FILE.docx.", exit: .usage)
        }
        return try outputs.map { path in
            (path, try Destination(path, format: format).format(else: PackFormat.html))
        }
    }
}

extension Commands {
    /// Makes a board pack, and writes it to files.
    public static func board(
        _ configuration: Configuration,
        _ options: BoardOptions,
        _ terminal: Terminal
    ) async throws {
        let (day, files) = (try options.day(), try options.files())
        if !options.isDraft, options.purpose == nil {
            throw CommandError("Say --purpose, or --draft to see what it would be.", exit: .usage)
        }
        let installation = try await Installation.open(configuration)
        try await board(installation, options, day, files, terminal)
        try await installation.close()
    }

    private static func board(
        _ installation: Installation,
        _ options: BoardOptions,
        _ day: CivilDate?,
        _ files: [(path: String, format: PackFormat)],
        _ terminal: Terminal
    ) async throws {
        let (goodwork, actor) = (installation.goodwork, installation.actor)
        let source = try packSource(goodwork.packs, options.pack)
        if options.isDraft {
            let document = try await goodwork.draftPack(source, asAt: day, by: actor)
            for file in files {
                try await write(file, document, terminal) {
                    try await goodwork.press.make(file.format, of: document)
                }
            }
            terminal.say("A draft: nothing was released.")
            return
        }
        let made = try await goodwork.makePack(
            source,
            asAt: day,
            purpose: options.purpose ?? "",
            by: actor
        )
        let (_, document) = try await goodwork.madePack(made.id, by: actor)
        for file in files {
            try await write(file, document, terminal) {
                try await goodwork.packFile(made.id, as: file.format, by: actor).bytes
            }
        }
        terminal.say("Made as \(made.id), and its tables entered in the register of releases.")
    }

    /// Writes one file.
    ///
    /// Where PDF and DOCX cannot be made, the web page is written instead.
    private static func write(
        _ file: (path: String, format: PackFormat),
        _ document: [UInt8],
        _ terminal: Terminal,
        _ make: () async throws -> [UInt8]
    ) async throws {
        do {
            try Destination.write(try await make(), to: file.path)
            terminal.print(file.path)
        } catch let error as ServiceError where error.code.hasPrefix("press-") {
            let path = URL(fileURLWithPath: file.path).deletingPathExtension().path + ".html"
            try Destination.write(document, to: path)
            terminal.print(path)
            throw CommandError(
                "\(error.message) The web page was written to \(path).",
                exit: .refused,
                code: error.code
            )
        }
    }

    /// The pack of an id, or of a path.
    private static func packSource(_ library: PackLibrary, _ name: String) throws -> PackSource {
        if name.contains("/") || name.hasSuffix(".yaml") { return try PackSource(path: name) }
        return try library.file(name)
    }

    /// The faults of a board pack's file.
    static func checkPack(
        _ configuration: Configuration,
        _ text: String,
        _ path: String
    ) -> [Fault] {
        let library = ProgrammeLibrary(directory: configuration.programmes)
        return Pack.check(yaml: text, file: path, programmes: library.ids()) { id in
            try? library.file(id).programme
        }
    }
}

extension Commands {
    /// Checks one board pack, named by its id or its path.
    ///
    /// - Returns: whether it is free of faults.
    public static func checkBoard(
        _ configuration: Configuration,
        _ name: String,
        _ terminal: Terminal
    ) throws -> Bool {
        let source = try packSource(PackLibrary(directory: configuration.boards), name)
        return try check(configuration, [source.name], terminal)
    }
}

extension Commands {
    private static let demoPack = "workwell-manchester"

    /// Makes the demonstration's board pack; where PDF or DOCX cannot be made it says so.
    static func demoBoard(
        _ configuration: Configuration,
        to folder: String?,
        _ terminal: Terminal
    ) async throws {
        let installation = try await Installation.open(configuration)
        let (goodwork, actor) = (installation.goodwork, installation.actor)
        guard goodwork.packs.ids().contains(demoPack) else {
            return try await installation.close()
        }
        terminal.say("Making the board pack of WorkWell Manchester")
        let made = try await goodwork.makePack(
            goodwork.packs.file(demoPack),
            purpose: "Demonstration",
            by: actor
        )
        if let folder {
            let (_, document) = try await goodwork.madePack(made.id, by: actor)
            var written: [String] = []
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true
            )
            for format in PackFormat.allCases {
                let path = "\(folder)/\(demoPack)-board.\(format.rawValue)"
                do {
                    try Destination.write(
                        try await goodwork.press.make(format, of: document),
                        to: path
                    )
                    written.append(path)
                } catch let error as ServiceError where error.code.hasPrefix("press-") {
                    terminal.say(error.message)
                }
            }
            terminal.print("\nThe board pack:\n" + written.map { "  \($0)\n" }.joined())
        }
        try await installation.close()
    }
}
