import Funding
import Kernel
import SQL

/// Samples drawn from claims, what was found, and figures that were told.
extension Store {
    private static let insertSample: Statement = """
        INSERT INTO claim_samples (id, claim_id, seed, lines, drawn_from, drawn_at, drawn_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """
    private static let samplesOfClaim: Statement = """
        SELECT id, seed, lines, drawn_from, drawn_at, drawn_by FROM claim_samples
        WHERE claim_id = $1 ORDER BY id
        """
    private static let insertFinding: Statement = """
        INSERT INTO claim_findings (sample_id, sequence, line, right_pence, found_at, found_by, words)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """
    private static let findingsOfSample: Statement = """
        SELECT sequence, line, right_pence, found_at, found_by, words FROM claim_findings
        WHERE sample_id = $1 ORDER BY sequence
        """
    private static let insertFigure: Statement = """
        INSERT INTO claim_figures (programme, sequence, measure, year, figure, told_at, told_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """
    private static let figuresOfProgramme: Statement = """
        SELECT measure, year, figure FROM claim_figures WHERE programme = $1 ORDER BY sequence
        """

    package func add(_ sample: StoredSample, in transaction: any Transaction) throws {
        try transaction.execute(
            Self.insertSample,
            [
                .text(sample.id), .text(sample.claim.text), .text(String(sample.seed)),
                .text(sample.lines.map { String($0) }.joined(separator: " ")),
                .int(Int64(sample.drawnFrom)), .int(sample.drawnAt.milliseconds),
                .text(sample.drawnBy),
            ]
        )
    }

    package func add(
        _ finding: StoredSample.Finding,
        to sample: StoredSample,
        in transaction: any Transaction
    ) throws {
        let sequence = sample.findings.count + 1
        let place = "claim-finding:\(sample.id):\(sequence)"
        let words = try finding.words.map { try vault.seal(Array($0.utf8), at: place) }
        try transaction.execute(
            Self.insertFinding,
            [
                .text(sample.id), .int(Int64(sequence)), .int(Int64(finding.line)),
                .int(finding.right.value), .int(finding.at.milliseconds), .text(finding.by),
                SQLValue(words),
            ]
        )
    }

    private static let countFigures: Statement =
        "SELECT count(*) FROM claim_figures WHERE programme = $1"

    /// The samples of a claim with what was found, in the order of drawing.
    package func samples(
        of claim: ClaimID,
        in transaction: any Transaction
    ) throws -> [StoredSample] {
        var samples = try transaction.rows(Self.samplesOfClaim, [.text(claim.text)]) { row in
            guard let seed = UInt64(try row.text(1)) else {
                throw StoreError.damaged("a row of claim_samples cannot be read")
            }
            return StoredSample(
                id: try row.text(0),
                claim: claim,
                seed: seed,
                lines: (try row.text(2)).split(separator: " ").compactMap { Int($0) },
                drawnFrom: Int(try row.int(3)),
                drawnAt: Instant(milliseconds: try row.int(4)),
                drawnBy: try row.text(5)
            )
        }
        for index in samples.indices {
            let id = samples[index].id
            samples[index].findings = try transaction.rows(
                Self.findingsOfSample,
                [.text(id)]
            ) { try finding($0, of: id) }
        }
        return samples
    }

    private func finding(_ row: any Row, of sample: String) throws -> StoredSample.Finding {
        let place = "claim-finding:\(sample):\(try row.int(0))"
        let words = try row.optionalBlob(5).map { try vault.open($0, at: place) }
        return StoredSample.Finding(
            line: Int(try row.int(1)),
            right: Pence(try row.int(2)),
            at: Instant(milliseconds: try row.int(3)),
            by: try row.text(4),
            words: words.map { String(decoding: $0, as: UTF8.self) }
        )
    }

    package func tell(
        _ figure: ReportedFigure,
        _ value: Int,
        of programme: String,
        by account: String,
        at now: Instant,
        in transaction: any Transaction
    ) throws {
        let before = try transaction.first(Self.countFigures, [.text(programme)]) { try $0.int(0) }
        try transaction.execute(
            Self.insertFigure,
            [
                .text(programme), .int((before ?? 0) + 1), .text(figure.measure),
                .int(Int64(figure.year)),
                .int(Int64(value)), .int(now.milliseconds), .text(account),
            ]
        )
    }

    /// The figures that were told for a programme's schemes; of one the last holds.
    package func figures(
        of programme: String,
        in transaction: any Transaction
    ) throws -> [ReportedFigure: Int] {
        var figures: [ReportedFigure: Int] = [:]
        try transaction.query(Self.figuresOfProgramme, [.text(programme)]) { row in
            let figure = ReportedFigure(measure: try row.text(0), year: Int(try row.int(1)))
            figures[figure] = Int(try row.int(2))
        }
        return figures
    }
}
