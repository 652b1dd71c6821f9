/// Ethnic category as the person states it, by the 2001 census.
///
/// Raw values are the national codes of the NHS Data Dictionary, ETHNIC CATEGORY.
package enum EthnicCategory: String, CaseIterable, Hashable, Sendable {
    case whiteBritish = "A"
    case whiteIrish = "B"
    case otherWhite = "C"
    case whiteAndBlackCaribbean = "D"
    case whiteAndBlackAfrican = "E"
    case whiteAndAsian = "F"
    case otherMixed = "G"
    case indian = "H"
    case pakistani = "J"
    case bangladeshi = "K"
    case otherAsian = "L"
    case caribbean = "M"
    case african = "N"
    case otherBlack = "P"
    case chinese = "R"
    case otherEthnicGroup = "S"
    case notStated = "Z"
    case notKnown = "99"

    /// The name of the category in the NHS Data Dictionary.
    package var name: String {
        switch self {
        case .whiteBritish: "White - British"
        case .whiteIrish: "White - Irish"
        case .otherWhite: "White - Any other White background"
        case .whiteAndBlackCaribbean: "Mixed - White and Black Caribbean"
        case .whiteAndBlackAfrican: "Mixed - White and Black African"
        case .whiteAndAsian: "Mixed - White and Asian"
        case .otherMixed: "Mixed - Any other mixed background"
        case .indian: "Asian or Asian British - Indian"
        case .pakistani: "Asian or Asian British - Pakistani"
        case .bangladeshi: "Asian or Asian British - Bangladeshi"
        case .otherAsian: "Asian or Asian British - Any other Asian background"
        case .caribbean: "Black or Black British - Caribbean"
        case .african: "Black or Black British - African"
        case .otherBlack: "Black or Black British - Any other Black background"
        case .chinese: "Other Ethnic Groups - Chinese"
        case .otherEthnicGroup: "Other Ethnic Groups - Any other ethnic group"
        case .notStated: "Not stated"
        case .notKnown: "Not known"
        }
    }

    /// The broad group that the category belongs to.
    package var group: EthnicGroup {
        switch self {
        case .whiteBritish, .whiteIrish, .otherWhite: .white
        case .whiteAndBlackCaribbean, .whiteAndBlackAfrican, .whiteAndAsian, .otherMixed: .mixed
        case .indian, .pakistani, .bangladeshi, .otherAsian: .asian
        case .caribbean, .african, .otherBlack: .black
        case .chinese, .otherEthnicGroup: .other
        case .notStated, .notKnown: .notStated
        }
    }
}

/// The broad groups of the ethnic categories of the 2001 census.
package enum EthnicGroup: String, CaseIterable, Hashable, Sendable {
    case white
    case mixed
    case asian
    case black
    case other
    case notStated = "not-stated"

    /// The name of the group.
    package var name: String {
        switch self {
        case .white: "White"
        case .mixed: "Mixed"
        case .asian: "Asian or Asian British"
        case .black: "Black or Black British"
        case .other: "Other ethnic groups"
        case .notStated: "Not stated"
        }
    }
}
