import Application
import Casework
import HTML
import Kernel
import Store
import Web

extension ManagerPages {
    /// Where a case could go instead, with what the rules there say.
    static func reroute(
        _ visit: Visit,
        typed: Form? = nil,
        problems: [Problem] = []
    ) async throws -> Response {
        let file = try visit.file()
        if !file.takes(.referralRerouted) { return try erased(visit, file) }
        let fields = Fields(typed ?? visit.typed, problems)
        let choices = try await places(visit, file).map { Choice($0.key, $0.words, hint: $0.says) }
        return visit.page("Reroute", problems: problems, back: ("Back to the case", file.path)) {
            h1 {
                span(.class("nhsuk-caption-l")) { file.title }
                "Reroute"
            }
            if choices.isEmpty {
                p { "No other strand or programme takes people today." }
                p { a(.href("\(file.path)/return")) { "Return the referral instead" } }
            } else {
                visit.sentForm(to: "\(file.path)/reroute") {
                    Fields.hidden("_version", String(file.version))
                    fields.radios("place", "Where should this person go?", choices)
                    p {
                        "Another programme means a new referral there. "
                        "It has what was said here, and this case closes."
                    }
                    submit("Reroute")
                }
            }
        }
    }

    static func sendReroute(_ visit: Visit) async throws -> Response {
        let file = try visit.file()
        if !file.takes(.referralRerouted) { return try erased(visit, file) }
        let form = visit.request.form
        func again(_ problems: [Problem]) async throws -> Response {
            try await reroute(visit, typed: form, problems: problems)
        }
        let places = try await places(visit, file)
        guard let place = places.first(where: { $0.key == form["place"] })?.place else {
            return try await again([Problem("place", "Choose where this person should go")])
        }
        let version = form["_version"].flatMap { Int($0) }
        do {
            if place.programme == file.header.programme, let strand = place.strand {
                var fields = Rerouted()
                fields.strand = strand
                _ = try await visit.goodwork.change(
                    file.header,
                    Command(.referralRerouted(fields), on: visit.today),
                    by: visit.actor,
                    as: .manageCase,
                    version: version,
                    idempotencyKey: visit.formKey,
                    seed: .random(in: .min ... .max)
                )
                return .redirect(to: "/team/queue?done=rerouted&case=\(file.header.id.text)")
            }
            _ = try await visit.goodwork.reroute(
                file.header,
                toProgramme: place.programme,
                strand: place.strand,
                by: visit.actor,
                version: version,
                key: visit.formKey,
                seed: .random(in: .min ... .max)
            )
            return .redirect(to: "/team/queue?done=referred")
        } catch let error as ServiceError where error.kind == .refused {
            return try await again([Problem("place", error.message)])
        } catch StoreError.conflict {
            let says = "Somebody else changed this case meanwhile. Look at it, then try again."
            return try await again([Problem(nil, says)])
        }
    }

    private static func erased(_ visit: Visit, _ file: CaseFile) throws -> Response {
        try ErasedPage.show(visit, title: "Reroute", back: ("Back to the case", file.path))
    }

    private struct Place {
        var key: String
        var words: String
        var says: String
        var place: ReroutePlace
    }

    private static func places(_ visit: Visit, _ file: CaseFile) async throws -> [Place] {
        let strands = visit.goodwork.otherStrands(of: file).map { place in
            Place(
                key: "strand/\(place.strand ?? "")",
                words: "Strand: \(place.strandName ?? place.programmeName)",
                says: says(place, visit),
                place: place
            )
        }
        let programmes = try await visit.goodwork.otherProgrammes(for: file).map { place in
            Place(
                key: "programme/\(place.programme)" + (place.strand.map { "/\($0)" } ?? ""),
                words: "Programme: \(place.programmeName)"
                    + (place.strandName.map { ", \($0)" } ?? ""),
                says: says(place, visit),
                place: place
            )
        }
        return strands + programmes
    }

    private static func says(_ place: ReroutePlace, _ visit: Visit) -> String {
        let holder = place.provider.map { "\(visit.names[$0]). " } ?? ""
        switch place.verdict {
        case .met: return holder + "Eligible."
        case .notMet: return holder + "Not eligible. " + place.says.joined(separator: " ")
        case .notKnown:
            let ask = place.asks.isEmpty ? "" : " Ask: \(place.asks.joined(separator: "; "))."
            return holder + "Not known yet." + ask
        }
    }
}
