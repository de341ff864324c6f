extension Scenario {
    static let japanese: [Scenario] = [
        Scenario(
            .japanese, ["{product}のお見積もりについて", "見積もりのお願い（{product}）"],
            [
                .customer(
                    """
                    いつもお世話になっております。

                    新しい研究棟のため、{product}を{quantity}台購入する予定です。お手数ですが、納期を含めたお見積もりを{day}までにお送りいただけますでしょうか。
                    """),
                .supplier(
                    """
                    お問い合わせいただき、誠にありがとうございます。見積書（{ref}）を添付いたします。

                    - {product} {quantity}台 {amount}
                    - 校正証明書 付属
                    - 納期 約{weeks}週間

                    ご不明な点がございましたら、お気軽にお知らせください。
                    """, .offer),
                .customer("早速のご対応ありがとうございます。社内で検討し、来週ご連絡いたします。"),
                .customer("承認が下りましたので、注文書{order}をお送りします。どうぞよろしくお願いいたします。"),
            ]),
        Scenario(
            .japanese, ["校正のご案内", "{month}の校正について"],
            [
                .supplier("いつもお世話になっております。ご使用中の{product}の校正期限が{month}に切れます。{day}に技術者がお伺いできますが、ご都合はいかがでしょうか。"),
                .customer("ご連絡ありがとうございます。{day}で問題ございません。当日は受付で田中をお呼びください。"),
                .supplier("校正証明書を添付いたします。すべて許容範囲内でした。今後ともよろしくお願い申し上げます。", .certificate),
            ]),
    ]
}
