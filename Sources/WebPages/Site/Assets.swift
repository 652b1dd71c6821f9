/// The files that pages load, each at a path that names its content.
package enum Assets {
    package static let styles = ["/assets/nhsuk.css", "/assets/goodwork.css"]
    package static let icon = "/assets/icon.svg"
}
