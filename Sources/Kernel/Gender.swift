/// Gender for administration; raw values are the codes of FHIR administrative-gender.
package enum Gender: String, CaseIterable, Hashable, Sendable {
    case female
    case male
    case other
    case unknown

    /// The name of the gender.
    package var name: String {
        switch self {
        case .female: "Female"
        case .male: "Male"
        case .other: "Other"
        case .unknown: "Unknown"
        }
    }
}
