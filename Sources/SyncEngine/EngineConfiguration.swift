/// The engine's intervals and sizes, with the reasons for their values.
public struct EngineConfiguration: Sendable {
    /// Every mailbox is looked at this often, whatever push says: a connection that waits for changes can be dead without
    /// a sign, and most servers tell of news in one folder only. A mailbox that takes long to look at is looked at less
    /// often, so that looking takes a tenth of the time at most.
    public var pollInterval: Duration
    /// The mirror is compared with the whole mailbox this often. It costs a header scan.
    public var checkInterval: Duration
    /// Texts fetched and stored at once: enough to fill the pipe, few enough that the newest stand on the cards
    /// quickly.
    public var textBatch: Int
    /// A pass is repeated so often while messages move between two looks; then the remaining ones wait for the next
    /// wake-up.
    public var passLimit: Int
    /// A listed folder that could not be read so often in a row is left alone for ``folderParking``.
    public var folderFailureLimit: Int
    public var folderParking: Duration
    /// Folders with much of the mailbox in them that are not listed any more are given so long to come back.
    public var folderRemovalPause: Duration

    public init(
        pollInterval: Duration = .seconds(10), checkInterval: Duration = .seconds(86_400), textBatch: Int = 200,
        passLimit: Int = 5, folderFailureLimit: Int = 3, folderParking: Duration = .seconds(6 * 3600),
        folderRemovalPause: Duration = .seconds(120)
    ) {
        self.pollInterval = pollInterval
        self.checkInterval = checkInterval
        self.textBatch = textBatch
        self.passLimit = passLimit
        self.folderFailureLimit = folderFailureLimit
        self.folderParking = folderParking
        self.folderRemovalPause = folderRemovalPause
    }
}
