import TestServers
import Testing

/// Looks at pages for what hinders people.
struct PageCheck: Sendable {
    enum Device: String, CaseIterable, Sendable {
        case computer = "1280 px, light"
        case phone = "390 px, dark"
    }

    let browser: BrowserSession
    let base: String
    let who: String
    let device: Device

    /// Of a phone's page, in CSS pixels: that of the phones that are sold most.
    static let phoneWidth = 390

    init(_ browser: BrowserSession, base: String, who: String, on device: Device) async throws {
        self.browser = browser
        self.base = base
        self.who = who
        self.device = device
        switch device {
        case .computer:
            try await browser.setViewport(width: 1280, height: 900)
            try await browser.setColorScheme(.light)
        case .phone:
            try await browser.setViewport(width: Self.phoneWidth, height: 844, isPhone: true)
            try await browser.setColorScheme(.dark)
        }
    }

    func look(at paths: [String]) async throws {
        for path in paths {
            try await browser.go(to: base + path)
            try await lookHere()
        }
    }

    /// At the page that is open, with all that folds unfolded.
    func lookHere() async throws {
        try await browser.run("for (const fold of document.querySelectorAll('main details')) fold.open = true")
        let place = "\(who), \(device.rawValue), \(try await browser.address.dropFirst(base.count))"
        for violation in try await browser.accessibilityViolations()
        where violation.impact == .serious || violation.impact == .critical {
            Issue.record("\(place): \(violation)")
        }
        for fault in try await browser.run(Self.faultsOfLayout).array ?? [] {
            Issue.record("\(place): \(fault.string ?? "")")
        }
        guard device == .phone else { return }
        let width = try await browser.run("return document.documentElement.scrollWidth").number ?? 0
        #expect(width <= Double(Self.phoneWidth), "\(place): the page is \(width) px wide")
    }

    /// Panels that touch, and fields that are wider than their place, less what rounding does.
    private static let faultsOfLayout = """
        const faults = [];
        const panels = [...document.querySelectorAll("main .panel")].filter((one) => one.checkVisibility()
          && !one.parentElement.closest(".panel")).map((one) => one.getBoundingClientRect());
        panels.forEach((one, index) => {
          const below = panels[index + 1];
          const gap = below ? below.top - one.bottom : 100;
          if (gap > -1 && gap < 8 && below.left < one.right && below.right > one.left) {
            faults.push(`panels ${index} and ${index + 1} touch`);
          }
        });
        for (const field of document.querySelectorAll(".field > :is(input, select, textarea)")) {
          const excess = field.getBoundingClientRect().right - field.parentElement.getBoundingClientRect().right;
          if (excess > 1) faults.push(`the field ${field.name} is ${Math.round(excess)} px too wide`);
        }
        return faults;
        """
}
