import Kernel
import Programmes

extension GuideService {
    /// The services that a programme file tells: its strands, and those that it refers on to.
    ///
    /// - Parameters:
    ///   - uuid: the id that stands for a name, always the same.
    ///   - name: what an organisation is called.
    package static func of(
        _ programme: Programme,
        on day: CivilDate,
        uuid: (String) -> String,
        name: (String) -> String
    ) -> [GuideService] {
        strands(programme, day, uuid, name) + onward(programme, day, uuid, name)
    }

    /// The organisations of those services.
    package static func organisations(
        of programme: Programme,
        uuid: (String) -> String,
        name: (String) -> String
    ) -> [JSONObject] {
        let ids = programme.strands.map(\.provider) + programme.pathway.onward.map(\.organisation)
        return Set(ids).sorted().map { id in
            [
                "id": .string(uuid("organisation \(id)")), "name": .string(name(id)),
                "description": .string("\(name(id)), as the programmes here name it."),
            ]
        }
    }

    private static func strands(
        _ programme: Programme,
        _ day: CivilDate,
        _ uuid: (String) -> String,
        _ name: (String) -> String
    ) -> [GuideService] {
        programme.strands.map { strand in
            let takes = programme.runs.and(strand.runs)
            let title =
                programme.strands.count == 1
                ? programme.name : "\(programme.name): \(strand.name)"
            let document: JSONObject = [
                "id": .string(uuid("strand \(programme.id) \(strand.id)")),
                "name": .string(title),
                "description": .string(
                    "\(title) helps people with a health condition to stay in work or to get into "
                        + "it. It is given by \(name(strand.provider))."
                ),
                "status": .string(takes.status(on: day)),
                "eligibility_description": .string(
                    (programme.eligibility + strand.eligibility).map(\.says)
                        .joined(separator: " ")
                ),
                "organization_id": .string(uuid("organisation \(strand.provider)")),
            ]
            return GuideService(
                document.withoutBlanks,
                origin: .strand(programme: programme.id, strand: strand.id),
                takes: takes,
                sources: programme.referral.sources.map(\.id),
                rules: ServiceRules(
                    areas: programme.areas,
                    asks: programme.referral.asks,
                    eligibility: programme.eligibility + strand.eligibility
                )
            )
        }
    }

    private static func onward(
        _ programme: Programme,
        _ day: CivilDate,
        _ uuid: (String) -> String,
        _ name: (String) -> String
    ) -> [GuideService] {
        programme.pathway.onward.map { service in
            let takes = programme.runs.and(service.takes)
            let document: JSONObject = [
                "id": .string(uuid("onward \(programme.id) \(service.id)")),
                "name": .string(service.name),
                "description": .string(
                    "\(service.name) takes people whom \(programme.name) refers on to it."
                ),
                "status": .string(takes.status(on: day)),
                "eligibility_description": .string(service.says ?? ""),
                "organization_id": .string(uuid("organisation \(service.organisation)")),
            ]
            let rule = service.require.map {
                EligibilityRule(
                    id: service.id,
                    require: $0,
                    says: service.says ?? "\(service.name) is not for everybody."
                )
            }
            return GuideService(
                document.withoutBlanks,
                origin: .onward(programme: programme.id, service: service.id),
                takes: takes,
                rules: ServiceRules(
                    areas: programme.areas,
                    asks: programme.referral.asks,
                    eligibility: rule.map { [$0] } ?? []
                )
            )
        }
    }
}

extension DateRange {
    /// The days that lie in both.
    fileprivate func and(_ other: DateRange) -> DateRange {
        let starts = [from, other.from].compactMap { $0 }
        let ends = [to, other.to].compactMap { $0 }
        return DateRange(from: starts.max(), to: ends.min())
    }

    fileprivate func status(on day: CivilDate) -> String {
        (contains(day) ? GuideStatus.active : .inactive).rawValue
    }
}

extension JSONObject {
    fileprivate var withoutBlanks: JSONObject {
        JSONObject(members.filter { $0.value.string != "" })
    }
}
