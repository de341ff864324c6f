import Testing

@testable import Mail

/// Mails that people write, as their programs write them, with the whole text that is expected.
@Suite struct HTMLReplyTests {
    @Test func `a mail from Outlook keeps its paragraphs, lists, table, signature and reply header`() {
        let html = #"""
            <html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
            <head>
            <meta http-equiv="Content-Type" content="text/html; charset=utf-8">
            <meta name="Generator" content="Microsoft Word 15 (filtered medium)">
            <!--[if !mso]><style>v\:* {behavior:url(#default#VML);}</style><![endif]-->
            <style><!--
            /* Font Definitions */
            @font-face {font-family:Calibri; panose-1:2 15 5 2 2 2 4 3 2 4;}
            p.MsoNormal {margin:0in; font-size:11.0pt;}
            --></style>
            <!--[if gte mso 9]><xml>
            <o:shapedefaults v:ext="edit" spidmax="1026" />
            </xml><![endif]-->
            </head>
            <body lang="EN-US" link="#0563C1" vlink="#954F72" style="word-wrap:break-word">
            <div class="WordSection1">
            <p class="MsoNormal">Hi Anna,<o:p></o:p></p>
            <p class="MsoNormal"><o:p>&nbsp;</o:p></p>
            <p class="MsoNormal">Please find our offer attached. The
            main points&nbsp;:<o:p></o:p></p>
            <p class="MsoListParagraph" style="text-indent:-.25in;mso-list:l0 level1 lfo1"><![if !supportLists]><span style="font-family:Symbol"><span style="mso-list:Ignore">·<span style="font:7.0pt &quot;Times New Roman&quot;">&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>Delivery within <b>4 weeks</b><o:p></o:p></p>
            <p class="MsoListParagraph" style="margin-left:1.0in;text-indent:-.25in;mso-list:l0 level2 lfo1"><![if !supportLists]><span style="font-family:&quot;Courier New&quot;"><span style="mso-list:Ignore">o<span style="font:7.0pt &quot;Times New Roman&quot;">&nbsp;&nbsp; </span></span></span><![endif]>Express: 2 weeks<o:p></o:p></p>
            <p class="MsoListParagraph" style="text-indent:-.25in;mso-list:l1 level1 lfo2"><![if !supportLists]><span style="mso-list:Ignore">1.<span style="font:7.0pt &quot;Times New Roman&quot;">&nbsp;&nbsp;&nbsp; </span></span><![endif]>Payment after 30 days<o:p></o:p></p>
            <p class="MsoNormal"><o:p>&nbsp;</o:p></p>
            <table class="MsoTableGrid" border="1" cellspacing="0" cellpadding="0" style="border-collapse:collapse;border:none">
            <tr><td width="208" valign="top" style="width:155.8pt"><p class="MsoNormal"><b>Item</b><o:p></o:p></p></td><td><p class="MsoNormal"><b>Qty</b><o:p></o:p></p></td><td><p class="MsoNormal"><b>Price</b><o:p></o:p></p></td></tr>
            <tr><td><p class="MsoNormal">Pump P-200<o:p></o:p></p></td><td><p class="MsoNormal">2<o:p></o:p></p></td><td><p class="MsoNormal">€1,200<o:p></o:p></p></td></tr>
            </table>
            <p class="MsoNormal"><o:p>&nbsp;</o:p></p>
            <p class="MsoNormal">Kind regards,<o:p></o:p></p>
            <p class="MsoNormal"><b><span style="color:#1F3864">John Smith</span></b><br>
            Sales Director | <a href="https://www.acme.example/"><span style="color:#0563C1">www.acme.example</span></a><br>
            <a href="mailto:john@acme.example">john@acme.example</a> | <a href="tel:+44%2020%207946%200000">+44 20 7946 0000</a><o:p></o:p></p>
            <p class="MsoNormal"><img width="120" height="40" src="cid:image001.png@01DA0000.00000000" alt="A blue logo&#10;&#10;Description automatically generated"><o:p></o:p></p>
            <div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in">
            <p class="MsoNormal"><b>From:</b> Anna Berg &lt;anna@berg.example&gt; <br>
            <b>Sent:</b> Monday, March 4, 2024 9:12 AM<br>
            <b>To:</b> John Smith &lt;john@acme.example&gt;<br>
            <b>Subject:</b> Offer for two pumps<o:p></o:p></p>
            </div></div>
            <p class="MsoNormal"><o:p>&nbsp;</o:p></p>
            <p class="MsoNormal">Hello John,<o:p></o:p></p>
            <p class="MsoNormal">could you send us an offer?<o:p></o:p></p>
            </div>
            </body>
            </html>
            """#
        let text = #"""
            Hi Anna,

            Please find our offer attached. The main points :
            • Delivery within 4 weeks
              • Express: 2 weeks
            1. Payment after 30 days

            Item | Qty | Price
            Pump P-200 | 2 | €1,200

            Kind regards,
            John Smith
            Sales Director | www.acme.example
            john@acme.example | +44 20 7946 0000
            ________________________________
            From: Anna Berg <anna@berg.example>
            Sent: Monday, March 4, 2024 9:12 AM
            To: John Smith <john@acme.example>
            Subject: Offer for two pumps

            Hello John,
            could you send us an offer?
            """#
        #expect(HTMLText.render(html) == text)
    }

    @Test func `a reply from Gmail quotes what it answers`() {
        let html = #"""
            <div dir="ltr"><div>Hi Tom,</div><div><br></div><div>Tuesday works for me. See <a href="https://www.google.com/maps/place/Blue+Door+Caf%C3%A9" target="_blank">the place</a>.<br></div><div><br></div><div>Best,<br>Lena <img data-emoji="🙂" class="an1" alt="🙂" aria-label="🙂" draggable="false" src="https://fonts.gstatic.com/s/e/notoemoji/15.0/1f642/72.png" loading="lazy"></div><div><br clear="all"></div><span class="gmail_signature_prefix">-- </span><br><div dir="ltr" class="gmail_signature" data-smartmail="gmail_signature"><div dir="ltr"><b>Lena Ruiz</b><div>Blue Door GmbH</div></div></div></div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Mon, Mar 4, 2024 at 10:02 AM Tom &lt;<a href="mailto:tom@example.com">tom@example.com</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex"><div dir="ltr">Hi Lena,<div><br></div><div>Lunch on Tuesday?</div><div><br></div><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Sun, Mar 3, 2024 Lena wrote:<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex">Long time no see!<br></blockquote></div></div>
            </blockquote></div>
            """#
        let text = #"""
            Hi Tom,

            Tuesday works for me. See the place (https://www.google.com/maps/place/Blue+Door+Caf%C3%A9).

            Best,
            Lena 🙂

            --\#u{20}
            Lena Ruiz
            Blue Door GmbH

            On Mon, Mar 4, 2024 at 10:02 AM Tom <tom@example.com> wrote:
            > Hi Lena,
            >
            > Lunch on Tuesday?
            >
            > On Sun, Mar 3, 2024 Lena wrote:
            >> Long time no see!
            """#
        #expect(HTMLText.render(html) == text)
    }

    @Test func `a reply from Apple Mail is told apart from an indented part`() {
        let html = #"""
            <html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body style="overflow-wrap: break-word; -webkit-nbsp-mode: space; line-break: after-white-space;">Thanks, I&#8217;ll sign today.<div><br></div><blockquote style="margin: 0 0 0 40px; border: none; padding: 0px;"><div>Account: 12345</div><div>Bank: N26</div></blockquote><div><br></div><div>Regards,</div><div>Marc<br id="lineBreakAtBeginningOfMessage"><div><br><blockquote type="cite"><div>On 5. Mar 2024, at 08:15, Eva Lind &lt;eva@lind.example&gt; wrote:</div><br class="Apple-interchange-newline"><div><meta http-equiv="content-type" content="text/html; charset=utf-8"><div style="overflow-wrap: break-word;">Dear Marc,<br><br>the contract is ready.<span class="Apple-converted-space">&nbsp;</span><br><br><span id="cid:8E5D"><object type="application/pdf" data="cid:8E5D"></object></span>\#u{FFFC}<div>Eva</div></div></div></blockquote></div><br></div></body></html>
            """#
        let text = #"""
            Thanks, I’ll sign today.

                Account: 12345
                Bank: N26

            Regards,
            Marc

            > On 5. Mar 2024, at 08:15, Eva Lind <eva@lind.example> wrote:
            >
            > Dear Marc,
            >
            > the contract is ready.
            >
            > Eva
            """#
        #expect(HTMLText.render(html) == text)
    }

    @Test func `a signature beside a logo stays on lines of its own`() {
        let html = #"""
            <div>See you.</div><br><table cellpadding=0 cellspacing=0><tbody><tr><td style="padding-right:12px"><img src="cid:logo" alt="Logo" width="90"></td><td><b>Maria Conti</b><br>Head of Sales<br>Conti S.p.A.</td></tr><tr><td colspan=2><a href="https://www.linkedin.com/in/mariaconti"><img src="l.png" alt="LinkedIn"></a> <a href="https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fconti.example%2Fbook%3Fa%3D1&amp;data=05%7C02&amp;reserved=0">Book a call</a></td></tr></tbody></table><p style="color:gray;font-size:8pt">This e-mail is confidential.</p>
            """#
        let text = #"""
            See you.

            Maria Conti
            Head of Sales
            Conti S.p.A.
            LinkedIn (https://www.linkedin.com/in/mariaconti) Book a call (https://conti.example/book?a=1)

            This e-mail is confidential.
            """#
        #expect(HTMLText.render(html) == text)
    }
}
