import Application
import Web

extension Response {
    /// The file that a calendar opens.
    static func calendar(_ entry: AppointmentCalendar, named name: String) -> Response {
        .file(Array(entry.text.utf8), name: name, type: AppointmentCalendar.type)
    }
}
