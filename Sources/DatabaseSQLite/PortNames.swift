import Database

// GRDB also has a Database, a Row and a DatabaseError. Declared here, the bare names mean the port's in the whole
// module; GRDB's are written in full.
typealias PortDatabase = Database
typealias PortRow = Row
typealias PortError = DatabaseError
