/// A database that lends transactions. The closures are synchronous and run away from the caller's thread, on the
/// driver's; suspending the caller costs no thread.
///
/// Guarantees of every driver:
/// - `read` sees one consistent state for the whole closure, and never waits for a writer;
/// - `write` closures run one after another, each seeing all before it, all or nothing: an error that leaves the
/// closure rolls everything back and reaches the caller, the driver's errors as ``DatabaseError``, others as thrown;
/// - when `write` returns, what was written is committed and survives the death of the process.
///
/// A cancelled task's transaction is rolled back and throws `CancellationError`.
public protocol Database: Sendable {
    var dialect: Dialect { get }

    func read<T: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T

    @discardableResult
    func write<T: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T

    /// Refuses new transactions (``DatabaseError/closed``) and ends the connections when those under way are done.
    func close() throws
}
