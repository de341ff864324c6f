extension Scenario {
    static let english = englishSales + englishService

    private static let englishSales: [Scenario] = [
        Scenario(
            .english, ["Quotation for {quantity} × {product}", "Request for a quotation: {product}"],
            [
                .customer(
                    """
                    We are renewing the measuring points on our second line and would like a quotation for {quantity} units of the {product}, including mounting kits and a calibration certificate for each.

                    Could you also say what the delivery time would be? The line stands still in the week of {day2}, so that would be the moment to install them.
                    """),
                .supplier(
                    """
                    Thank you for your enquiry. Our offer {ref} is attached. In short:

                    Position | Quantity | Total
                    {product} | {quantity} | {amount}
                    Mounting kit, stainless steel | {quantity} | included
                    Calibration certificate | {quantity} | included

                    Delivery is {weeks} weeks from the order, so an order by {day} would reach you comfortably before the shutdown. The prices hold for 60 days.
                    """, .offer),
                .customer(
                    """
                    Thanks, that was quick. Two questions from our engineers before I can take this further:

                    - Does the transmitter speak HART, or only 4–20 mA?
                    - Can the sensors be exchanged without emptying the pipe?

                    And is there any room on the price if we take the spare parts package as well?
                    """),
                .supplier(
                    """
                    Both yes: HART 7 is standard, and the retractable fitting in position 2 lets you exchange a sensor under pressure up to 6 bar.

                    With the spare parts package I can go to {amount2} for the lot. I have attached the revised offer.
                    """, .offer, .datasheet),
                .customer(
                    """
                    Approved on our side. You will find our order {order} in your system this afternoon. Please confirm the delivery date once you have it.
                    """),
                .supplier(
                    "Order {order} received, thank you very much. We ship on {day}; you will get the tracking number the same day."
                ),
            ]),
        Scenario(
            .english, ["Visit on {day}", "Meeting at your site, {day}?", "Catching up in {month}"],
            [
                .supplier(
                    """
                    I will be in your area next week and would like to see how the {product} is doing since we installed it. Would {day} suit you, some time after ten?

                    I would bring a colleague from our application lab. She has worked on the fouling problem that you described and has an idea or two.
                    """),
                .customer(
                    "{day} is fine, but I am in a production meeting until eleven. Shall we say 11:15 at the main gate? You will need safety shoes."
                ),
                .supplier("11:15 it is. Two of us, shoes included. See you then!"),
            ]),
        Scenario(
            .english, ["Framework agreement {year}: next steps", "Framework agreement – draft for review"],
            [
                .supplier(
                    """
                    As agreed on the phone, here is the draft of the framework agreement. What has changed since last year:

                    - the discount is now {percent} % on all instruments and 10 % on spare parts
                    - response time for service calls is two working days at all your sites
                    - prices are fixed for twelve months

                    I would be glad to have your legal department's remarks by {day}.
                    """, .contract),
                .customer(
                    """
                    Thank you. Legal have come back with three remarks, none of them dramatic:

                    - clause 7: liability is to be capped at the yearly volume, not at the single order
                    - clause 11: we would need 90 days' notice instead of 30
                    - annex B: the site in {city} is missing

                    With those changed, we can sign in {month}.
                    """),
                .supplier(
                    "All three are fine with us. A clean version is attached. Shall I send two signed copies by post, or do you sign electronically?",
                    .contract),
                .customer("Electronically, please. My colleague in procurement will send you the link."),
            ]),
        Scenario(
            .english, ["Trial of the {product}", "{product}: results of the trial"],
            [
                .customer(
                    """
                    We have now run the loan {product} for three weeks beside our laboratory method. The agreement is better than we had hoped: within {percent} % over the whole range, apart from the two days after the CIP failure.

                    The raw data are attached. Could you have somebody look at the drift on the second weekend? If that can be explained, I will recommend the purchase.
                    """, .measurements),
                .supplier(
                    """
                    Those are good results. Our lab has looked at the second weekend: the drift follows the water temperature exactly, which suggests that the compensation was still set to manual. A screenshot of the setting is in the report.

                    If you switch it to automatic and repeat the weekend, I am confident that it will be flat. Keep the loan unit until {day}, at no charge.
                    """, .report),
                .customer(
                    "You were right, it was on manual. Flat as a board since. I have put the purchase into next quarter's budget: {amount}, if the offer still stands?"
                ),
                .supplier("It stands. I will keep the price for you until the end of {month}."),
            ]),
        Scenario(
            .english, ["Introduction", "{firstThem}, meet our application engineer"],
            [
                .supplier(
                    """
                    I promised to put you in touch with someone who knows your kind of process better than I do. Our application engineer has set up more than thirty plants like yours, the last one in {city}.

                    I suggest a call of half an hour this week. What you could prepare is a sketch of the line and the range of values that you expect.
                    """),
                .customer(
                    """
                    Perfect, thank you. I have drawn something on a napkin that I will redo properly until {day}. Half past two would be good.
                    """),
            ]),
        Scenario(
            .english, ["Price list from 1 {month}", "Our new price list"],
            [
                .supplier(
                    """
                    After two years without a change we have to adjust our prices on 1 {month}. On average they rise by {percent} %; consumables stay where they are.

                    Orders that reach us before that date are served at the present prices. If you expect to need anything larger in the coming months, tell me now and I will reserve it.
                    """, .datasheet),
                .customer(
                    "I cannot say that I am delighted, but thank you for the early word. Please reserve {quantity} of the {product} for us at the old price; the order follows."
                ),
                .supplier("Reserved, valid until {day}."),
            ]),
        Scenario(
            .english, ["Minutes of our call", "Notes from today", "What we agreed"],
            [
                .supplier(
                    """
                    Thank you for your time this morning. What I noted:

                    - You extend the trial to the second tank and start on {day}.
                    - We send {quantity} additional sensors on loan, and collect them at the end of {month}.
                    - Your quality department checks whether the certificate covers the new range.
                    - Next call in two weeks, same time.

                    Please correct me if I have misunderstood anything.
                    """, .minutes),
                .customer(
                    "That is how I remember it. One addition: the sensors should be delivered to gate 3, not to the laboratory. Reception there closes at 15:30."
                ),
            ]),
        Scenario(
            .english, ["Security questionnaire for new suppliers", "Supplier onboarding: documents needed"],
            [
                .customer(
                    """
                    Before we can open an account for you, compliance needs the following:

                    - ISO 9001 certificate
                    - proof of insurance
                    - answers to the attached questionnaire
                    - bank details on letterhead

                    Our vendor number will be {ref} once everything is in.
                    """, .contract),
                .supplier(
                    """
                    Everything is attached. Question 14 (subcontractors) is answered with "none", as we make and calibrate everything ourselves.

                    As for the bank details: for safety we send those by post, and ask you to confirm them by calling the number that you already have. Please never accept a change of them by email.
                    """, .certificate, .contract),
                .customer(
                    "Complete, and thank you for the care with the bank details. I wish all our suppliers did that. The account will be open by {day}."
                ),
            ]),
        Scenario(
            .english, ["Reference visit", "Could you speak to another customer of ours?"],
            [
                .supplier(
                    """
                    A brewery in {city} is thinking about the {product} and would love to hear from someone who uses it every day. Would you be willing to talk to their head of quality for a quarter of an hour? There is nothing to prepare, and please say what you do not like, too.
                    """),
                .customer(
                    "Happy to. Give them my number; mornings before nine are best. I will mention the display, which is still too dark in sunlight."
                ),
                .supplier(
                    "Thank you! And noted about the display. The next revision has a brighter one, I will see that you get it."
                ),
            ]),
    ]

    private static let englishService: [Scenario] = [
        Scenario(
            .english, ["Calibration due: {quantity} instruments", "Annual calibration"],
            [
                .supplier(
                    """
                    The calibration certificates of {quantity} of your instruments expire in {month}. You can send them to us, or we come to you: our service van is in your region in the week of {day}.

                    On site the whole lot takes a day and costs {amount}, travel included.
                    """),
                .customer(
                    "On site, please, as we cannot spare them. {day} would be good. The list of serial numbers has not changed, except that {serial} has been scrapped."
                ),
                .supplier(
                    "Booked: {day}, arrival about 8:30. The technician will need a 230 V socket and access to the instruments for about 40 minutes each."
                ),
                .supplier(
                    "The certificates from our visit are attached, all passed. Instrument {serial} was at the edge of its tolerance; I would plan its replacement for next year.",
                    .certificate),
            ]),
        Scenario(
            .english, ["{product} shows error E{number}", "Urgent: {product} out of service"],
            [
                .customer(
                    """
                    Since last night our {product} (serial number {serial}) shows error E{number} and the reading is frozen at the last value. Restarting helps for about ten minutes.

                    We are measuring by hand every hour at the moment, so this is rather urgent.
                    """),
                .supplier(
                    """
                    I am sorry about that. E{number} nearly always means moisture in the connector. Could you please:

                    - switch the transmitter off,
                    - unscrew the M12 plug and look for corrosion,
                    - dry it, and put it back with the green seal (not the black one)?

                    A replacement leaves here today in any case, with the courier, so that you have it tomorrow before noon.
                    """),
                .customer(
                    "It was the seal: black instead of green, our own people's doing. It has been running for two hours now without an error. Please let the replacement come all the same, we will put it on the shelf."
                ),
                .supplier(
                    "Glad to hear it. Keep the replacement as a spare, on us. If it happens again, call me directly."),
            ]),
        Scenario(
            .english, ["Delivery of order {order}", "Where is order {order}?"],
            [
                .customer(
                    "Order {order} was promised for last week and nothing has arrived. The fitters are booked for {day}. Can you tell me where it is?"
                ),
                .supplier(
                    """
                    The consignment has been sitting at the carrier's depot since Monday because the delivery address had no gate number. I have just spoken to them: it goes out tomorrow morning, before ten.

                    I apologise. I will call you tomorrow at ten to make sure.
                    """),
                .customer("It came at 9:40, complete. Thank you for staying on it."),
            ]),
        Scenario(
            .english, ["Invoice {invoice}", "Question on invoice {invoice}"],
            [
                .customer(
                    """
                    Invoice {invoice} shows {quantity} units at list price, but we had agreed on the framework price. By my reckoning it should be {amount2} and not {amount}.

                    Could you send a corrected one? Payment is due on {day} and I would like to keep to that.
                    """, .invoice),
                .supplier(
                    "You are right, the discount was not applied. The corrected invoice is attached, and a credit note for the first one will follow. Please take the new date for the payment.",
                    .invoice),
                .customer("Thank you, booked. You should have the money by the end of the week."),
            ]),
        Scenario(
            .english, ["Return of a {product} ({serial})", "Warranty: {serial}"],
            [
                .customer(
                    "One of the {quantity} sensors that we received in {month} does not reach the stated response time: 45 seconds instead of 12. I suspect the membrane. May we send it back?"
                ),
                .supplier(
                    "Of course. Your return number is {ref}; please write it on the parcel. We look at it within three working days and send a new one if it is our fault, which it sounds like."
                ),
                .supplier(
                    """
                    Our workshop has examined {serial}. The membrane has a tiny fold from assembly; that is a defect of ours. A new sensor is on its way, and the report is attached for your files.
                    """, .report),
                .customer("Received and installed, 11 seconds. Thanks for the quick handling."),
            ]),
        Scenario(
            .english, ["Training for the night shift", "Operator training in {month}"],
            [
                .customer(
                    "We have six new operators on the night shift who have never cleaned or calibrated a probe. Do you offer training on site, and would you do it at ten in the evening?"
                ),
                .supplier(
                    """
                    We do, and for you also at ten in the evening. The course takes three hours and has no more than eight people, so that everybody gets their hands wet. The cost is {amount}, course material included.

                    I could offer {day} or {day2}.
                    """, .datasheet),
                .customer("{day2}, please. I will book the canteen."),
                .supplier("Confirmed. Please have two used probes ready that may be ruined."),
            ]),
        Scenario(
            .english, ["Firmware 4.{number} for your {product}", "New firmware available"],
            [
                .supplier(
                    """
                    Firmware 4.{number} is out. It mends the slow start after a power cut that you reported, and adds a log of the last 500 calibrations. The update takes five minutes and keeps all settings.

                    If you would rather not do it yourselves, we do it at the next calibration.
                    """),
                .customer(
                    "Updated two of them this morning without trouble. The log is useful. Could the export have the operator's name in it, too? Our auditors keep asking."
                ),
                .supplier("A good idea, and you are the third to ask. I have put it on the list for 4.{number2}."),
            ]),
        Scenario(
            .english, ["Thank you", "A word of thanks"],
            [
                .customer(
                    """
                    The audit is over, and the inspector had nothing to remark on the measuring equipment, for the first time in years. That is to a good part your technicians' work. Please pass our thanks on to them.
                    """),
                .supplier(
                    "That made the round in the workshop, and there will be cake. Thank you for writing it, people seldom do. On to the next audit!"
                ),
            ]),
        Scenario(
            .english, ["Installation drawings", "Drawings for the {site}"],
            [
                .customer(
                    "Could you send me the dimensioned drawings of the {product} with the wet fitting? Our contractor wants to weld the sockets at the {site} on {day} and has nothing to go by."
                ),
                .supplier(
                    "Attached as PDF. Please mind the distance to the bend: five diameters before and three after. If the contractor wants STEP files I can send those as well.",
                    .datasheet),
                .customer(
                    "PDF is enough. He asks whether the socket may be tilted by 15°, as there is a beam in the way."),
                .supplier("Up to 30° is fine, as long as the sensor does not point upwards."),
            ]),
    ]
}
