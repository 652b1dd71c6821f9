/// The team: queue, load, transfers, data quality.
package enum ManagerPages {
    package static let routes: [PageRoute] = []
}
