import Foundation

/// What kind of device and person the page believes to have before it.
extension BrowserSession {
    public enum ColorScheme: String, Sendable {
        case light
        case dark
    }

    /// Sends a command of the Chrome DevTools Protocol.
    @discardableResult
    public func devTools(_ command: String, _ parameters: JSON = [:]) async throws -> JSON {
        try await send("POST", "/goog/cdp/execute", ["cmd": .string(command), "params": parameters])
    }

    /// Sets the size of the page, in CSS pixels.
    /// - Parameters:
    ///   - scale: device pixels for each, hence the sharpness of screenshots.
    ///   - isPhone: with a touch screen and a mobile viewport.
    public func setViewport(width: Int, height: Int, scale: Double = 1, isPhone: Bool = false) async throws {
        try await devTools(
            "Emulation.setDeviceMetricsOverride",
            [
                "width": .number(Double(width)), "height": .number(Double(height)), "deviceScaleFactor": .number(scale),
                "mobile": .bool(isPhone),
            ])
        try await devTools("Emulation.setTouchEmulationEnabled", ["enabled": .bool(isPhone)])
    }

    public func setColorScheme(_ scheme: ColorScheme) async throws {
        try await devTools(
            "Emulation.setEmulatedMedia",
            ["features": [["name": "prefers-color-scheme", "value": .string(scheme.rawValue)]]])
    }

    /// Forbids or allows the page's scripts from the next load on.
    public func setScripts(allowed: Bool) async throws {
        try await devTools("Emulation.setScriptExecutionDisabled", ["value": .bool(!allowed)])
    }

    public func setTimeZone(_ name: String) async throws {
        try await devTools("Emulation.setTimezoneOverride", ["timezoneId": .string(name)])
    }

    /// Lets what the person downloads into a folder, under the name that the server gives.
    public func keepDownloads(in folder: URL) async throws {
        try await devTools("Browser.setDownloadBehavior", ["behavior": "allow", "downloadPath": .string(folder.path)])
    }
}
