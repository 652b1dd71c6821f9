import Crypto
import Funding
import Kernel

extension [ClaimLine] {
    /// SHA-256 over every field of every line.
    package var digest: [UInt8] {
        var hash = SHA256()
        for line in self {
            let fields = [
                String(line.number), line.kind.rawValue, line.key.rule,
                line.key.person?.text ?? "", String(line.key.ordinal), line.key.strand ?? "",
                String(line.amount.value), line.day.iso, line.caseID?.text ?? "",
                line.provider ?? "", line.locality ?? "", line.event?.text ?? "",
                line.evidence.map(\.text).joined(separator: " "), String(line.programmeVersion),
                line.corrects.map { "\($0.claim.text) \($0.line)" } ?? "", line.note ?? "",
            ]
            for field in fields { hash.update(data: [UInt8]("\(field.utf8.count):\(field)".utf8)) }
        }
        return [UInt8](hash.finalize())
    }
}
