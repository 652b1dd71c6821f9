import Kernel

/// Incentive schemes.
extension FundingReader {
    func incentive(_ place: Place) -> IncentiveScheme? {
        place.read("incentive") { reader in
            let id = reader.required("id")?.define(.payment)
            let name = reader.name(or: id)
            let provider = reader.required("provider")?.id()
            let contract = reader.required("contract")?.pounds()
            let share = reader.required("share")?.percent()
            let years = reader.required("years")?.list().compactMap { $0.financialYear() }
            let list = reader.required("measures")
            if let list, list.isEmptyList {
                list.fault("a scheme without measures", expected: "at least one measure")
            }
            let measures = list?.list().compactMap(measure)
            let after = reader.optional("after_rejection")?.word(as: AfterRejection.self)
            guard let id, let name, let provider, let contract, let share, let years, let measures
            else { return nil }
            return IncentiveScheme(
                id: id,
                name: name,
                provider: provider,
                contract: contract,
                share: share,
                years: years,
                measures: measures,
                afterRejection: after ?? .claimAgain
            )
        }
    }

    private func measure(_ place: Place) -> IncentiveMeasure? {
        place.read("incentive-measure") { reader in
            let id = reader.required("id")?.define(.payment)
            let name = reader.name(or: id)
            let source = reader.exactlyOne(["indicator", "reported"]).flatMap(source)
            let weight = reader.required("weight")?.whole(1...Place.large)
            let threshold = reader.optional("threshold")
            let least = threshold?.whole(0...Place.large)
            let target = reader.required("target")?.whole(1...Place.large)
            let pays = reader.optional("pays")
            let curve = pays?.word(as: IncentiveMeasure.Curve.self)
            if let least, let target, least >= target {
                threshold?.fault("\(least) is not below \(target)", expected: "less than `target`")
            }
            if pays != nil, curve == .allOrNothing {
                threshold?
                    .fault(
                        "`threshold` with all or nothing",
                        expected: "only `target`, or `linear`"
                    )
            }
            guard let id, let name, let source, let weight, let target else { return nil }
            return IncentiveMeasure(
                id: id,
                name: name,
                source: source,
                weight: weight,
                threshold: least ?? 0,
                target: target,
                curve: curve ?? .linear
            )
        }
    }

    private func source(_ key: String, _ place: Place) -> IncentiveMeasure.Source? {
        guard key == "indicator" else {
            return place.word(["true"]) == nil ? nil : .reported
        }
        guard let id = place.use(.indicator) else { return nil }
        return indicators.first { $0.id == id }.map { .indicator(id, $0.indicator) }
    }
}

extension Place {
    /// A quarter of a calendar year.
    func quarter() -> Quarter? {
        let expected = "a quarter of a calendar year, such as 2025-Q1"
        guard let text = text(expected: expected) else { return nil }
        guard let quarter = Quarter(text: text) else {
            fault("`\(text)` is not a quarter", expected: expected)
            return nil
        }
        return quarter
    }

    /// A financial year, by the year in which it begins.
    func financialYear() -> Int? {
        let expected = "a financial year, such as 2024-25"
        guard let text = text(expected: expected) else { return nil }
        guard text.utf8.count == 7, let year = Int(text.prefix(4)),
            let quarter = Quarter(year: year, number: 2),
            quarter.financialYearText == text.replacing("-", with: "/")
        else {
            fault("`\(text)` is not a financial year", expected: expected)
            return nil
        }
        return year
    }

    /// A percentage with up to two decimals, in hundredths of a percent.
    func percent() -> Int? {
        let expected = "a percentage from 0.01 to 100, such as 2.5"
        guard let text = text(expected: expected) else { return nil }
        // An amount in pounds is read alike; only its sign has no place here.
        guard !text.hasPrefix("£"), let number = Pence(pounds: text)?.value,
            (1...10_000).contains(number)
        else {
            fault("`\(text)` is not a percentage", expected: expected)
            return nil
        }
        return Int(number)
    }
}
