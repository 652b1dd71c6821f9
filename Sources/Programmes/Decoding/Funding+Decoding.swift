import Kernel

/// Reads the section about money, which looks up strands and indicators.
struct FundingReader {
    let strands: [Strand]
    let indicators: [NamedIndicator]

    func funding(_ reader: MappingReader) -> FundingRules? {
        let payer = reader.required("payer")?.id()
        let host = reader.required("host")?.id()
        let totalPlace = reader.optional("total")
        let total = totalPlace?.pounds()
        let shares = reader.optional("shares")?.read("funding-shares", shares)
        let carrier = reader.optional("under_performance")?.word(as: FundingRules.Carrier.self)
        let supported = reader.required("supported")?.population()
        let after = reader.optional("claim_after_days")?.whole(0...366)
        let parts = reader.list("parts").compactMap(part)
        let caps = reader.optional("caps")?.read("funding-caps", caps)
        let payments = reader.list("payments").compactMap(payment)
        let incentives = reader.list("incentives").compactMap(incentive)
        for organisation in [payer, host].compactMap({ $0 }) {
            reader.place.log.names.allow(.provider, organisation)
        }
        guard let payer, let host, let supported else { return nil }
        let rules = FundingRules(
            payer: payer,
            host: host,
            total: total,
            shares: shares,
            underPerformance: carrier ?? .provider,
            supported: supported,
            claimAfterDays: after ?? 0,
            parts: parts,
            caps: caps ?? FundingCaps(all: nil, strands: []),
            payments: payments,
            incentives: incentives
        )
        // What could not be read has its fault; without it the sum would only seem wrong.
        if let totalPlace, reader.place.log.faults.isEmpty { checkTotal(rules, at: totalPlace) }
        checkParts(rules, reader)
        checkPayments(rules, reader)
        return rules
    }

    private func shares(_ reader: MappingReader) -> FundingShares? {
        let guaranteed = reader.required("guaranteed")?.whole(0...100)
        let performance = reader.required("performance")?.whole(0...100)
        guard let guaranteed, let performance else { return nil }
        if guaranteed + performance != 100 {
            reader.place.fault(
                "the shares add to \(guaranteed + performance)",
                expected: "shares that add to 100"
            )
        }
        return FundingShares(guaranteed: guaranteed, performance: performance)
    }

    private func part(_ place: Place) -> FundingPart? {
        place.read("funding-part") { reader in
            let id = reader.required("id")?.define(.payment)
            let name = reader.name(or: id)
            let amount = reader.required("amount")?.pounds()
            let from = reader.optional("from")?.word(as: FundingPart.Origin.self)
            guard let id, let name, let amount else { return nil }
            return FundingPart(id: id, name: name, amount: amount, from: from ?? .guaranteed)
        }
    }

    private func caps(_ reader: MappingReader) -> FundingCaps? {
        let all = reader.optional("all")?.pounds()
        let strands = reader.optional("strands")?.entries() ?? []
        return FundingCaps(
            all: all,
            strands: strands.compactMap { key, value in
                guard let strand = key.use(.strand), let amount = value.pounds() else { return nil }
                return StrandCap(strand: strand, amount: amount)
            }
        )
    }

    private func payment(_ place: Place) -> PaymentRule? {
        place.read("payment") { reader in
            let id = reader.required("id")?.define(.payment)
            let name = reader.name(or: id)
            let kind = reader.exactlyOne(["instalments", "price", "share"])
            let made = kind.flatMap { self.kind($0.key, $0.value, reader) }
            if kind == nil { for key in Self.peopleKeys { _ = reader.optional(key) } }
            let strands = reader.list("strands").compactMap { $0.use(.strand) }
            let once = reader.optional("once")?.read("once", once)
            let after = reader.optional("after_rejection")?.word(as: AfterRejection.self)
            guard let id, let name, let made else { return nil }
            return PaymentRule(
                id: id,
                name: name,
                kind: made,
                strands: strands,
                once: once,
                afterRejection: after ?? .claimAgain
            )
        }
    }

    private static let peopleKeys = ["for", "up_to", "per_person"]

    private func kind(
        _ key: String,
        _ value: Place,
        _ reader: MappingReader
    ) -> PaymentRule.Kind? {
        guard key != "instalments" else {
            for other in Self.peopleKeys {
                reader.optional(other)?
                    .fault("`\(other)` beside `instalments`", expected: "`price` or `share`")
            }
            return instalments(value).map { .instalments($0) }
        }
        let population = reader.required("for")?.population()
        let upTo = reader.optional("up_to")?.whole(1...Place.large)
        let perPerson = reader.optional("per_person")?.whole(1...1000)
        let price = key == "price" ? value.pounds() : nil
        let percent = key == "share" ? value.whole(1...100) : nil
        guard let population else { return nil }
        let people = PaidPeople(population: population, upTo: upTo, perPerson: perPerson ?? 1)
        return price.map { .price($0, people) } ?? percent.map { .share(percent: $0, people) }
    }

    private func instalments(_ place: Place) -> [Instalment]? {
        if place.isEmptyList { place.fault("an empty list", expected: "at least one quarter") }
        var list: [Instalment] = []
        for item in place.list() {
            let instalment =
                item.isMapping
                ? item.read("instalment") { reader -> Instalment? in
                    let quarter = reader.required("quarter")?.quarter()
                    let weight = reader.optional("weight")?.whole(1...Place.large)
                    return quarter.map { Instalment(quarter: $0, weight: weight ?? 1) }
                } : item.quarter().map { Instalment(quarter: $0, weight: 1) }
            guard let instalment else { continue }
            if let last = list.last, instalment.quarter <= last.quarter {
                item.fault(
                    "\(instalment.quarter) is not after \(last.quarter)",
                    expected: "quarters in order"
                )
            }
            list.append(instalment)
        }
        return list.isEmpty ? nil : list
    }

    private func once(_ reader: MappingReader) -> Once? {
        let population = reader.required("population")?.population()
        let people = reader.optional("people")?.whole(1...Place.large)
        return population.map { Once(population: $0, people: people ?? 1) }
    }
}
