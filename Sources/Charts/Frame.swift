/// How much room a chart has.
///
/// Every chart is drawn in both, and a page shows the one that fits. Text is 14 units. The narrow drawing is 288 units wide, which is what a screen of 320 pixels leaves,
/// so its text is never below 12 pixels; the wide one is shown only where it has its own width or more.
package enum Frame: String, Sendable, CaseIterable {
    case wide
    case narrow

    package var width: Double { self == .wide ? 640 : 288 }
    /// The height of a plot with two axes.
    var plotHeight: Double { self == .wide ? 260 : 200 }

    static let textSize = 14.0
    static let lineHeight = 18.0
}
