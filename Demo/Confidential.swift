import CRM
import Generators
import Store

/// Mail with contacts that not everyone is to see: with the lawyers and human resources, whose addresses are excluded,
/// and a conversation that its owner hides from others.
enum Confidential {
    static let hiddenSubject = "Between you and me"

    private static let day: Int64 = 86_400

    static func mail(
        of member: Company.Member, in company: Company, by generator: inout MailGenerator, now: Int64
    ) -> [GeneratedMessage] {
        guard let first = member.customers.first?.person, let last = member.customers.last?.person else { return [] }
        let owner = member.person
        let lawyer = Person(
            "Oliver Harcourt", "o.harcourt@" + SampleCompany.lawyersDomain, title: "Partner",
            company: "Harcourt & Pell Solicitors")
        let office = Person(
            "Northgate People", SampleCompany.humanResourcesEmail, firstName: "all", company: "Northgate People")
        var mail = generator.correspondence(
            "Supply agreement: liability",
            [
                .init(
                    from: lawyer, to: [first], cc: [owner],
                    """
                    I act for \(company.name). In clause 9 our client can accept a limit of twice the yearly turnover, but not unlimited liability for measured values.

                    A marked-up draft follows by courier. Please treat this letter as confidential.
                    """),
                .init(
                    from: first, to: [lawyer], cc: [owner],
                    "I have passed the draft to our legal department. They see no obstacle, and will confirm next week."
                ),
            ], owner: owner, from: now - 26 * day)
        mail += generator.correspondence(
            "Reference for a candidate",
            [
                .init(
                    from: office, to: [last], cc: [owner],
                    """
                    A former colleague of yours has applied for a position at \(company.name) and named you as a reference. Could you spare ten minutes on the telephone?

                    What you tell us is kept in the candidate's file only.
                    """)
            ], owner: owner, from: now - 12 * day)
        if let confidant = company.confidant, confidant.member.user == member.user {
            mail += hidden(between: owner, and: confidant.customer.person, by: &generator, now: now)
        }
        return mail
    }

    private static func hidden(
        between owner: Person, and customer: Person, by generator: inout MailGenerator, now: Int64
    ) -> [GeneratedMessage] {
        generator.correspondence(
            hiddenSubject,
            [
                .init(
                    from: customer, to: [owner],
                    """
                    I wanted you to hear it from me: I leave \(customer.company) in the spring. Nobody here knows yet but my manager, so please keep it to yourself until it is announced.

                    You will be in good hands with whoever comes after me.
                    """),
                .init(
                    from: owner, to: [customer],
                    "Thank you for telling me. I am sorry for us and glad for you. Not a word from my side, and lunch is on me before you go."
                ),
                .init(from: customer, to: [owner], "Gladly. I shall let you know as soon as it is official."),
            ], owner: owner, from: now - 5 * day)
    }
}
