import Store
import Testing

@Suite struct ChangeMarksTests {
    @Test(arguments: [0, 1, 255, 1 << 40, Int64.max, Int64.min])
    func `a mark is read back, and is another one each time`(number: Int64) throws {
        let marks = ChangeMarks()
        let (one, other) = (try marks.mark(number), try marks.mark(number))
        #expect(marks.number(one) == number && marks.number(other) == number)
        #expect(one != other && one.count == other.count)
    }

    @Test func `what is no mark of this process is none`() throws {
        let marks = ChangeMarks()
        let mark = try marks.mark(7)
        let altered = String(mark.dropLast()) + (mark.last == "A" ? "B" : "A")
        let stranger = try ChangeMarks().mark(7)
        for text in ["", "7", "9223372036854775807", "-9223372036854775808", altered, stranger, mark + mark, "é"] {
            #expect(marks.number(text) == nil, "\(text)")
        }
    }
}
