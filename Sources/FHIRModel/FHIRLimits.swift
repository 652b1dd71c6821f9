/// How much a resource may be, and how what is unknown in it is met.
package struct FHIRLimits: Sendable {
    /// The most bytes of one resource, a Bundle among them.
    package var bytesMax = 5_242_880
    /// The deepest that objects and arrays may stand within one another; 64 at most.
    package var depthMax = 48
    /// The most values, large and small.
    package var nodesMax = 500_000
    /// The most repetitions of one element.
    package var repetitionsMax = 10_000
    /// The most issues that are told.
    package var issuesMax = 100
    /// Whether elements that the standard does not have are left out with a warning (`Prefer:
    /// handling=lenient`) rather than refused.
    package var isLenient = false

    package init(isLenient: Bool = false) { self.isLenient = isLenient }
}
