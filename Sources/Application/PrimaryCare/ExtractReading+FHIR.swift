import Kernel
import PrimaryCare

extension ExtractReading {
    /// Reads a FHIR bundle (`.json`), or resources a line each (`.ndjson`).
    mutating func readFHIR(
        _ path: String,
        into extract: inout FHIRExtract,
        _ progress: Progress
    ) throws {
        let storage = try CSVBytes(path: path)
        if path.hasSuffix(".ndjson") {
            readLines(storage, path, &extract, progress)
            return
        }
        do {
            extract.take(try JSONValue(parsing: storage.bytes), file: path)
        } catch {
            throw Faults(error.fault(file: path))
        }
    }

    /// Takes in what all files together tell: a resource of one may refer to one of another.
    mutating func take(_ extract: inout FHIRExtract, _ question: ExtractQuestion) {
        extract.finish(practice: question.practice) { row, place in
            add(row, question, source(of: place.file ?? ""), place.line ?? 1)
        }
        rows += extract.resources - extract.passedOver
        passedOver += extract.passedOver
        for trouble in extract.troubles {
            note(
                trouble.line,
                trouble.path,
                trouble.problem,
                trouble.expected,
                in: trouble.file ?? ""
            )
        }
    }

    private mutating func source(of path: String) -> Int {
        if let known = sources.firstIndex(where: { $0.path == path }) { return known }
        sources.append(Source(path: path))
        return sources.count - 1
    }

    private mutating func note(
        _ line: Int?,
        _ field: String,
        _ problem: String,
        _ expected: String?,
        in path: String
    ) {
        faults.append(
            Fault(file: path, line: line, field: field, problem: problem, expected: expected)
        )
        faultyRows.append((path, line ?? 0, ""))
    }

    private mutating func readLines(
        _ storage: CSVBytes,
        _ path: String,
        _ extract: inout FHIRExtract,
        _ progress: Progress
    ) {
        let bytes = storage.bytes
        var start = 0
        var line = 0
        while start < bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != CSVByte.lineFeed { end += 1 }
            line += 1
            let text = UnsafeBufferPointer(rebasing: bytes[start..<end])
            start = end + 1
            if line % 16_384 == 0 {
                progress("reading", Double(start) / Double(bytes.count), line)
            }
            if text.allSatisfy({ $0 == CSVByte.space || $0 == CSVByte.carriageReturn }) { continue }
            do {
                extract.take(try JSONValue(parsing: text), file: path, line: line)
            } catch {
                var fault = error.fault(file: path)
                fault.line = line
                faults.append(fault)
                faultyRows.append((path, line, ""))
            }
        }
    }
}
