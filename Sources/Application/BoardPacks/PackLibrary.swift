import BoardPack
import Foundation
import Kernel

/// The files of board packs in a folder, one a pack, each called by its id.
package struct PackLibrary: Sendable {
    package var directory: String

    package init(directory: String) {
        self.directory = directory
    }

    /// The ids of the files, in order.
    package func ids() -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        return names.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
    }

    /// The text of a file.
    package func file(_ id: String) throws -> PackSource {
        guard ids().contains(id) else {
            let near = nearestSpelling(to: id, in: ids()).map { " Did you mean \($0)?" } ?? ""
            throw ServiceError(.notFound, "There is no board pack \(id) in \(directory).\(near)")
        }
        return try PackSource(path: "\(directory)/\(id).yaml")
    }
}

/// The text of a pack's file, and what the file is called.
package struct PackSource: Sendable, Hashable {
    package var name: String
    package var text: String

    /// Reads a file.
    package init(path: String) throws {
        name = path
        do {
            text = try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw ServiceError(.notFound, "There is no file \(path) that can be read as UTF-8.")
        }
    }

    package init(name: String, text: String) {
        self.name = name
        self.text = text
    }
}

/// The kind of file that a pack is made into.
package enum PackFormat: String, Sendable, CaseIterable {
    case html
    case pdf
    case docx

    package var mediaType: String {
        switch self {
        case .html: "text/html; charset=utf-8"
        case .pdf: "application/pdf"
        case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        }
    }

    /// What it is called on pages.
    package var words: String {
        switch self {
        case .html: "Web page"
        case .pdf: "PDF"
        case .docx: "Word document"
        }
    }
}

extension Press {
    /// A paper in a format.
    ///
    /// It is handed a document in which small counts are held back already, and no case.
    package func make(_ format: PackFormat, of document: [UInt8]) async throws -> [UInt8] {
        switch format {
        case .html: document
        case .pdf: try await make(Kind.pdf, of: document)
        case .docx: try await make(Kind.docx, of: document)
        }
    }
}
