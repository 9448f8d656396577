### Croatian (hrvatski). Not reviewed by a native speaker yet; please correct it.
###
### Oblici imena: .gen genitiv, .acc akuzativ, .cap veliko slovo, .na »na karticu«.
### Datum završava točkom, pa rečenica iza njega nema druge.

## Dani, iznosi, nabrajanje i trajanje

month-name = { $month ->
    [1] siječnja
    [2] veljače
    [3] ožujka
    [4] travnja
    [5] svibnja
    [6] lipnja
    [7] srpnja
    [8] kolovoza
    [9] rujna
    [10] listopada
    [11] studenoga
   *[12] prosinca
}
month-day = { $day }. { month-name }
date = { $day }. { month-name } { $year }.
time = { $hour }:{ $minute }
decimal = ,
group = .
minus = −
money = { $minus }{ $amount }{ "\u00A0" }{ $code ->
    [EUR] €
   *[other] { $code }
}
percent = { $minus }{ $amount }{ "\u00A0" }%
list-and = { $before } i { $last }
list-or = { $before } ili { $last }
list-more = { $before }, { $last }
# .od: »u roku od 2 dana« (genitiv)
length-hours = { $count ->
    [one] { $count } sat
    [few] { $count } sata
   *[other] { $count } sati
}
    .od = { $count ->
        [one] { $count } sata
        [few] { $count } sata
       *[other] { $count } sati
    }
length-days = { $count ->
    [one] { $count } dan
   *[other] { $count } dana
}
    .od = { $count } dana
length-business-days = { $count ->
    [one] { $count } radni dan
    [few] { $count } radna dana
   *[other] { $count } radnih dana
}
    .od = { $count ->
        [one] { $count } radnog dana
        [few] { $count } radna dana
       *[other] { $count } radnih dana
    }
length-weeks = { $count ->
    [one] { $count } tjedan
    [few] { $count } tjedna
   *[other] { $count } tjedana
}
    .od = { $count ->
        [one] { $count } tjedna
        [few] { $count } tjedna
       *[other] { $count } tjedana
    }
length-months = { $count ->
    [one] { $count } mjesec
    [few] { $count } mjeseca
   *[other] { $count } mjeseci
}
    .od = { $count ->
        [one] { $count } mjeseca
        [few] { $count } mjeseca
       *[other] { $count } mjeseci
    }
length-years = { $count ->
    [one] { $count } godina
    [few] { $count } godine
   *[other] { $count } godina
}
    .od = { $count ->
        [one] { $count } godine
        [few] { $count } godine
       *[other] { $count } godina
    }
length-of = { $length } ({ $calendar })
length-after = { $length } od: { $event }

## Imena

remedy-refund = povrat novca
    .gen = povrata novca
    .acc = povrat novca
    .cap = Povrat novca
remedy-store-credit = bon trgovine
    .gen = bona trgovine
    .acc = bon trgovine
    .cap = Bon trgovine
remedy-exchange = zamjena
    .gen = zamjene
    .acc = zamjenu
    .cap = Zamjena
remedy-repair = popravak
    .gen = popravka
    .acc = popravak
    .cap = Popravak
remedy-replacement = novi proizvod
    .gen = novog proizvoda
    .acc = novi proizvod
    .cap = Novi proizvod
remedy-return = povrat robe
    .gen = povrata robe
    .acc = povrat robe
    .cap = Povrat robe
remedy-other-names =
    .gen = „{ $name }”
    .acc = „{ $name }”
    .cap = { $Name }

tender-cash = gotovina
    .na = u gotovini
tender-check = ček
    .na = čekom
tender-credit = kreditna kartica
    .na = na kreditnu karticu
tender-debit = debitna kartica
    .na = na debitnu karticu
tender-gift-card = poklon-kartica
    .na = na poklon-karticu
tender-store-credit = bon trgovine
    .na = kao bon trgovine
tender-voucher = vaučer
    .na = kao vaučer
tender-paypal = PayPal
    .na = putem PayPala
tender-wallet = digitalni novčanik
    .na = u digitalni novčanik
tender-financing = financiranje
    .na = na račun financiranja
tender-other-names =
    .na = putem: { $name }

role-clerk = prodavač
    .acc = prodavača
    .gen = prodavača
    .cap = Prodavač
role-supervisor = voditelj smjene
    .acc = voditelja smjene
    .gen = voditelja smjene
    .cap = Voditelj smjene
role-manager = poslovođa
    .acc = poslovođu
    .gen = poslovođe
    .cap = Poslovođa
role-director = direktor
    .acc = direktora
    .gen = direktora
    .cap = Direktor
role-customer = kupac
    .acc = kupca
    .gen = kupca
    .cap = Kupac
role-buyer = kupac
    .acc = kupca
    .gen = kupca
    .cap = Kupac
role-recipient = primatelj
    .acc = primatelja
    .gen = primatelja
    .cap = Primatelj
role-other-names =
    .acc = „{ $name }”
    .gen = „{ $name }”
    .cap = { $Name }

reason-changed-mind = predomišljanje
reason-defective = neispravno
reason-damaged = oštećeno
reason-wrong-item = pogrešan proizvod
reason-wrong-size = pogrešna veličina
reason-missing-parts = dijelovi nedostaju
reason-late-delivery = kasna dostava
reason-unwanted-gift = neželjeni dar
reason-other = drugo
condition-sealed = neotvoreno
condition-opened = otvoreno
condition-used = rabljeno
condition-damaged = oštećeno
proof-receipt = račun
proof-e-receipt = e-račun
proof-look-up = pronađeno u evidenciji
proof-gift-receipt = darovni račun
proof-packing-slip = otpremnica
proof-none = nema
channel-store = trgovina
channel-online = internet
channel-phone = telefon
channel-door = prodaja na kućnom pragu
by-buyer = kupac
by-recipient = primatelj
by-other = netko drugi
yes = da
no = ne

fact-channel = način povrata
fact-visit--by = tko vraća
fact-visit--store = trgovina povrata
fact-visit--country = država povrata
fact-visit--state = savezna država povrata
fact-visit--labels = broj naljepnica
fact-clerk--role = uloga prodavača
fact-refund_to--tender = sredstvo za povrat
fact-refund_to--id = oznaka sredstva za povrat
fact-pay_with--tender = sredstvo plaćanja
fact-pay_with--id = oznaka sredstva plaćanja
fact-requested = dan zahtjeva
fact-sale--channel = način kupnje
fact-sale--store = trgovina kupnje
fact-sale--country = država kupnje
fact-sale--state = savezna država kupnje
fact-sale--seller = prodavatelj
fact-sale--tax_exempt = oslobođeno poreza
fact-sale--whole = vraća se cijela kupnja
fact-sale--total = ukupno kupnja
fact-sold = dan kupnje
fact-ordered = dan narudžbe
fact-invoiced = dan računa
fact-shipped = dan slanja
fact-received = dan primitka
fact-installed = dan ugradnje
fact-activated = dan aktivacije
fact-item--sku = šifra proizvoda
fact-item--product = proizvod
fact-item--brand = marka
fact-item--price = cijena
fact-item--list_price = cijena po cjeniku
fact-item--current_price = današnja cijena
fact-item--quantity = količina
fact-item--final_sale = konačna prodaja
fact-item--has_sale = kupnja je poznata
fact-condition = stanje
fact-reason = razlog
fact-proof = dokaz o kupnji
fact-wants = želja kupca
fact-new--sku = šifra novog proizvoda
fact-new--product = novi proizvod
fact-new--price = cijena novog proizvoda
fact-new--available = novi proizvod na zalihi
fact-new--given = novi proizvod predan
fact-item--refund = povrat za proizvod
fact-visit--refund = povrat ukupno
fact-visit--credit = odobrenje ukupno
fact-visit--to_pay = nadoplata
fact-visit--uncovered = nepokriveni iznos
fact-tender = sredstvo plaćanja
fact-tender--id = oznaka sredstva plaćanja
fact-tender--amount = iznos sredstva plaćanja
fact-tender--paid = plaćeno tim sredstvom
fact-on-duty = prisutan: { $role }

asked-parcels = kada je primljena ostala roba
asked-categories = kategorije robe
asked-current-price = današnja cijena
asked-list-price = cijena po cjeniku
asked-lowest-price = najniža cijena unutar { $length-od }
asked-balance = stanje sredstva plaćanja
asked-history-customer = što je kupac već vraćao
asked-history-household = što je kućanstvo već vraćalo
asked-history-clerk = što je kod prodavača već vraćeno
asked-history-item = što je od proizvoda već vraćeno
asked-more = još ponešto

value-not-offered = nije ponuđeno
value-offered = ponuđeno
value-expired = rok je istekao
value-stopped = zaustavljeno
value-unsettled = nije razriješeno
value-gap = nije uređeno
value-unknown = nije poznato
value-no-limit = bez roka
value-granted = priznato
value-no-day = nijedan dan
value-in-full = u cijelosti
value-on-what-is-refunded = na ono što se vraća
value-not-returned = ne vraća se
value-returned = vraća se
value-returned-up-to-the-cheapest = vraća se do najjeftinije
value-returned-with-the-last-item = vraća se s posljednjim proizvodom
value-in-proportion = razmjerno
value-clawed-back = oduzeto
value-void = ništavo
value-original-tender = izvorno sredstvo plaćanja
value-tender-asked-for = traženo sredstvo plaćanja

## Stranica za prodavača: dijelovi

page-visit = Posjet
page-money = Novac
page-paid-out = Za isplatu
page-say = Recite
page-instead = Umjesto toga
page-by-law = Po zakonu
page-to-decide = Za odluku
page-to-verify = Za provjeru
page-to-fill-in = Za ispunjavanje
page-to-ask = Za pitanje

## Stranica za prodavača: što slijedi

outcome-accept = Prihvaćeno.
outcome-accept-money = Prihvaćeno: { $money }.
outcome-pending = Prihvaćeno nakon provjere.
outcome-pending-money = Prihvaćeno nakon provjere: { $money }.
outcome-refer = Odlučuje netko drugi.
outcome-decline = Odbijeno.
outcome-undetermined = Još nije odlučeno: nešto treba pitati.
money-to-customer = kupac dobiva { $amount }
money-to-pay = kupac plaća { $amount }
outcome-by-line-accept = Odlučeno po stavkama; posjet u cjelini je prihvaćen.
outcome-by-line-pending = Odlučeno po stavkama; posjet u cjelini je prihvaćen nakon provjere.
outcome-by-line-refer = Odlučeno po stavkama; o posjetu u cjelini odlučuje netko drugi.
outcome-by-line-decline = Odlučeno po stavkama; posjet u cjelini je odbijen.
outcome-by-line-undetermined = Odlučeno po stavkama; o posjetu u cjelini još nije odlučeno.
line-accept = { $goods }, { $remedy }: prihvaćeno
line-pending = { $goods }, { $remedy }: prihvaćeno nakon provjere
line-refer = { $goods }, { $remedy }: odlučuje netko drugi
line-decline = { $goods }, { $remedy }: odbijeno
line-undetermined = { $goods }, { $remedy }: još nije odlučeno
line-accept-unsaid = { $goods }: prihvaćeno
line-pending-unsaid = { $goods }: prihvaćeno nakon provjere
line-refer-unsaid = { $goods }: odlučuje netko drugi
line-decline-unsaid = { $goods }: odbijeno
line-undetermined-unsaid = { $goods }: još nije odlučeno
goods = { $quantity } × stavka { $line }
goods-named = { $quantity } × { $item } (stavka { $line })

## Stranica za prodavača: novac i dani

part-goods = roba
part-reduction = ne vraća se
part-fee = naknada
part-deduction = odbitak
part-tax = porez
part-included-tax = porez uključen gore
part-reduction-named = ne vraća se: { $name }
part-fee-named = naknada: { $name }
part-deduction-named = odbitak: { $name }
part-tax-named = porez { $name }
part-included-tax-named = porez uključen gore { $name }
part-tax-on = porez na: { $name }
value = vrijednost
balance-refund = povrat
balance-shipping = od toga dostava
balance-credit = odobrenje za zamjenu
balance-new-goods = nova roba
last-day = Posljednji dan: { $day }{ $by }
last-moment = Do { $day } u { $time }{ $by }.
last-day-none = Nema posljednjeg dana{ $by }.
last-day-not-received = Posljednjeg dana još nema: nije sve primljeno{ $by }.
last-day-in-repair = Posljednjeg dana još nema: roba je na popravku{ $by }.
by = { " " }({ $clauses })
payout = { $amount } – { $to }{ $more }{ $by }
payout-not-before = , ne prije { $day }
payout-due = , rok { $day }
payout-within = , u roku od { $length-od }
payout-once-sent = , čim se roba pošalje
payout-once-received = , čim roba stigne natrag
payout-once-sent-or-received = , čim se roba pošalje ili stigne natrag
payout-in-coins = , { $amount } u kovanicama
payout-once-verified = , nakon provjere
changed-by-law = { $what }: po zakonu { $law }, po pravilima { $policy }{ $by }
bound-window = rok
bound-basis = osnova
bound-tax = porez
bound-shipping = dostava
bound-discounts = popusti
bound-stop = zaustavljanje
bound-pay = način isplate
bound-hold = zadržavanje
bound-due = rok isplate

## Stranica za prodavača: zašto

why-accept = Prihvaćeno: { $remedy }{ $by }.
why-accept-plain = Prihvaćeno{ $by }.
why-verify = Prvo treba provjeriti: { $text }{ $by }.
why-verify-plain = Prvo treba provjeriti{ $by }.
why-refer = Odlučuje netko drugi: { $text }{ $by }.
why-refer-plain = Odlučuje netko drugi{ $by }.
why-missing-fact = Nije poznato: { $name }{ $by }.
why-approved = Odobreno: { $text }{ $by }.
why-approved-plain = Odobreno{ $by }.
why-above-authority = Odobriti mora { $role }: riječ je o { $amount }, a { $of } može odobriti do { $limit }{ $by }.
why-above-authority-approved = Odobriti mora { $role }: riječ je o { $amount }, a { $of } može odobriti do { $limit }. Odobrenje koje je dao { $approved } nije dovoljno{ $by }.
why-verified = Provjereno ({ $role }): { $text }{ $by }.
why-verified-plain = Provjereno ({ $role }){ $by }.
why-verification-failed = Nije kako treba biti ({ $role }): { $text }{ $by }.
why-verification-failed-plain = Nije kako treba biti ({ $role }){ $by }.
why-not-offered = Nema { $remedy-gen }: { $text }{ $by }.
why-not-offered-plain = Nema { $remedy-gen }{ $by }.
why-expired = Prekasno za { $remedy-acc }: posljednji dan bio je { $day }{ $by }
why-expired-undated = Prekasno za { $remedy-acc }{ $by }.
why-others-offered = Umjesto toga moguće: { $remedies }{ $by }.
why-stopped = Zaustavljeno: { $text }{ $by }.
why-stopped-plain = Zaustavljeno{ $by }.
why-conflict = Odredbe se ne slažu, a pravila ne kažu koja vrijedi{ $by }.
why-more-returned-than-bought = Vraća se više komada nego što je kupljeno, zajedno s ranijim povratima{ $by }.
why-same-unit-twice = Isti serijski broj vraća se dvaput{ $by }.
why-not-of-this-sale = Serijski broj nije među prodanima u toj stavci{ $by }.
why-before-the-sale = Povrat nosi datum prije kupnje{ $by }.
why-gift-missing = Dar koji je bio uz robu mora se vratiti s njom{ $by }.
why-route-unknown = Odredbe se ne slažu kamo ide novac ili izvorno sredstvo plaćanja nije poznato{ $by }.
why-held-back = Samo za sebe prihvaćeno, no po ovim pravilima stavke idu zajedno{ $by }.
why-too-many-unknown = Više od šest važnih podataka nije poznato; `ask` ih nabraja{ $by }.
gap-no-clause = Nijedna odredba ne kaže nudi li se to za takvu robu{ $by }.
gap-no-window = To je prihvaćeno, no nijedna odredba ne kaže koliko dugo{ $by }.
gap-no-start = Rok ima trajanje, no nijedna odredba ne kaže od kada teče{ $by }.
gap-no-basis = To je prihvaćeno, no nijedna odredba ne kaže od koje se cijene računa{ $by }.
gap-no-date = Događaj od kojeg teče rok nema datum, a takve slučajeve pravila prepuštaju čovjeku{ $by }.
gap-no-moment = Rok je u satima, a od događaja je poznat samo dan{ $by }.
gap-calendar = Dan je izvan godina čiji su blagdani poznati ili izvan svih kalendara{ $by }.
gap-promotion = Roba je bila dio akcije o kojoj pravila šute ili više njih koje se preklapaju{ $by }.
gap-overflow = Iznos je prevelik da bi se točno izračunao{ $by }.
gap-no-version = Toga dana nije vrijedila nijedna inačica pravila{ $by }.
gap-no-route = Novac treba isplatiti, no nijedna odredba ne kaže kamo{ $by }.
gap-no-tender = Novac ide na izvorno sredstvo plaćanja, a nije poznato nijedno koje bi ga primilo{ $by }.
final = To je konačno.
lifted-by = Može dopustiti: { $roles }.

## Stranica za prodavača: tko, što ispuniti, što pitati

referral = { $role }{ $by }
referral-text = { $role }: { $text }{ $by }
referral-within = { $role }, u roku od { $length-od }{ $by }
referral-within-text = { $role }, u roku od { $length-od }: { $text }{ $by }
referral-due = { $role }, u roku od { $length-od }, do { $day }{ $by }
referral-due-text = { $role }, u roku od { $length-od }, do { $day }: { $text }{ $by }
must-be-granted = { $referral }. Na kraju se mora priznati: kupac na to ima pravo.
field = { $form }: { $field }{ $of }{ $needed }{ $purpose }
field-signed = , potpisuje { $role }
field-one-of = , jedno od: { $options }
field-optional = , neobavezno
field-may-be-needed = , možda potrebno
field-purpose = { " " }({ $text })
ask = { $name }
ask-answers = { $name }: { $answers }
ask-in-words = { $text } ({ $name })
ask-answers-in-words = { $text } ({ $name }: { $answers })
answers = { $before } / { $last }
about-line = { $text } [stavka { $line }]
about-sale = { $text } [kupnja { $sale }]
about-tender = { $text } [kupnja { $sale }, { $tender } { $id }]

## Što kupac čuje: mirno, bez krivnje i što slijedi

say-accepted = Vaš zahtjev za { $remedy-acc } je prihvaćen: { $value }.
say-accepted-goods = Vaš zahtjev za { $remedy-acc } je prihvaćen. Ono što vraćate vrijedi { $value }.
say-accepted-service = Vaš zahtjev za { $remedy-acc } je prihvaćen.
say-kept = Od cijene zadržavamo { $amount } ({ $name }).
say-kept-tax = Od cijene zadržavamo { $amount } (porez na: { $name }).
say-kept-unnamed = Prema našim uvjetima { $amount } od cijene ne vraćamo.
say-terms-met = Koliko vidim, uvjeti za { $remedy-acc } su ispunjeni.
say-approved = To smo pregledali i odobrili vam.
say-verify = Prije nego što završimo, { $role } će nešto pogledati. Zatim uređujemo { $remedy-acc }.
say-verify-by = Prije nego što završimo, { $role } će nešto pogledati, najkasnije { $day } Zatim uređujemo { $remedy-acc }.
say-verify-within = Prije nego što završimo, { $role } će nešto pogledati, u roku od { $length-od }. Zatim uređujemo { $remedy-acc }.
say-verified = { $role-cap } je pogledao i sve je u redu.
say-verification-failed = { $role-cap } je pogledao i drukčije je nego što smo očekivali. Sada ću vam reći što slijedi.
say-not-offered = Žao mi je, naši uvjeti za ovo ne obuhvaćaju { $remedy-acc }.
say-not-offered-text = Žao mi je, za ovo ne možemo ponuditi { $remedy-acc }. U našim uvjetima piše: „{ $text }”
say-expired = Posljednji dan za { $remedy-acc } bio je { $day } Žao mi je što je prošao.
say-expired-undated = Vrijeme za { $remedy-acc } je isteklo. Žao mi je zbog toga.
say-others-offered = Umjesto toga možemo ponuditi: { $remedies-acc }.
say-stopped = Žao mi je, ovaj povrat danas ne možemo dovršiti.
say-stopped-until = Žao mi je, ovaj povrat danas ne možemo dovršiti. Od { $day } slobodno nas pitajte ponovno.
say-referred = O ovakvom povratu odlučuje { $role }. Sada zovem { $role-acc } i javit ćemo vam što je odlučeno i zašto.
say-referred-owed = Na to po zakonu imate pravo. Kako se to provodi, uređuje { $role }: sada zovem { $role-acc } i reći ćemo vam sljedeći korak.
say-left-open = Naši uvjeti sami ne rješavaju ovaj slučaj, pa odlučuje { $role }. Sada zovem { $role-acc } i javit ćemo vam što je odlučeno i zašto.
say-route = { $role-cap } s nama uređuje kako novac dolazi do vas. Sada zovem { $role-acc }; time ništa ne gubite.
say-count-differs = Račun i naša evidencija pokazuju manje komada nego što ih je ovdje. Pogledajmo zajedno: neki su možda iz druge kupnje.
say-number-known = Ovaj je serijski broj već u našoj evidenciji. To može biti naša pogreška: usporedimo ga s računom.
say-number-differs = Serijski broj ovdje i onaj na računu nisu isti. Možda je riječ o drugoj kupnji: s tim računom možemo ponovno pogledati.
say-dates-differ = Datumi koje imamo za ovu kupnju ne slažu se. Provjeravam ih pa ćemo ponovno pogledati.
say-gift-missing = Uz ovu kupnju išao je dar. Kada ga donesete, možemo nastaviti.
say-together = Sve iz ovog posjeta rješavamo zajedno, pa ovo čeka dok i ostalo ne bude jasno.
say-question = Prije odgovora imam jedno pitanje.
say-question-in-words = Prije odgovora imam jedno pitanje: { $question }
say-look-up = Prije odgovora moram nešto provjeriti.
say-questions = Prije odgovora trebam još nekoliko podataka.
say-paid = Danas vam vraćamo { $amount } { $to-na }.
say-paid-once-verified = Kada to bude gotovo, vraćamo vam { $amount } { $to-na }.
say-paid-once-verified-from = Kada to bude gotovo, vraćamo vam { $amount } { $to-na }, i to od { $day }
say-paid-on = Vraćamo vam { $amount } { $to-na }, i to { $day }
say-paid-by = Vraćamo vam { $amount } { $to-na }, najkasnije { $day }
say-paid-between = Vraćamo vam { $amount } { $to-na }, između { $day } i { $last }
say-paid-from = Vraćamo vam { $amount } { $to-na }, od { $day }
say-paid-within = Vraćamo vam { $amount } { $to-na }, u roku od { $length-od }.
say-paid-once-sent = Vraćamo vam { $amount } { $to-na } čim pokažete da ste robu poslali.
say-paid-once-received = Vraćamo vam { $amount } { $to-na } čim roba stigne natrag.
say-paid-once-sent-or-received = Vraćamo vam { $amount } { $to-na } čim roba stigne natrag ili pokažete da ste je poslali.
say-delivery = Vraćamo vam i { $amount } od plaćene dostave.
say-to-pay = Za nadoplatu ostaje { $amount }.
say-by-law = Na to po zakonu imate pravo.
say-by-law-fee = Zakon ograničava koliko smijemo zadržati ({ $name }) i toga se držimo.
say-by-law-window = Po zakonu za to imate više vremena nego što kažu naši uvjeti.
say-by-law-tax = Zakon kaže kako se vraća porez i toga se držimo.
say-by-law-shipping = Zakon kaže kako se vraća dostava i toga se držimo.
say-by-law-discounts = Zakon kaže kako se računa popust i toga se držimo.
say-by-law-basis = Zakon kaže od koje se cijene računa vaš povrat i toga se držimo.
say-by-law-pay = Zakon kaže kojim vam se putem novac vraća i toga se držimo.
say-by-law-sooner = Po zakonu novac dobivate prije nego što kažu naši uvjeti.
say-by-law-kept = Zakon ograničava što smijemo čuvati od vaše osobne isprave i toga se držimo.
say-possible = Moguće je: { $remedy }.
say-possible-value = Moguće je: { $remedy }, { $value }.
say-possible-tenders = Moguće je: { $remedy } ({ $tenders-na }).
say-possible-value-tenders = Moguće je: { $remedy }, { $value } ({ $tenders-na }).
say-possible-last = Posljednji dan za to je { $day }
say-sure = Moguće je: { $remedy }.
say-sure-once = Moguće je: { $remedy }, kada doznamo: { $missing }.
say-maybe = Možda je moguće: { $remedy }.
say-maybe-once = Možda je moguće: { $remedy }, kada doznamo: { $missing }.
say-question-first = Prvo jedno pitanje: { $questions }
say-questions-first = Prvo nekoliko pitanja: { $questions }
say-later = Isti povrat možemo ponovno pogledati od { $day }
say-approval = Ako želite, pitat ću možemo li napraviti iznimku ({ $roles }).

## Ispunjeni obrazac

paper-kept-until = čuva se do { $day }
paper-hash-until = čuva se kao sažetak (hash) do { $day }
paper-not-kept = ne čuva se
paper-by = ispunio: { $name }
paper-given = navedeno
paper-deleted = izbrisano
paper-photo = fotografija { $name }
paper-signed = { $name }, potpisano na zaslonu: { $picture }
paper-finished = Dovršeno { $day }
