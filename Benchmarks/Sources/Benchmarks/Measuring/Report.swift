import Foundation

/// Prints a line of the report at once, also where output goes to a file.
func say(_ line: String = "") { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
