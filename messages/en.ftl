### English. Every key of the engine stands here; other languages have the same keys.
###
### How a language is added is told in docs/reference/languages.md. Each sentence is a message; what is filled in stands in
### braces. `$remedy`, `$to`, `$role` and other names come in every form that this file has for such names: `$remedy-one`
### is the attribute `.one` of `remedy-refund`, and of `remedy-other-names` where the name is one of the shop's own.

## Days, amounts, lists and lengths

# $month
month-name = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
# $day, $month; $day2 and $month2 have two digits.
month-day = { $day } { month-name }
# $day, $month, $year; $day2 and $month2 have two digits.
date = { $day } { month-name } { $year }
time = { $hour }:{ $minute }
decimal = .
group = { "" }
minus = -
# $amount has the separators above; $code is that of ISO 4217.
money = { $minus }{ $amount } { $code }
# $amount
percent = { $minus }{ $amount } %
list-and = { $before } and { $last }
list-or = { $before } or { $last }
list-more = { $before }, { $last }
# $count; $rest is what it has above its hundreds: 19 of 119
length-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
# $count; $rest is what it has above its hundreds: 19 of 119
length-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
# $count; $rest is what it has above its hundreds: 19 of 119
length-business-days = { $count ->
    [one] { $count } business day
   *[other] { $count } business days
}
# $count; $rest is what it has above its hundreds: 19 of 119
length-weeks = { $count ->
    [one] { $count } week
   *[other] { $count } weeks
}
# $count; $rest is what it has above its hundreds: 19 of 119
length-months = { $count ->
    [one] { $count } month
   *[other] { $count } months
}
# $count; $rest is what it has above its hundreds: 19 of 119
length-years = { $count ->
    [one] { $count } year
   *[other] { $count } years
}
# Business days of a calendar of that name.
length-of = { $length } ({ $calendar })
# $event is the name of a fact.
length-after = { $length } after { $event }

## Names

remedy-refund = refund
    .one = a refund
    .One = A refund
    .yours = your refund
    .Yours = Your refund
remedy-store-credit = store credit
    .one = store credit
    .One = Store credit
    .yours = your store credit
    .Yours = Your store credit
remedy-exchange = exchange
    .one = an exchange
    .One = An exchange
    .yours = your exchange
    .Yours = Your exchange
remedy-repair = repair
    .one = a repair
    .One = A repair
    .yours = your repair
    .Yours = Your repair
remedy-replacement = replacement
    .one = a replacement
    .One = A replacement
    .yours = your replacement
    .Yours = Your replacement
# Where nobody said which remedy is wanted.
remedy-return = return
    .one = a return
    .One = A return
    .yours = your return
    .Yours = Your return
# Names that stand in no file. $name; $Name begins with a capital.
remedy-other-names =
    .one = { $name }
    .One = { $Name }
    .yours = your { $name }
    .Yours = Your { $name }

tender-cash = cash
tender-check = check
tender-credit = credit
tender-debit = debit
tender-gift-card = gift card
tender-store-credit = store credit
tender-voucher = voucher
tender-paypal = paypal
tender-wallet = wallet
tender-financing = financing
# $name, $Name
tender-other-names =
    .by = by { $name }

role-clerk = clerk
role-supervisor = supervisor
role-manager = manager
role-director = director
role-customer = customer
role-buyer = buyer
role-recipient = recipient
# $name, $Name
role-other-names =
    .the = the { $name }

reason-changed-mind = changed mind
reason-defective = defective
reason-damaged = damaged
reason-wrong-item = wrong item
reason-wrong-size = wrong size
reason-missing-parts = missing parts
reason-late-delivery = late delivery
reason-unwanted-gift = unwanted gift
reason-other = other
condition-sealed = sealed
condition-opened = opened
condition-used = used
condition-damaged = damaged
proof-receipt = receipt
proof-e-receipt = e-receipt
proof-look-up = look-up
proof-gift-receipt = gift receipt
proof-packing-slip = packing slip
proof-none = none
channel-store = store
channel-online = online
channel-phone = phone
channel-door = door
by-buyer = buyer
by-recipient = recipient
by-other = other
yes = yes
no = no

fact-channel = channel
fact-visit--by = visit.by
fact-visit--store = visit.store
fact-visit--country = visit.country
fact-visit--state = visit.state
fact-visit--labels = visit.labels
fact-clerk--role = clerk.role
fact-refund_to--tender = refund_to.tender
fact-refund_to--id = refund_to.id
fact-pay_with--tender = pay_with.tender
fact-pay_with--id = pay_with.id
fact-requested = requested
fact-sale--channel = sale.channel
fact-sale--store = sale.store
fact-sale--country = sale.country
fact-sale--state = sale.state
fact-sale--seller = sale.seller
fact-sale--tax_exempt = sale.tax_exempt
fact-sale--whole = sale.whole
fact-sale--total = sale.total
fact-sold = sold
fact-ordered = ordered
fact-invoiced = invoiced
fact-shipped = shipped
fact-received = received
fact-installed = installed
fact-activated = activated
fact-item--sku = item.sku
fact-item--product = item.product
fact-item--brand = item.brand
fact-item--price = item.price
fact-item--list_price = item.list_price
fact-item--current_price = item.current_price
fact-item--quantity = item.quantity
fact-item--final_sale = item.final_sale
fact-item--has_sale = item.has_sale
fact-condition = condition
fact-reason = reason
fact-proof = proof
fact-wants = wants
fact-new--sku = new.sku
fact-new--product = new.product
fact-new--price = new.price
fact-new--available = new.available
fact-new--given = new.given
fact-item--refund = item.refund
fact-visit--refund = visit.refund
fact-visit--credit = visit.credit
fact-visit--to_pay = visit.to_pay
fact-visit--uncovered = visit.uncovered
fact-tender = tender
fact-tender--id = tender.id
fact-tender--amount = tender.amount
fact-tender--paid = tender.paid
# Whether somebody of this role, or above it, is there.
fact-on-duty = { $role } on duty

asked-parcels = when each of the other goods was received
asked-categories = the categories of the goods
asked-current-price = today's price
asked-list-price = the list price
asked-lowest-price = the lowest price in { $length }
asked-balance = the balance of what is paid with
asked-history-customer = what has come back before, by customer
asked-history-household = what has come back before, by household
asked-history-clerk = what has come back before, by clerk
asked-history-item = what has come back before, by item
asked-more = a little more

# Where the policy and the law differ.
value-not-offered = not offered
value-offered = offered
value-expired = expired
value-stopped = stopped
value-unsettled = unsettled
value-gap = gap
value-unknown = unknown
value-no-limit = no limit
value-granted = granted
value-no-day = no day
value-in-full = in full
value-on-what-is-refunded = on what is refunded
value-not-returned = not returned
value-returned = returned
value-returned-up-to-the-cheapest = returned up to the cheapest
value-returned-with-the-last-item = returned with the last item
value-in-proportion = in proportion
value-clawed-back = clawed back
value-void = void
value-original-tender = original tender
value-tender-asked-for = tender asked for

## The clerk's page: parts

page-visit = The visit
page-money = Money
page-paid-out = To pay out
page-say = Say
page-instead = Instead
page-by-law = By law
page-to-decide = To decide
page-to-verify = To verify
page-to-fill-in = To fill in
page-to-ask = To ask

## The clerk's page: what comes of it

outcome-accept = Accepted.
outcome-accept-money = Accepted: { $money }.
outcome-pending = Accepted, once verified.
outcome-pending-money = Accepted, once verified: { $money }.
outcome-refer = To be decided by somebody else.
outcome-decline = Declined.
outcome-undetermined = Not decided yet: something has to be asked.
money-to-customer = { $amount } to the customer
money-to-pay = the customer pays { $amount }

# Lines differ; the visit has the worst outcome of its lines.
outcome-by-line-accept = Decided line by line; the visit as a whole is accepted.
outcome-by-line-pending = Decided line by line; the visit as a whole is accepted, once verified.
outcome-by-line-refer = Decided line by line; the visit as a whole is to be decided by somebody else.
outcome-by-line-decline = Decided line by line; the visit as a whole is declined.
outcome-by-line-undetermined = Decided line by line; the visit as a whole is not decided yet.

# $goods, and $remedy, which stands in every form.
line-accept = { $goods }: { $remedy } accepted
line-pending = { $goods }: { $remedy } accepted, once verified
line-refer = { $goods }: { $remedy } to be decided by somebody else
line-decline = { $goods }: { $remedy } declined
line-undetermined = { $goods }: { $remedy } not decided yet
line-accept-unsaid = { $goods }: accepted
line-pending-unsaid = { $goods }: accepted, once verified
line-refer-unsaid = { $goods }: to be decided by somebody else
line-decline-unsaid = { $goods }: declined
line-undetermined-unsaid = { $goods }: not decided yet
goods = { $quantity } × line { $line }
goods-named = { $quantity } × { $item } (line { $line })

## The clerk's page: money and days

part-goods = goods
part-reduction = not given back
part-fee = fee
part-deduction = deduction
part-tax = tax
part-included-tax = tax included above
part-reduction-named = not given back { $name }
part-fee-named = fee { $name }
part-deduction-named = deduction { $name }
part-tax-named = tax { $name }
part-included-tax-named = tax included above { $name }
part-tax-on = tax on { $name }
value = value
balance-refund = refund
balance-shipping = of which delivery
balance-credit = credit for exchanges
balance-new-goods = new goods
# $by is empty, or the clauses in brackets, with a space before them.
last-day = Last day: { $day }{ $by }.
last-moment = Until { $day }, { $time }{ $by }.
last-day-none = No last day{ $by }.
last-day-not-received = No last day yet: not all has been received{ $by }.
last-day-in-repair = No last day yet: the goods are in repair{ $by }.
by = { " " }({ $clauses })

# $more is empty, or the parts below.
payout = { $amount } to { $to }{ $more }{ $by }
payout-not-before = , not before { $day }
payout-due = , due { $day }
payout-within = , due within { $length }
payout-once-sent = , once the goods were sent
payout-once-received = , once the goods are back
payout-once-sent-or-received = , once the goods were sent or are back
payout-in-coins = , { $amount } in coins
payout-once-verified = , once verified
changed-by-law = { $what }: { $law } by law, { $policy } by the policy{ $by }
bound-window = window
bound-basis = basis
bound-tax = tax
bound-shipping = shipping
bound-discounts = discounts
bound-stop = stop
bound-pay = pay
bound-hold = hold
bound-due = due

## The clerk's page: why

why-accept = Accepted: { $remedy }{ $by }.
why-accept-plain = Accepted{ $by }.
why-verify = To be verified first: { $text }{ $by }.
why-verify-plain = To be verified first{ $by }.
why-refer = To be decided by somebody else: { $text }{ $by }.
why-refer-plain = To be decided by somebody else{ $by }.
why-missing-fact = Not known: { $name }{ $by }.
why-approved = Approved: { $text }{ $by }.
why-approved-plain = Approved{ $by }.
why-above-authority = To be approved by { $role }: it comes to { $amount }, and { $of } may approve up to { $limit }{ $by }.
why-above-authority-approved = To be approved by { $role }: it comes to { $amount }, and { $of } may approve up to { $limit }. The approval of { $approved } is not enough{ $by }.
why-verified = Verified by { $role }: { $text }{ $by }.
why-verified-plain = Verified by { $role }{ $by }.
why-verification-failed = Not as it should be, says { $role }: { $text }{ $by }.
why-verification-failed-plain = Not as it should be, says { $role }{ $by }.
why-not-offered = No { $remedy }: { $text }{ $by }.
why-not-offered-plain = No { $remedy }{ $by }.
why-expired = Too late for { $remedy }: the last day was { $day }{ $by }.
why-expired-undated = Too late for { $remedy }{ $by }.
why-others-offered = Possible instead: { $remedies }{ $by }.
why-stopped = Stopped: { $text }{ $by }.
why-stopped-plain = Stopped{ $by }.
why-conflict = The clauses disagree, and the policy does not say which of them holds{ $by }.
why-more-returned-than-bought = More units come back than were bought, earlier returns included{ $by }.
why-same-unit-twice = The same serial number comes back twice{ $by }.
why-not-of-this-sale = The serial number is not one of those sold on the line{ $by }.
why-before-the-sale = The return is dated before the sale{ $by }.
why-gift-missing = The gift that came with the goods must come back with them{ $by }.
why-route-unknown = Clauses disagree on where the money goes, or the original tender is not known{ $by }.
why-held-back = Accepted by itself, but the lines of this policy go all together{ $by }.
why-too-many-unknown = More than six facts that matter are not known; `ask` lists them{ $by }.
gap-no-clause = No clause says whether this remedy is offered for such goods{ $by }.
gap-no-window = The remedy is accepted, but no clause says for how long{ $by }.
gap-no-start = The window has a length, but no clause says from which event it counts{ $by }.
gap-no-basis = The remedy is accepted, but no clause says from which price its amount starts{ $by }.
gap-no-date = The event that starts the window has no date, and the policy refers such cases{ $by }.
gap-no-moment = The window is in hours, but its event is known by the day only{ $by }.
gap-calendar = A day to count lies outside the years whose holidays are known, or a date outside all calendars{ $by }.
gap-promotion = The goods were part of a promotion the policy says nothing about, or of several that overlap{ $by }.
gap-overflow = An amount is too large to be computed exactly{ $by }.
gap-no-version = No version of the policy was in force on that day{ $by }.
gap-no-route = Money is to be paid out, but no clause says where it goes{ $by }.
gap-no-tender = Money is to go to the original tender, and none is known that could take it{ $by }.
final = This is final.
lifted-by = To be allowed by: { $roles }.

## The clerk's page: who, what to fill in, what to ask

# $role; the variants say more of it.
referral = { $role }{ $by }
referral-text = { $role }: { $text }{ $by }
referral-within = { $role }, within { $length }{ $by }
referral-within-text = { $role }, within { $length }: { $text }{ $by }
referral-due = { $role }, within { $length }, by { $day }{ $by }
referral-due-text = { $role }, within { $length }, by { $day }: { $text }{ $by }
# $referral is one of these.
must-be-granted = { $referral }. It must be granted in the end: the customer has a right to it.
# $of, $needed and $purpose are empty, or one of the parts below.
field = { $form }: { $field }{ $of }{ $needed }{ $purpose }
field-signed = , signed by { $role }
field-one-of = , one of { $options }
field-optional = , optional
field-may-be-needed = , may be needed
field-purpose = { " " }({ $text })
ask = { $name }
ask-answers = { $name }: { $answers }
ask-in-words = { $text } ({ $name })
ask-answers-in-words = { $text } ({ $name }: { $answers })
answers = { $before } / { $last }
about-line = { $text } [line { $line }]
about-sale = { $text } [sale { $sale }]
about-tender = { $text } [sale { $sale }, { $tender } { $id }]

## What the customer hears: calm, nobody's fault, and what happens next

say-accepted = { $remedy-Yours } is accepted: { $value }.
say-accepted-goods = { $remedy-Yours } is accepted. What you bring back counts for { $value }.
say-accepted-service = { $remedy-Yours } is accepted.
# Follow the sentence before; $name is a fee or deduction.
say-kept = { $amount } of the price stays with us ({ $name }).
say-kept-tax = { $amount } of the price stays with us (tax on { $name }).
say-kept-unnamed = { $amount } of the price is not given back under our terms.
say-terms-met = As far as I can see, the terms for { $remedy-one } are met.
say-approved = This has been looked at and approved for you.
say-verify = Before we finish, the { $role } looks at one thing. Then { $remedy-yours } goes through.
say-verify-by = Before we finish, the { $role } looks at one thing, by { $day } at the latest. Then { $remedy-yours } goes through.
say-verify-within = Before we finish, the { $role } looks at one thing, within { $length }. Then { $remedy-yours } goes through.
say-verified = The { $role } has looked at it, and all is well.
say-verification-failed = The { $role } has looked at it and found it different from what we expected. Here is what happens next.
say-not-offered = I am sorry, our terms do not include { $remedy-one } for this.
say-not-offered-text = I am sorry, we cannot do { $remedy-one } for this. Our terms say: "{ $text }"
say-expired = The last day for { $remedy-one } of this was { $day }. I am sorry that it has passed.
say-expired-undated = The time for { $remedy-one } of this is over. I am sorry that it has passed.
say-others-offered = What we can do instead: { $remedies-one }.
say-stopped = I am sorry, we cannot complete this return today.
say-stopped-until = I am sorry, we cannot complete this return today. From { $day } on you are welcome to ask again.
say-referred = For a return like this one the { $role } decides. I am calling the { $role } now, and you will hear from us what was decided and why.
say-referred-owed = You have a right to this by law. The { $role } settles how it is done: I am calling the { $role } now, and we will tell you the next step.
say-left-open = Our terms do not settle this case by themselves, so the { $role } decides. I am calling the { $role } now, and you will hear from us what was decided and why.
say-route = The { $role } settles with us how the money gets back to you. I am calling the { $role } now; you lose nothing by it.
say-count-differs = The receipt and our records show a smaller number than we have here. Let us look at them together: some may belong to another purchase.
say-number-known = The serial number of this is in our records already. That can be a slip of ours: let us compare it with the receipt.
say-number-differs = The serial number here and the one on the receipt are not the same. It may belong to another purchase: with that receipt we can look again.
say-dates-differ = The dates we have for this purchase do not fit together. I check them, and then we look again.
say-gift-missing = A gift came with this purchase. Once you bring it along, we can go on.
say-together = We settle everything of this visit together, so this waits until the rest is clear.
say-question = I have one question before I can answer.
say-question-in-words = I have one question before I can answer: { $question }
say-look-up = There is one thing I have to look up before I can answer.
say-questions = I need to know a little more before I can answer.
say-paid = You get { $amount } back { $to-by } today.
say-paid-once-verified = Once that is done, you get { $amount } back { $to-by }.
say-paid-once-verified-from = Once that is done, you get { $amount } back { $to-by }, from { $day } on.
say-paid-on = You get { $amount } back { $to-by } on { $day }.
say-paid-by = You get { $amount } back { $to-by }, on { $day } at the latest.
say-paid-between = You get { $amount } back { $to-by }, between { $day } and { $last }.
say-paid-from = You get { $amount } back { $to-by }, from { $day } on.
say-paid-within = You get { $amount } back { $to-by }, within { $length }.
say-paid-once-sent = You get { $amount } back { $to-by } once you show that you sent the goods.
say-paid-once-received = You get { $amount } back { $to-by } once the goods are back.
say-paid-once-sent-or-received = You get { $amount } back { $to-by } once the goods are back, or you show that you sent them.
say-delivery = { $amount } of what you paid for delivery comes back too.
say-to-pay = That leaves { $amount } to pay.
say-by-law = You have a right to this by law.
say-by-law-fee = The law limits what we may keep ({ $name }), and we follow it.
say-by-law-window = By law you have longer for this than our own terms say.
say-by-law-tax = The law says how the tax comes back, and we follow it.
say-by-law-shipping = The law says how delivery comes back, and we follow it.
say-by-law-discounts = The law says how the discount counts, and we follow it.
say-by-law-basis = The law says from which price your refund is worked out, and we follow it.
say-by-law-pay = The law says which way the money comes back to you, and we follow it.
say-by-law-sooner = By law you have the money sooner than our own terms say.
say-by-law-kept = The law limits what we may keep of your ID, and we follow it.
say-possible = { $remedy-One } is possible.
say-possible-value = { $remedy-One } is possible: { $value }.
say-possible-tenders = { $remedy-One } is possible, by { $tenders }.
say-possible-value-tenders = { $remedy-One } is possible: { $value }, by { $tenders }.
# Follows one of these.
say-possible-last = The last day for it is { $day }.
say-sure = { $remedy-One } is possible.
say-sure-once = { $remedy-One } is possible once we know { $missing }.
say-maybe = { $remedy-One } may be possible.
say-maybe-once = { $remedy-One } may be possible once we know { $missing }.
# Follow one of these.
say-question-first = One question first: { $questions }
say-questions-first = A few questions first: { $questions }
say-later = The same return can be looked at again from { $day } on.
say-approval = If you like, I ask { $roles-the } whether we can make an exception.

## A finished form

paper-kept-until = kept until { $day }
paper-hash-until = a hash of it is kept until { $day }
paper-not-kept = not kept
paper-by = by { $name }
paper-given = given
paper-deleted = deleted
paper-photo = photo { $name }
paper-signed = { $name }, signed on the screen: { $picture }
paper-finished = Finished on { $day }
