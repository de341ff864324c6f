/// Faults and quirks as JSON.
enum FaultControls {
    static func fault(_ body: JSONValue) throws(SandboxError) -> Fault {
        let effect: Fault.Effect
        switch body["effect"]?.string {
        case "throttle": effect = .throttle(retryAfter: body["retryAfter"]?.integer)
        case "fail":
            effect = .fail(status: body["status"]?.integer ?? 503, code: body["code"]?.string ?? "serviceNotAvailable")
        case "delay": effect = .delay(milliseconds: body["milliseconds"]?.integer ?? 1000)
        case "truncate": effect = .truncate(after: body["after"]?.integer ?? 0)
        case "loseAnswer": effect = .loseAnswer
        case "refuse": effect = .refuse
        case "expireDeltaTokens": effect = .expireDeltaTokens
        case "rejectToken": effect = .rejectToken
        case let other: throw .malformed("there is no effect '\(other ?? "")'; docs/sandbox.md lists them.")
        }
        // Null means every call.
        let times = body["times"].map { $0.integer } ?? 1
        return Fault(
            effect, method: body["method"]?.string, path: body["path"]?.string,
            skipping: body["skipping"]?.integer ?? 0, times: times)
    }

    static func quirks(_ body: JSONValue, over former: MicrosoftQuirks) throws(SandboxError) -> MicrosoftQuirks {
        var quirks = former
        for (name, value) in body.object ?? [:] {
            switch name {
            case "reasonOfMoves":
                guard let reason = MicrosoftQuirks.Reason(rawValue: value.string ?? "") else {
                    throw .malformed("reasonOfMoves is deleted or changed.")
                }
                quirks.reasonOfMoves = reason
            case "forgetsReturningMessages": quirks.forgetsReturningMessages = value.bool ?? false
            case "emptyPageEvery": quirks.emptyPageEvery = value.integer
            case "repeatsEvery": quirks.repeatsEvery = value.integer
            case "remembersRounds": quirks.remembersRounds = value.integer
            case "repeatedTransaction":
                quirks.repeatedTransaction = value.string == "returnsFirst" ? .returnsFirst : .conflict
            case "latency": quirks.latency = value.integer ?? 0
            case "concurrentCalls": quirks.concurrentCalls = value.integer ?? 4
            case "callsInTenMinutes": quirks.callsInTenMinutes = value.integer ?? 10_000
            default: throw .malformed("there is no quirk '\(name)'; docs/sandbox.md lists them.")
            }
        }
        return quirks
    }
}
