import Database

/// The tables of Mailcard.
///
/// - `organization_id` leads every key and index, so that nothing crosses from one organisation to another and the
/// tables can be distributed by it. References between the tables of people, companies and settings carry it too, so
/// the database itself refuses a reference across.
/// - Times are seconds since 1970, UTC; Booleans 0 and 1; JSON is text.
/// - The mirror's own tables (messages, texts, locations, card entries) have no foreign keys: they take tens of
///   thousands of rows a second, and are only ever written by the functions in Store/Mirror, which remove them in
///   order.
public enum Schema {
    public static let migrator = Migrator([
        Migration("0001-first", [.sqlite: FirstStep.sqlite]),
        Migration("0002-statistics", [.sqlite: StatisticsStep.sqlite]),
        Migration("0003-exclusions-by-address", [.sqlite: ExclusionStep.sqlite]),
        Migration("0004-durable-work", [.sqlite: DurableWorkStep.sqlite]),
        Migration("0005-card-order", [.sqlite: CardOrderStep.sqlite]),
        Migration("0006-people", [.sqlite: PeopleStep.sqlite]),
        Migration("0007-activities", [.sqlite: ActivityStep.sqlite]),
        Migration("0008-search", [.sqlite: SearchStep.sqlite]),
        Migration("0009-imports", [.sqlite: ImportStep.sqlite]),
        Migration("0010-hidden-conversations", [.sqlite: HiddenStep.sqlite]),
        Migration("0012-lists", [.sqlite: ListStep.sqlite]),
        Migration("0013-search-once", [.sqlite: SearchOnceStep.sqlite]),
        Migration("0014-who-works-on-it", [.sqlite: WorkerStep.sqlite]),
        Migration("0015-departures", [.sqlite: DepartureStep.sqlite]),
        Migration("0016-servers", [.sqlite: ServersStep.sqlite]),
        Migration("0017-providers", [.sqlite: ProviderStep.sqlite]),
    ])
}
