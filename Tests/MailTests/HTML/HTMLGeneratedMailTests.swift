import Testing

@testable import Mail

/// Mails that programs send, with the whole text that is expected.
@Suite struct HTMLGeneratedMailTests {
    @Test func `a newsletter shows its text without preview padding, layout and tracking`() {
        let html = #"""
            <!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
            <html xmlns="http://www.w3.org/1999/xhtml"><head><title>March news</title>
            <style type="text/css">@media only screen and (max-width:480px){.col{width:100%!important}}</style>
            <!--[if mso]><xml><o:OfficeDocumentSettings><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml><![endif]-->
            </head><body style="margin:0;padding:0;background-color:#f4f4f4">
            <div style="display:none;font-size:1px;line-height:1px;max-height:0px;max-width:0px;opacity:0;overflow:hidden">Spring offers inside&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;</div>
            <table role="presentation" width="100%" cellspacing="0" cellpadding="0" border="0"><tr><td align="center" style="font-size:0px">
            <!--[if mso]><table width="600"><tr><td><![endif]-->
            <table role="presentation" width="600" style="max-width:600px"><tbody>
            <tr><td style="padding:20px"><a href="https://shop.example/?utm_source=news"><img src="https://cdn.example/logo.png" width="140" alt="Garden &amp; Co" style="display:block"></a></td></tr>
            <tr><td style="padding:0 20px;font-size:28px"><h1 style="margin:0">Spring is here</h1></td></tr>
            <tr><td style="padding:0 20px;font-size:16px">Dear Ms&nbsp;Braun,<br><br>our new catalogue has <strong>120&nbsp;plants</strong>, all grown in the region.</td></tr>
            <tr><td height="20" style="font-size:0;line-height:0">&nbsp;</td></tr>
            <tr><td align="center" style="font-size:16px"><table role="presentation"><tr><td bgcolor="#2e7d32"><!--[if mso]><v:roundrect href="https://shop.example/cat"><center>Read the catalogue</center></v:roundrect><![endif]--><!--[if !mso]><!--><a href="https://shop.example/catalogue" style="display:inline-block;mso-hide:all">Read the catalogue</a><!--<![endif]--></td></tr></table></td></tr>
            <tr><td><table role="presentation" width="100%"><tr>
            <td class="col" width="50%" valign="top" style="font-size:14px"><img src="https://cdn.example/a.jpg" alt="Roses in bloom"><h2>Roses</h2><p>Forty kinds, from climbers to shrubs, each with a note on soil and light. Order before the end of March.</p><a href="https://shop.example/roses">See roses</a></td>
            <td class="col" width="50%" valign="top" style="font-size:14px"><img src="https://cdn.example/b.jpg" alt="b.jpg"><h2>Herbs</h2><p>Thyme, sage and more for the kitchen window, in pots that may stay where they are all year.</p><a href="https://shop.example/herbs">See herbs</a></td>
            </tr></table></td></tr>
            <tr><td style="font-size:12px"><table role="presentation" align="center"><tr><td><a href="https://fb.example/gc"><img src="f.png" alt="Facebook" width="24"></a></td><td>&nbsp;</td><td><a href="https://ig.example/gc"><img src="i.png" alt="Instagram" width="24"></a></td></tr></table></td></tr>
            <tr><td style="font-size:12px">Garden &amp; Co, 1 Elm Road, Leeds<br><a href="https://track.example/u/0123456789?list=1">Unsubscribe</a> &bull; <a href="https://track.example/v">View in browser</a></td></tr>
            </tbody></table>
            <!--[if mso]></td></tr></table><![endif]-->
            </td></tr></table>
            <img src="https://track.example/o.gif?id=1" width="1" height="1" alt="opened" border="0">
            </body></html>
            """#
        let text = #"""
            Garden & Co (https://shop.example/?utm_source=news)

            Spring is here

            Dear Ms Braun,

            our new catalogue has 120 plants, all grown in the region.

            Read the catalogue (https://shop.example/catalogue)

            Roses in bloom

            Roses

            Forty kinds, from climbers to shrubs, each with a note on soil and light. Order before the end of March.

            See roses (https://shop.example/roses)

            Herbs

            Thyme, sage and more for the kitchen window, in pots that may stay where they are all year.

            See herbs (https://shop.example/herbs)

            Facebook (https://fb.example/gc) | Instagram (https://ig.example/gc)

            Garden & Co, 1 Elm Road, Leeds
            Unsubscribe (https://track.example/u/0123456789?list=1) • View in browser (https://track.example/v)
            """#
        #expect(HTMLText.render(html) == text)
    }

    @Test func `an invoice shows its table as rows`() {
        let html = #"""
            <html><body><p>Dear customer,</p><p>thank you for your order <strong>#10045</strong>.</p>
            <table border="1"><caption>Invoice 2024-118</caption><thead><tr><th>Item</th><th>Qty</th><th>Note</th><th style="text-align:right">Amount</th></tr></thead>
            <tbody><tr><td>Desk lamp<br><small>SKU 4471</small></td><td>2</td><td></td><td align="right">€&nbsp;59.80</td></tr>
            <tr><td><a href="https://shop.example/p/88">Office chair</a></td><td>1</td><td>in March</td><td align="right">€&nbsp;189.00</td></tr></tbody>
            <tfoot><tr><td colspan="3">Total</td><td align="right"><b>€&nbsp;248.80</b></td></tr></tfoot></table>
            <table><tr><td>IBAN</td><td>DE02 1203 0000 0000 2020 51</td></tr><tr><td>Reference</td><td>10045</td></tr></table>
            <hr><p style="font-size:11px">Seller: Lamp &amp; Co &lt;info@lamp.example&gt;</p></body></html>
            """#
        let text = #"""
            Dear customer,

            thank you for your order #10045.

            Invoice 2024-118
            Item | Qty | Note | Amount
            Desk lamp SKU 4471 | 2 | | € 59.80
            Office chair (https://shop.example/p/88) | 1 | in March | € 189.00
            Total | € 248.80

            IBAN | DE02 1203 0000 0000 2020 51
            Reference | 10045

            ________________________________

            Seller: Lamp & Co <info@lamp.example>
            """#
        #expect(HTMLText.render(html) == text)
    }

    @Test func `an invitation shows when, where and how to join`() {
        let html = #"""
            <html><body><div style="display:none"><p>hidden</p></div><span itemscope itemtype="http://schema.org/InformAction"><span style="display:none" itemprop="about" itemscope><meta itemprop="description" content="x"></span></span>
            <div><h2>Kick-off pump project</h2><table cellpadding="0"><tbody><tr><td><b>When</b></td><td>Tuesday Mar 12, 2024 ⋅ 10am – 11am (Central European Time)</td></tr><tr><td><b>Where</b></td><td>Room 4.12, <a href="https://maps.example/?q=room">map</a></td></tr><tr><td><b>Organizer</b></td><td><a href="mailto:anna@berg.example">Anna Berg</a></td></tr></tbody></table>
            <p>Join: <a href="https://teams.microsoft.com/l/meetup-join/19%3ameeting_MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2%40thread.v2/0?context=%7b%22Tid%22%3a%2200000000-0000-0000-0000-000000000000%22%2c%22Oid%22%3a%2200000000-0000-0000-0000-000000000000%22%7d">Microsoft Teams meeting</a></p>
            <p>Reply for <a href="mailto:tom@example.com">tom@example.com</a></p>
            <table><tr><td><a href="https://cal.example/r?a=1">Yes</a></td><td><a href="https://cal.example/r?a=2">No</a></td><td><a href="https://cal.example/r?a=3">Maybe</a></td></tr></table></div></body></html>
            """#
        let text = #"""
            Kick-off pump project

            When | Tuesday Mar 12, 2024 ⋅ 10am – 11am (Central European Time)
            Where | Room 4.12, map (https://maps.example/?q=room)
            Organizer | Anna Berg (anna@berg.example)

            Join: Microsoft Teams meeting (https://teams.microsoft.com/l/meetup-join/19%3ameeting_MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2%40thread.v2/0?context=%7b%22Tid%22%3a%2200000000-0000-0000-0000-000000000000%22%2c%22Oid%22%3a%2200000000-0000-0000-0000-000000000000%22%7d)

            Reply for tom@example.com

            Yes (https://cal.example/r?a=1) | No (https://cal.example/r?a=2) | Maybe (https://cal.example/r?a=3)
            """#
        #expect(HTMLText.render(html) == text)
    }

    @Test func `lists are numbered and nested as in a browser`() {
        let html = #"""
            <p>Agenda</p><ol><li>Opening<li>Figures<ul><li>Sales</li><li><p>Costs</p><p>incl. travel</p></li></ul></li><li value=7>Plan<ol type=a start=3><li>Q3<li>Q4</ol></ol><ol type="I"><li>One<li>Two</ol><p>End</p>
            <dl><dt>CRM</dt><dd>Customer relations<dt>ERP<dd>Planning</dl>
            """#
        let text = #"""
            Agenda

            1. Opening
            2. Figures
               • Sales
               • Costs

                 incl. travel
            7. Plan
               c. Q3
               d. Q4

            I. One
            II. Two

            End

            CRM
                Customer relations
            ERP
                Planning
            """#
        #expect(HTMLText.render(html) == text)
    }
}
