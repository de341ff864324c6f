/// The letters "1@x", "2@x" and so on, a minute apart.
func letters(_ numbers: ClosedRange<Int>, from: String = carol) -> [Letter] {
    numbers.map { Letter("\($0)@x", from: from, minute: $0) }
}

func ids(_ numbers: ClosedRange<Int>) -> [String] { numbers.map { "\($0)@x" } }
