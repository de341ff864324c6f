/// Domains whose addresses anyone may have, so that they say nothing about an organisation.
///
/// Collected from what providers publish about themselves. A domain that is missing here only means that its mailboxes
/// can be connected.
public enum FreeMailDomains {
    /// - Parameter domain: in lower case.
    public static func contains(_ domain: String) -> Bool {
        if listed.contains(domain) { return true }
        let labels = domain.split(separator: ".")
        guard let provider = labels.first, international.contains(provider) else { return false }
        switch labels.count {
        case 2: return labels[1].count == 2 || labels[1] == "com"
        // co.uk, com.br, ne.jp and the like.
        case 3: return ["co", "com", "ne", "or"].contains(labels[1]) && labels[2].count == 2
        default: return false
        }
    }

    /// Providers that have their name in many countries: yahoo.fr, yahoo.co.uk, hotmail.com.br.
    private static let international: Set<Substring> = ["yahoo", "hotmail", "ymail", "rocketmail", "gmx", "yandex"]

    private static let listed: Set<String> = Set(
        lists.flatMap { $0.split(whereSeparator: \.isWhitespace).map(String.init) })

    private static let lists = [
        // Google
        "gmail.com googlemail.com",
        // Microsoft
        """
        outlook.com outlook.fr outlook.de outlook.es outlook.it outlook.be outlook.pt outlook.dk outlook.ie outlook.at \
        outlook.cz outlook.hu outlook.sk outlook.jp outlook.kr outlook.in outlook.sa outlook.cl outlook.ph outlook.my \
        outlook.sg outlook.co.th outlook.co.id outlook.com.ar outlook.com.au outlook.com.br outlook.com.gr outlook.com.tr \
        outlook.com.vn outlook.lv live.com live.fr live.de live.be live.nl live.it live.at live.se live.no live.dk live.fi \
        live.ie live.pt live.ru live.jp live.cn live.in live.ca live.cl live.co.uk live.co.kr live.co.za live.com.ar \
        live.com.au live.com.mx live.com.pt live.com.sg live.hk msn.com msn.cn passport.com windowslive.com
        """,
        // Yahoo, AOL and those they took over
        """
        yahoo.com yahoo.net myyahoo.com aol.com aol.fr aol.de aol.it aol.es aol.co.uk aol.jp aim.com netscape.net love.com \
        games.com verizon.net
        """,
        // Apple
        "icloud.com me.com mac.com",
        // Germany, Austria, Switzerland
        """
        web.de gmx.net gmx.info gmx.org gmx.biz gmx.eu t-online.de freenet.de arcor.de 1und1.de online.de email.de mail.de \
        posteo.de posteo.net posteo.at posteo.ch posteo.eu posteo.org mailbox.org vodafone.de vodafonemail.de kabelmail.de \
        unitybox.de unity-mail.de o2online.de alice-dsl.net ewetel.net ewe.net osnanet.de netcologne.de versanet.de \
        magenta.de caramail.com smart-mail.de trash-mail.de directbox.com firemail.de aon.at chello.at inode.at kabsi.at \
        liwest.at utanet.at a1.net bluewin.ch bluemail.ch sunrise.ch hispeed.ch swissonline.ch vtxmail.ch infomaniak.ch \
        ik.me etik.com ikmail.com
        """,
        // France, Belgium, Luxembourg
        """
        orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr club-internet.fr cegetel.net 9online.fr 9business.fr \
        bbox.fr bouygtel.fr numericable.fr noos.fr aliceadsl.fr tiscali.fr voila.fr libertysurf.fr freesbee.fr \
        online.fr alice.fr ifrance.com nordnet.fr mailo.com mailo.eu mailo.fr net-c.com netcourrier.com skynet.be \
        telenet.be proximus.be belgacom.net scarlet.be voo.be brutele.be tvcablenet.be pt.lu internet.lu vo.lu
        """,
        // United Kingdom, Ireland
        """
        btinternet.com btopenworld.com bt.com talktalk.net talktalk.co.uk tiscali.co.uk sky.com virginmedia.com \
        virgin.net ntlworld.com blueyonder.co.uk freeserve.co.uk fsmail.net orange.net wanadoo.co.uk o2.co.uk plus.com \
        plusnet.com zen.co.uk mail.co.uk postmaster.co.uk eircom.net iol.ie
        """,
        // Italy
        """
        libero.it virgilio.it tin.it alice.it tim.it tiscali.it tiscalinet.it iol.it inwind.it blu.it giallo.it \
        fastwebnet.it vodafone.it email.it katamail.com aruba.it teletu.it poste.it supereva.it
        """,
        // Spain, Portugal
        """
        telefonica.net movistar.es terra.es ono.com orange.es jazztel.es ya.com wanadoo.es euskalnet.net sapo.pt \
        clix.pt iol.pt netcabo.pt mail.telepac.pt portugalmail.pt
        """,
        // Netherlands, Nordic countries
        """
        ziggo.nl kpnmail.nl kpnplanet.nl planet.nl hetnet.nl home.nl upcmail.nl chello.nl casema.nl quicknet.nl xs4all.nl \
        tele2.nl online.nl solcon.nl zonnet.nl telia.com telia.se spray.se bredband.net comhem.se tele2.se swipnet.se \
        passagen.se online.no broadpark.no getmail.no frisurf.no start.no mail.dk tdcadsl.dk stofanet.dk jubii.dk \
        ofir.dk webspeed.dk luukku.com suomi24.fi kolumbus.fi elisanet.fi netti.fi pp.inet.fi welho.com simnet.is
        """,
        // Central and eastern Europe
        """
        seznam.cz email.cz post.cz centrum.cz atlas.cz volny.cz azet.sk zoznam.sk centrum.sk post.sk wp.pl o2.pl tlen.pl \
        onet.pl onet.eu op.pl poczta.onet.pl vp.pl autograf.pl interia.pl interia.eu poczta.fm gazeta.pl go2.pl freemail.hu \
        citromail.hu indamail.hu t-online.hu vipmail.hu abv.bg mail.bg dir.bg net.hr inet.hr siol.net t-2.net email.si \
        inbox.lv inbox.lt inbox.eu apollo.lv one.lv mail.ee hot.ee online.ee delfi.lt takas.lt mail.ru bk.ru list.ru \
        inbox.ru internet.ru rambler.ru lenta.ru ro.ru autorambler.ru ya.ru narod.ru ukr.net i.ua meta.ua bigmir.net \
        email.ua tut.by otenet.gr hol.gr forthnet.gr in.gr mynet.com superonline.com
        """,
        // North America
        """
        comcast.net att.net sbcglobal.net bellsouth.net ameritech.net pacbell.net swbell.net cox.net charter.net \
        spectrum.net roadrunner.com rr.com twc.com earthlink.net mindspring.com optonline.net optimum.net juno.com \
        netzero.net netzero.com frontier.com frontiernet.net windstream.net centurylink.net q.com embarqmail.com \
        suddenlink.net cableone.net rcn.com peoplepc.com excite.com lycos.com usa.net usa.com rogers.com bell.net \
        sympatico.ca shaw.ca telus.net videotron.ca cogeco.ca eastlink.ca nb.sympatico.ca mts.net sasktel.net
        """,
        // Latin America
        """
        uol.com.br bol.com.br terra.com.br ig.com.br globo.com globomail.com r7.com zipmail.com.br oi.com.br \
        prodigy.net.mx infinitum.com.mx fibertel.com.ar arnet.com.ar speedy.com.ar ciudad.com.ar une.net.co vtr.net \
        adinet.com.uy cantv.net
        """,
        // Asia, Australia, Africa
        """
        qq.com vip.qq.com foxmail.com 163.com 126.com yeah.net 188.com vip.163.com sina.com sina.cn vip.sina.com sohu.com \
        tom.com 21cn.com 139.com 189.cn wo.cn aliyun.com naver.com hanmail.net daum.net nate.com kakao.com docomo.ne.jp \
        ezweb.ne.jp au.com softbank.ne.jp i.softbank.jp nifty.com biglobe.ne.jp so-net.ne.jp ocn.ne.jp excite.co.jp \
        goo.jp infoseek.jp rediffmail.com rediff.com sify.com indiatimes.com in.com hinet.net pchome.com.tw seed.net.tw \
        netvigator.com singnet.com.sg starhub.net.sg streamyx.com tm.net.my bigpond.com bigpond.net.au optusnet.com.au \
        optusnet.com iinet.net.au tpg.com.au internode.on.net westnet.com.au dodo.com.au xtra.co.nz slingshot.co.nz \
        clear.net.nz orcon.net.nz mweb.co.za telkomsa.net vodamail.co.za webmail.co.za iafrica.com walla.com walla.co.il \
        netvision.net.il 012.net.il bezeqint.net zahav.net.il menara.ma topnet.tn gnet.tn planet.tn
        """,
        // Providers without a country
        """
        proton.me protonmail.com protonmail.ch pm.me tutanota.com tutanota.de tutamail.com tuta.io tuta.com keemail.me \
        fastmail.com fastmail.fm fastmail.net fastmail.de fastmail.us fastmail.co.uk messagingengine.com sent.com \
        hushmail.com hush.com hush.ai mac.hush.com countermail.com runbox.com startmail.com mailfence.com disroot.org \
        riseup.net autistici.org inventati.org posteo.pm kolabnow.com zoho.com zohomail.com zoho.eu zohomail.eu \
        zoho.in zohomail.in mail.com email.com usa.com myself.com consultant.com europe.com post.com dr.com \
        engineer.com iname.com cheerful.com inbox.com hey.com duck.com skiff.com thexyz.net mailinator.com \
        guerrillamail.com yopmail.com yopmail.fr 10minutemail.com trashmail.com tempmail.com sharklasers.com \
        simplelogin.com anonaddy.com anonaddy.me mozmail.com privaterelay.appleid.com gmx.com
        """,
    ]
}
