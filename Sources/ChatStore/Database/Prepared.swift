internal import GRDB
internal import GRDBSQLite

/// A statement that a connection has prepared and keeps, driven by SQLite's own calls: to bind and read values one by one
/// takes a third less time than to hand GRDB lists of them, and an event is bound or read often.
///
/// Confined to the connection's queue.
struct Prepared {
    // Kept, because it owns what `handle` points to.
    private let statement: Statement
    private let handle: OpaquePointer

    init(_ sql: String, on database: Database) throws {
        statement = try database.cachedStatement(sql: sql)
        handle = statement.sqliteStatement
        sqlite3_reset(handle)
    }

    /// Runs a statement that has no rows.
    static func run(_ sql: String, _ values: Int64..., on database: Database) throws {
        let prepared = try Prepared(sql, on: database)
        prepared.bind(values)
        try prepared.run()
    }

    /// The first column of the first row, if it is a number.
    static func number(_ sql: String, _ values: Int64..., on database: Database) throws -> Int64? {
        let prepared = try Prepared(sql, on: database)
        prepared.bind(values)
        defer { prepared.reset() }
        return try prepared.step() ? prepared.number(0) : nil
    }

    // MARK: Binding. SQLite counts from 1 here.

    func bind(_ values: [Int64]) {
        for (index, value) in values.enumerated() { bind(value, at: CInt(index + 1)) }
    }

    func bind(_ value: Int64?, at index: CInt) {
        if let value { sqlite3_bind_int64(handle, index, value) } else { sqlite3_bind_null(handle, index) }
    }

    func bind(_ value: String?, at index: CInt) {
        guard var value else {
            sqlite3_bind_null(handle, index)
            return
        }
        value.withUTF8 { bytes in
            let characters = UnsafeRawBufferPointer(bytes).assumingMemoryBound(to: CChar.self)
            // An empty string has no address, and SQLite takes that for NULL. -1 stands for SQLITE_TRANSIENT: it copies.
            sqlite3_bind_text64(
                handle,
                index,
                characters.baseAddress ?? Self.nothing,
                sqlite3_uint64(characters.count),
                unsafeBitCast(-1, to: sqlite3_destructor_type.self),
                UInt8(SQLITE_UTF8)
            )
        }
    }

    // Read as zero bytes only.
    private static var nothing: UnsafePointer<CChar>? { UnsafePointer(bitPattern: 1) }

    // MARK: Running

    /// Runs it to its end, and makes it ready to be bound anew.
    func run() throws {
        while try step() {}
        sqlite3_reset(handle)
    }

    /// - Returns: whether there is a row to be read.
    func step() throws -> Bool {
        let code = sqlite3_step(handle)
        if code == SQLITE_ROW { return true }
        if code == SQLITE_DONE { return false }
        let connection = sqlite3_db_handle(handle)
        let problem = DatabaseError(
            resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
            message: String(cString: sqlite3_errmsg(connection))
        )
        sqlite3_reset(handle)
        throw problem
    }

    /// To be called after the last row that is wanted, so that nothing is held open.
    func reset() {
        sqlite3_reset(handle)
    }

    // MARK: Reading. SQLite counts from 0 here.

    /// nil if it is no whole number, whatever else it may be.
    func number(_ column: CInt) -> Int64? {
        sqlite3_column_type(handle, column) == SQLITE_INTEGER ? sqlite3_column_int64(handle, column) : nil
    }

    /// nil if it is no text. What is not UTF-8 in it becomes U+FFFD.
    func text(_ column: CInt) -> String? {
        guard sqlite3_column_type(handle, column) == SQLITE_TEXT else { return nil }
        let start = sqlite3_column_text(handle, column)
        let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
        return String(decoding: bytes, as: UTF8.self)
    }

    func isNull(_ column: CInt) -> Bool {
        sqlite3_column_type(handle, column) == SQLITE_NULL
    }
}
