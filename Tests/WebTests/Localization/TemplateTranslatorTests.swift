import Testing

@testable import Web

@Suite struct TemplateTranslatorTests {
    /// The messages of a template, and the template with each of them in brackets.
    private func translated(_ source: String) -> (messages: [String], text: String) {
        var messages: [String] = []
        let text = TemplateTranslator.translated(source) { key in
            messages.append(key)
            return "[\(key)]"
        }
        return (messages, text)
    }

    @Test func `a sentence with its variables and inline elements is one message`() {
        let (messages, text) = translated(
            "<p class=\"a\">None of {{name}}.\n<a href=\"/x/{{id}}\">Add <b>one</b></a></p>")
        #expect(messages == ["None of {{name}}. <1>Add <2>one</2></1>"])
        #expect(text == "<p class=\"a\">[None of {{name}}. <a href=\"/x/{{id}}\">Add <b>one</b></a>]</p>")
    }

    @Test func `sections within a sentence stay in it, those around sentences stand apart`() {
        #expect(
            translated("<p>{{#a}}You{{/a}}{{^a}}They{{/a}} can change it.</p>").messages
                == ["{{#a}}You{{/a}}{{^a}}They{{/a}} can change it."])
        #expect(translated("<h1>{{#a}}One{{/a}}{{^a}}Two {{x}}{{/a}}</h1>").messages == ["One", "Two {{x}}"])
        #expect(translated("{{#next}}<a href=\"{{.}}\">More</a>{{/next}}").messages == ["More"])
    }

    @Test func `a span, an icon and a block end a sentence`() {
        #expect(
            translated("<b>{{n}}</b><span class=\"hint\">Far</span> near<svg><use href=\"#x\"/></svg> end").messages
                == ["Far", "near", "end"])
    }

    @Test func `attributes that people read are messages of their own, others are not`() {
        let (messages, text) = translated(
            "<input name=\"Name\" placeholder=\"Your name\" aria-label=\"Remove {{x}}\" value=\"{{value}}\"{{$more}}{{/more}}>"
        )
        #expect(messages == ["Your name", "Remove {{x}}"])
        #expect(text.contains("placeholder=\"[Your name]\"") && text.contains("name=\"Name\""))
    }

    @Test func `attributes that a page hands to its frame are no text`() {
        let (messages, text) = translated(
            "{{<TextField}}{{$label}}City{{/label}}{{$type}}email{{/type}}{{$more}} required placeholder=\"York\"{{/more}}{{/TextField}}"
        )
        #expect(messages == ["City", "York"])
        #expect(
            text
                == "{{<TextField}}{{$label}}[City]{{/label}}{{$type}}email{{/type}}{{$more}} required placeholder=\"[York]\"{{/more}}{{/TextField}}"
        )
        #expect(translated("{{$emailsCurrent}} aria-current=\"page\"{{/emailsCurrent}}").messages.isEmpty)
    }

    @Test func `what holds no words is left alone`() {
        let source = "<p>{{a}} · {{b}}, 12 &lt;…&gt;</p>{{! Not shown }}<img alt=\"\" title=\"{{date.long}}\">"
        #expect(translated(source).messages.isEmpty)
        #expect(translated(source).text == source)
    }

    @Test func `a template that is translated into itself is unchanged`() throws {
        for (name, source) in try Templates.sources() {
            let text = TemplateTranslator.translated(source) { $0 }
            #expect(
                text.split(whereSeparator: \.isWhitespace) == source.split(whereSeparator: \.isWhitespace), "\(name)")
        }
    }
}
