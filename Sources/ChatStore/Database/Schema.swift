internal import GRDB

/// The tables, as numbered steps from an empty file to what this version wants. Steps are only ever added.
///
/// How far a file has come is in its `user_version`.
enum Schema {
    /// "Conc": by which a file is known as ours.
    static let application: Int64 = 0x436F_6E63

    static var newest: Int { steps.count }

    /// Brings a file up to `version`, each step wholly or not at all.
    static func migrate(_ database: Database, to version: Int = newest) throws {
        let current = try current(database)
        for number in current..<max(current, version) {
            try database.inTransaction(.immediate) {
                try database.execute(sql: steps[number])
                try database.execute(sql: "PRAGMA application_id = \(application); PRAGMA user_version = \(number + 1)")
                return .commit
            }
        }
    }

    static func current(_ database: Database) throws -> Int {
        Int(try Int64.fetchOne(database, sql: "PRAGMA user_version") ?? 0)
    }

    private static let steps = [base, search, accounts, rights]

    /// 1: events and facts.
    ///
    /// One table holds the events of all rooms, in the order of their keys; nothing else is written when a message is
    /// appended. `back` leads from each event to the message before it, so that who came and went need not be looked through
    /// for what was said; an index for that would double the price of appending.
    private static let base = """
        -- What happened. The view `log` shows it in plain words.
        CREATE TABLE event (
            key INTEGER PRIMARY KEY,     -- the room's number << 36 | the number in the room
            at INTEGER NOT NULL,         -- milliseconds since 1970 UTC
            kind INTEGER NOT NULL,       -- what the view calls it
            back INTEGER,                -- how many numbers before it the last message of the room was; NULL: there was none
            uid INTEGER NOT NULL,        -- whose doing it was
            name TEXT,                   -- the name at that time; NULL: the number was the name
            uid2 INTEGER, name2 TEXT,    -- to whom it was done, or who somebody was from then on
            number INTEGER,              -- seconds, or 1 for yes and 0 for no
            text TEXT,                   -- what was said, a topic or a reason
            id TEXT                      -- what its author called the message
        );
        -- The rooms there are.
        CREATE TABLE room (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL, epoch TEXT NOT NULL, topic TEXT,
            private INTEGER NOT NULL, locked INTEGER NOT NULL, slow INTEGER NOT NULL, kept INTEGER NOT NULL,
            head INTEGER NOT NULL DEFAULT 0    -- the last event's number, or less if that event is still here
        );
        CREATE TABLE sanction (
            room INTEGER NOT NULL,
            kind TEXT NOT NULL,          -- ban or mute
            label TEXT NOT NULL,
            uid INTEGER NOT NULL,        -- 0: no member
            name TEXT, addresses TEXT, by TEXT NOT NULL,
            until INTEGER,               -- milliseconds since 1970 UTC; NULL: for good
            reason TEXT,
            UNIQUE (room, kind, label, uid)
        );
        -- What is still to be removed: what a member said with numbers from low to high; or, if uid is NULL, all of a
        -- room, of which high was the last number in the index.
        CREATE TABLE erasure (
            number INTEGER PRIMARY KEY, room INTEGER NOT NULL, uid INTEGER, low INTEGER NOT NULL, high INTEGER NOT NULL
        );
        CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        CREATE VIEW log AS SELECT
            key >> 36 AS room, key & 0xFFFFFFFFF AS sequence,
            strftime('%Y-%m-%dT%H:%M:%S', at / 1000, 'unixepoch') AS at,
            CASE kind
                WHEN 1 THEN 'said' WHEN 2 THEN 'acted' WHEN 3 THEN 'announced' WHEN 4 THEN 'forgotten'
                WHEN 11 THEN 'entered' WHEN 12 THEN 'left' WHEN 13 THEN 'renamed' WHEN 14 THEN 'topic'
                WHEN 15 THEN 'forgot' WHEN 21 THEN 'kicked' WHEN 22 THEN 'banned' WHEN 23 THEN 'muted'
                WHEN 24 THEN 'unmuted' WHEN 25 THEN 'moderator' WHEN 26 THEN 'slow' WHEN 27 THEN 'lockdown'
                WHEN 28 THEN 'private'
            END AS kind,
            uid, name, uid2, name2, number, text, id
            FROM event;
        """

    /// 2: an index of words.
    ///
    /// Of each message, folded as a search folds its words, all that stands in three characters next to each other. It only
    /// says where to look: which messages have three characters, not in which places. It has no copy of the messages, and
    /// is not written with them but by and by, in each room up to the number that is in `indexed`.
    private static let search = """
        ALTER TABLE room ADD COLUMN indexed INTEGER NOT NULL DEFAULT 0;
        CREATE VIRTUAL TABLE words USING fts5
            (text, content = '', detail = none, columnsize = 0, tokenize = 'trigram case_sensitive 1');
        CREATE VIRTUAL TABLE term USING fts5vocab (words, row);
        -- By itself it would merge its pieces now and then, and take half a second for it. See Indexing.
        INSERT INTO words (words, rank) VALUES ('automerge', 0), ('usermerge', 8), ('crisismerge', 500);
        """

    /// 3: accounts, their keys, and the names that are kept for them.
    private static let accounts = """
        CREATE TABLE account (
            id INTEGER PRIMARY KEY,
            seen INTEGER NOT NULL,       -- when it was last here, to a day: milliseconds since 1970 UTC
            admitted INTEGER NOT NULL    -- 1: by an operator, and does not lapse
        );
        CREATE TABLE account_key (
            key TEXT PRIMARY KEY,        -- the SHA-256 of a public key: sha256:HEX
            account INTEGER NOT NULL, place INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX account_keys ON account_key (account, place);
        CREATE TABLE account_name (
            account INTEGER NOT NULL, place INTEGER NOT NULL,    -- in the order of their last use
            name TEXT NOT NULL,
            PRIMARY KEY (account, place)
        ) WITHOUT ROWID;
        ALTER TABLE sanction ADD COLUMN key TEXT;    -- whom it is on, whatever the name
        """

    /// 4: who has rights in a room by its key.
    private static let rights = """
        CREATE TABLE room_key (
            room INTEGER NOT NULL,
            rank TEXT NOT NULL,          -- owner, moderator, or guest: who may come while it is private or locked
            place INTEGER NOT NULL,
            key TEXT NOT NULL,           -- as in account_key
            PRIMARY KEY (room, rank, place)
        ) WITHOUT ROWID;
        """
}
