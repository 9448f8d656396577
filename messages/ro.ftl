### Romanian (română). Not reviewed by a native speaker yet; please correct it.
###
### Forme ale numelor: .o cu articol, .al „rambursarea dumneavoastră”, .pe „pe card”, .art articulat.

## Zile, sume, liste și durate

month-name = { $month ->
    [1] ianuarie
    [2] februarie
    [3] martie
    [4] aprilie
    [5] mai
    [6] iunie
    [7] iulie
    [8] august
    [9] septembrie
    [10] octombrie
    [11] noiembrie
   *[12] decembrie
}
month-day = { $day } { month-name }
date = { $day } { month-name } { $year }
time = { $hour }:{ $minute }
decimal = ,
group = .
minus = -
money = { $minus }{ $amount }{ "\u00A0" }{ $code }
percent = { $minus }{ $amount }{ "\u00A0" }%
list-and = { $before } și { $last }
list-or = { $before } sau { $last }
list-more = { $before }, { $last }
# De la 20 înainte „21 de zile”, dar „101 zile” și „119 zile”: după sute se numără din nou.
length-hours = { $count ->
    [one] { $count } oră
    [few] { $count } ore
   *[other] { $rest ->
        [0] { $count } de ore
        [one] { $count } ore
        [few] { $count } ore
       *[other] { $count } de ore
    }
}
length-days = { $count ->
    [one] { $count } zi
    [few] { $count } zile
   *[other] { $rest ->
        [0] { $count } de zile
        [one] { $count } zile
        [few] { $count } zile
       *[other] { $count } de zile
    }
}
length-business-days = { $count ->
    [one] { $count } zi lucrătoare
    [few] { $count } zile lucrătoare
   *[other] { $rest ->
        [0] { $count } de zile lucrătoare
        [one] { $count } zile lucrătoare
        [few] { $count } zile lucrătoare
       *[other] { $count } de zile lucrătoare
    }
}
length-weeks = { $count ->
    [one] { $count } săptămână
    [few] { $count } săptămâni
   *[other] { $rest ->
        [0] { $count } de săptămâni
        [one] { $count } săptămâni
        [few] { $count } săptămâni
       *[other] { $count } de săptămâni
    }
}
length-months = { $count ->
    [one] { $count } lună
    [few] { $count } luni
   *[other] { $rest ->
        [0] { $count } de luni
        [one] { $count } luni
        [few] { $count } luni
       *[other] { $count } de luni
    }
}
length-years = { $count ->
    [one] { $count } an
    [few] { $count } ani
   *[other] { $rest ->
        [0] { $count } de ani
        [one] { $count } ani
        [few] { $count } ani
       *[other] { $count } de ani
    }
}
length-of = { $length } ({ $calendar })
length-after = { $length } de la: { $event }

## Nume

remedy-refund = rambursare
    .o = o rambursare
    .O = O rambursare
    .al = rambursarea dumneavoastră
    .Al = Rambursarea dumneavoastră
remedy-store-credit = credit în magazin
    .o = un credit în magazin
    .O = Un credit în magazin
    .al = creditul dumneavoastră
    .Al = Creditul dumneavoastră
remedy-exchange = schimb
    .o = un schimb
    .O = Un schimb
    .al = schimbul dumneavoastră
    .Al = Schimbul dumneavoastră
remedy-repair = reparație
    .o = o reparație
    .O = O reparație
    .al = reparația dumneavoastră
    .Al = Reparația dumneavoastră
remedy-replacement = înlocuire
    .o = o înlocuire
    .O = O înlocuire
    .al = înlocuirea dumneavoastră
    .Al = Înlocuirea dumneavoastră
remedy-return = retur
    .o = un retur
    .O = Un retur
    .al = returul dumneavoastră
    .Al = Returul dumneavoastră
remedy-other-names =
    .o = „{ $name }”
    .O = „{ $name }”
    .al = cererea dumneavoastră „{ $name }”
    .Al = Cererea dumneavoastră „{ $name }”

tender-cash = numerar
    .pe = în numerar
tender-check = cec
    .pe = prin cec
tender-credit = card de credit
    .pe = pe cardul de credit
tender-debit = card de debit
    .pe = pe cardul de debit
tender-gift-card = card cadou
    .pe = pe cardul cadou
tender-store-credit = credit în magazin
    .pe = sub formă de credit în magazin
tender-voucher = voucher
    .pe = sub formă de voucher
tender-paypal = PayPal
    .pe = prin PayPal
tender-wallet = portofel digital
    .pe = în portofelul digital
tender-financing = finanțare
    .pe = în contul de finanțare
tender-other-names =
    .pe = prin „{ $name }”

role-clerk = vânzător
    .art = vânzătorul
    .Art = Vânzătorul
role-supervisor = șef de tură
    .art = șeful de tură
    .Art = Șeful de tură
role-manager = șef de magazin
    .art = șeful de magazin
    .Art = Șeful de magazin
role-director = director
    .art = directorul
    .Art = Directorul
role-customer = client
    .art = clientul
    .Art = Clientul
role-buyer = cumpărător
    .art = cumpărătorul
    .Art = Cumpărătorul
role-recipient = destinatar
    .art = destinatarul
    .Art = Destinatarul
role-other-names =
    .art = „{ $name }”
    .Art = „{ $Name }”

reason-changed-mind = răzgândire
reason-defective = defect
reason-damaged = deteriorat
reason-wrong-item = produs greșit
reason-wrong-size = mărime greșită
reason-missing-parts = lipsesc piese
reason-late-delivery = livrare întârziată
reason-unwanted-gift = cadou nedorit
reason-other = altul
condition-sealed = sigilat
condition-opened = deschis
condition-used = folosit
condition-damaged = deteriorat
proof-receipt = bon fiscal
proof-e-receipt = bon electronic
proof-look-up = găsit în evidență
proof-gift-receipt = bon cadou
proof-packing-slip = aviz de însoțire
proof-none = niciuna
channel-store = magazin
channel-online = online
channel-phone = telefon
channel-door = la domiciliu
by-buyer = cumpărător
by-recipient = destinatar
by-other = altcineva
yes = da
no = nu

fact-channel = calea returului
fact-visit--by = cine returnează
fact-visit--store = magazinul returului
fact-visit--country = țara returului
fact-visit--state = statul returului
fact-visit--labels = numărul de etichete
fact-clerk--role = rolul vânzătorului
fact-refund_to--tender = mijlocul de rambursare
fact-refund_to--id = numărul pentru rambursare
fact-pay_with--tender = mijlocul de plată
fact-pay_with--id = numărul mijlocului de plată
fact-requested = ziua cererii
fact-sale--channel = calea cumpărării
fact-sale--store = magazinul cumpărării
fact-sale--country = țara cumpărării
fact-sale--state = statul cumpărării
fact-sale--seller = vânzătorul produsului
fact-sale--tax_exempt = scutit de taxă
fact-sale--whole = se returnează toată cumpărătura
fact-sale--total = totalul cumpărăturii
fact-sold = ziua cumpărării
fact-ordered = ziua comenzii
fact-invoiced = ziua facturii
fact-shipped = ziua expedierii
fact-received = ziua primirii
fact-installed = ziua montării
fact-activated = ziua activării
fact-item--sku = codul produsului
fact-item--product = produsul
fact-item--brand = marca
fact-item--price = prețul
fact-item--list_price = prețul de listă
fact-item--current_price = prețul de azi
fact-item--quantity = cantitatea
fact-item--final_sale = vânzare finală
fact-item--has_sale = cumpărarea este cunoscută
fact-condition = starea
fact-reason = motivul
fact-proof = dovada cumpărării
fact-wants = dorința clientului
fact-new--sku = codul produsului nou
fact-new--product = produsul nou
fact-new--price = prețul produsului nou
fact-new--available = produsul nou este în stoc
fact-new--given = produsul nou este predat
fact-item--refund = rambursarea produsului
fact-visit--refund = rambursarea totală
fact-visit--credit = creditul total
fact-visit--to_pay = de plătit
fact-visit--uncovered = suma neacoperită
fact-tender = mijlocul de plată
fact-tender--id = numărul mijlocului de plată
fact-tender--amount = suma mijlocului de plată
fact-tender--paid = plătit astfel
fact-on-duty = prezent: { $role }

asked-parcels = când a fost primit fiecare dintre celelalte produse
asked-categories = categoriile produselor
asked-current-price = prețul de azi
asked-list-price = prețul de listă
asked-lowest-price = cel mai mic preț din { $length }
asked-balance = soldul mijlocului de plată
asked-history-customer = ce a mai returnat clientul
asked-history-household = ce a mai returnat gospodăria
asked-history-clerk = ce s-a mai returnat la vânzător
asked-history-item = ce s-a mai returnat din produs
asked-more = încă ceva

value-not-offered = neoferit
value-offered = oferit
value-expired = expirat
value-stopped = oprit
value-unsettled = nelămurit
value-gap = nereglementat
value-unknown = necunoscut
value-no-limit = fără termen
value-granted = acordat
value-no-day = nicio zi
value-in-full = integral
value-on-what-is-refunded = la ce se rambursează
value-not-returned = nu se restituie
value-returned = se restituie
value-returned-up-to-the-cheapest = se restituie până la cea mai ieftină
value-returned-with-the-last-item = se restituie cu ultimul produs
value-in-proportion = proporțional
value-clawed-back = scăzut
value-void = anulat
value-original-tender = mijlocul de plată inițial
value-tender-asked-for = mijlocul de plată cerut

## Pagina vânzătorului: părți

page-visit = Vizita
page-money = Bani
page-paid-out = De plătit clientului
page-say = De spus
page-instead = În schimb
page-by-law = Prin lege
page-to-decide = De hotărât
page-to-verify = De verificat
page-to-fill-in = De completat
page-to-ask = De întrebat

## Pagina vânzătorului: ce urmează

outcome-accept = Acceptat.
outcome-accept-money = Acceptat: { $money }.
outcome-pending = Acceptat, după verificare.
outcome-pending-money = Acceptat, după verificare: { $money }.
outcome-refer = Hotărăște altcineva.
outcome-decline = Refuzat.
outcome-undetermined = Încă nehotărât: trebuie întrebat ceva.
money-to-customer = { $amount } pentru client
money-to-pay = clientul plătește { $amount }
outcome-by-line-accept = Hotărât linie cu linie; vizita în întregime este acceptată.
outcome-by-line-pending = Hotărât linie cu linie; vizita în întregime este acceptată, după verificare.
outcome-by-line-refer = Hotărât linie cu linie; despre vizita în întregime hotărăște altcineva.
outcome-by-line-decline = Hotărât linie cu linie; vizita în întregime este refuzată.
outcome-by-line-undetermined = Hotărât linie cu linie; despre vizita în întregime nu s-a hotărât încă.
line-accept = { $goods }, { $remedy }: acceptat
line-pending = { $goods }, { $remedy }: acceptat, după verificare
line-refer = { $goods }, { $remedy }: hotărăște altcineva
line-decline = { $goods }, { $remedy }: refuzat
line-undetermined = { $goods }, { $remedy }: încă nehotărât
line-accept-unsaid = { $goods }: acceptat
line-pending-unsaid = { $goods }: acceptat, după verificare
line-refer-unsaid = { $goods }: hotărăște altcineva
line-decline-unsaid = { $goods }: refuzat
line-undetermined-unsaid = { $goods }: încă nehotărât
goods = { $quantity } × linia { $line }
goods-named = { $quantity } × { $item } (linia { $line })

## Pagina vânzătorului: bani și zile

part-goods = marfă
part-reduction = nu se restituie
part-fee = taxă de serviciu
part-deduction = reținere
part-tax = impozit
part-included-tax = impozit inclus mai sus
part-reduction-named = nu se restituie: { $name }
part-fee-named = taxă de serviciu: { $name }
part-deduction-named = reținere: { $name }
part-tax-named = impozit { $name }
part-included-tax-named = impozit inclus mai sus { $name }
part-tax-on = impozit pe: { $name }
value = valoare
balance-refund = rambursare
balance-shipping = din care livrare
balance-credit = credit pentru schimb
balance-new-goods = marfă nouă
last-day = Ultima zi: { $day }{ $by }.
last-moment = Până la { $day }, ora { $time }{ $by }.
last-day-none = Fără ultimă zi{ $by }.
last-day-not-received = Încă fără ultimă zi: nu s-a primit totul{ $by }.
last-day-in-repair = Încă fără ultimă zi: produsul este la reparat{ $by }.
by = { " " }({ $clauses })
payout = { $amount } – { $to }{ $more }{ $by }
payout-not-before = , nu înainte de { $day }
payout-due = , scadent la { $day }
payout-within = , în termen de { $length }
payout-once-sent = , de îndată ce produsele au fost trimise
payout-once-received = , de îndată ce produsele au ajuns înapoi
payout-once-sent-or-received = , de îndată ce produsele au fost trimise sau au ajuns înapoi
payout-in-coins = , { $amount } în monede
payout-once-verified = , după verificare
changed-by-law = { $what }: prin lege { $law }, după reguli { $policy }{ $by }
bound-window = termen
bound-basis = bază
bound-tax = impozit
bound-shipping = livrare
bound-discounts = reduceri
bound-stop = oprire
bound-pay = calea plății
bound-hold = reținere
bound-due = scadență

## Pagina vânzătorului: de ce

why-accept = Acceptat: { $remedy }{ $by }.
why-accept-plain = Acceptat{ $by }.
why-verify = Mai întâi de verificat: { $text }{ $by }.
why-verify-plain = Mai întâi de verificat{ $by }.
why-refer = Hotărăște altcineva: { $text }{ $by }.
why-refer-plain = Hotărăște altcineva{ $by }.
why-missing-fact = Necunoscut: { $name }{ $by }.
why-approved = Aprobat: { $text }{ $by }.
why-approved-plain = Aprobat{ $by }.
why-above-authority = Trebuie să aprobe { $role-art }: este vorba de { $amount }, iar { $of-art } poate aproba până la { $limit }{ $by }.
why-above-authority-approved = Trebuie să aprobe { $role-art }: este vorba de { $amount }, iar { $of-art } poate aproba până la { $limit }. Aprobarea dată deja ({ $approved }) nu ajunge{ $by }.
why-verified = Verificat ({ $role }): { $text }{ $by }.
why-verified-plain = Verificat ({ $role }){ $by }.
why-verification-failed = Nu este cum ar trebui ({ $role }): { $text }{ $by }.
why-verification-failed-plain = Nu este cum ar trebui ({ $role }){ $by }.
why-not-offered = Fără { $remedy }: { $text }{ $by }.
why-not-offered-plain = Fără { $remedy }{ $by }.
why-expired = Prea târziu pentru { $remedy-o }: ultima zi a fost { $day }{ $by }.
why-expired-undated = Prea târziu pentru { $remedy-o }{ $by }.
why-others-offered = Posibil în schimb: { $remedies }{ $by }.
why-stopped = Oprit: { $text }{ $by }.
why-stopped-plain = Oprit{ $by }.
why-conflict = Clauzele se contrazic, iar regulile nu spun care este valabilă{ $by }.
why-more-returned-than-bought = Se returnează mai multe bucăți decât s-au cumpărat, cu tot cu retururile anterioare{ $by }.
why-same-unit-twice = Același număr de serie se returnează de două ori{ $by }.
why-not-of-this-sale = Numărul de serie nu este printre cele vândute pe linie{ $by }.
why-before-the-sale = Returul poartă o dată dinaintea cumpărării{ $by }.
why-gift-missing = Cadoul primit cu produsul trebuie returnat împreună cu el{ $by }.
why-route-unknown = Clauzele nu se potrivesc asupra drumului banilor sau mijlocul de plată inițial nu este cunoscut{ $by }.
why-held-back = Acceptat în sine, dar după aceste reguli liniile merg împreună{ $by }.
why-too-many-unknown = Mai mult de șase date importante nu sunt cunoscute; `ask` le enumeră{ $by }.
gap-no-clause = Nicio clauză nu spune dacă aceasta se oferă pentru asemenea produse{ $by }.
gap-no-window = Este acceptat, dar nicio clauză nu spune cât timp{ $by }.
gap-no-start = Termenul are o durată, dar nicio clauză nu spune de când curge{ $by }.
gap-no-basis = Este acceptat, dar nicio clauză nu spune de la ce preț se calculează{ $by }.
gap-no-date = Evenimentul de la care curge termenul nu are dată, iar regulile lasă asemenea cazuri în seama unui om{ $by }.
gap-no-moment = Termenul este în ore, dar despre eveniment se știe numai ziua{ $by }.
gap-calendar = O zi este în afara anilor ale căror sărbători se cunosc sau în afara oricărui calendar{ $by }.
gap-promotion = Produsul a făcut parte dintr-o promoție despre care regulile nu spun nimic sau din mai multe care se suprapun{ $by }.
gap-overflow = O sumă este prea mare pentru a fi calculată exact{ $by }.
gap-no-version = În acea zi nu era în vigoare nicio versiune a regulilor{ $by }.
gap-no-route = Sunt bani de plătit, dar nicio clauză nu spune unde{ $by }.
gap-no-tender = Banii merg pe mijlocul de plată inițial, dar nu se cunoaște niciunul care să îi poată primi{ $by }.
final = Este definitiv.
lifted-by = Poate permite: { $roles }.

## Pagina vânzătorului: cine, ce se completează, ce se întreabă

referral = { $role }{ $by }
referral-text = { $role }: { $text }{ $by }
referral-within = { $role }, în termen de { $length }{ $by }
referral-within-text = { $role }, în termen de { $length }: { $text }{ $by }
referral-due = { $role }, în termen de { $length }, până la { $day }{ $by }
referral-due-text = { $role }, în termen de { $length }, până la { $day }: { $text }{ $by }
must-be-granted = { $referral }. În cele din urmă trebuie acordat: clientul are dreptul.
field = { $form }: { $field }{ $of }{ $needed }{ $purpose }
field-signed = , semnează { $role-art }
field-one-of = , una dintre: { $options }
field-optional = , opțional
field-may-be-needed = , poate fi necesar
field-purpose = { " " }({ $text })
ask = { $name }
ask-answers = { $name }: { $answers }
ask-in-words = { $text } ({ $name })
ask-answers-in-words = { $text } ({ $name }: { $answers })
answers = { $before } / { $last }
about-line = { $text } [linia { $line }]
about-sale = { $text } [cumpărarea { $sale }]
about-tender = { $text } [cumpărarea { $sale }, { $tender } { $id }]

## Ce aude clientul: calm, fără vină, și ce urmează

say-accepted = Cererea pentru { $remedy-o } este acceptată: { $value }.
say-accepted-goods = Cererea pentru { $remedy-o } este acceptată. Ce aduceți înapoi valorează { $value }.
say-accepted-service = Cererea pentru { $remedy-o } este acceptată.
say-kept = Din preț reținem { $amount } ({ $name }).
say-kept-tax = Din preț reținem { $amount } (impozit pe: { $name }).
say-kept-unnamed = După condițiile noastre, { $amount } din preț nu se restituie.
say-terms-met = După câte văd, condițiile pentru { $remedy-o } sunt îndeplinite.
say-approved = Am verificat și v-am aprobat.
say-verify = Înainte să încheiem, { $role-art } se uită la ceva. Apoi se face { $remedy-al }.
say-verify-by = Înainte să încheiem, { $role-art } se uită la ceva, cel târziu la { $day }. Apoi se face { $remedy-al }.
say-verify-within = Înainte să încheiem, { $role-art } se uită la ceva, în termen de { $length }. Apoi se face { $remedy-al }.
say-verified = { $role-Art } s-a uitat și totul este în regulă.
say-verification-failed = { $role-Art } s-a uitat și a găsit altceva decât ne așteptam. Vă spun acum ce urmează.
say-not-offered = Îmi pare rău, condițiile noastre nu cuprind { $remedy-o } pentru acest produs.
say-not-offered-text = Îmi pare rău, pentru acest produs nu putem oferi { $remedy-o }. Condițiile noastre spun: „{ $text }”
say-expired = Ultima zi pentru { $remedy-o } a fost { $day }. Îmi pare rău că a trecut.
say-expired-undated = Timpul pentru { $remedy-o } a trecut. Îmi pare rău.
say-others-offered = Ce putem face în schimb: { $remedies-o }.
say-stopped = Îmi pare rău, azi nu putem încheia acest retur.
say-stopped-until = Îmi pare rău, azi nu putem încheia acest retur. De la { $day } puteți întreba din nou.
say-referred = La un retur ca acesta hotărăște { $role-art }. Sun chiar acum și vă vom spune ce s-a hotărât și de ce.
say-referred-owed = Aveți acest drept prin lege. Felul în care se face îl stabilește { $role-art }: sun chiar acum și vă vom spune pasul următor.
say-left-open = Condițiile noastre nu rezolvă singure acest caz, așa că hotărăște { $role-art }. Sun chiar acum și vă vom spune ce s-a hotărât și de ce.
say-route = { $role-Art } stabilește cu noi cum ajung banii înapoi la dumneavoastră. Sun chiar acum; nu pierdeți nimic prin asta.
say-count-differs = Bonul și evidența noastră arată mai puține bucăți decât avem aici. Să ne uităm împreună: unele pot fi din altă cumpărare.
say-number-known = Acest număr de serie este deja în evidența noastră. Poate fi o greșeală a noastră: să îl comparăm cu bonul.
say-number-differs = Numărul de serie de aici și cel de pe bon nu sunt la fel. Poate fi din altă cumpărare: cu acel bon ne putem uita din nou.
say-dates-differ = Datele calendaristice pe care le avem pentru această cumpărare nu se potrivesc. Le verific și apoi ne uităm din nou.
say-gift-missing = Cu această cumpărare s-a dat un cadou. După ce îl aduceți, putem continua.
say-together = Rezolvăm împreună tot ce ține de această vizită, așa că acest lucru așteaptă până se lămurește și restul.
say-question = Am o întrebare înainte să pot răspunde.
say-question-in-words = Am o întrebare înainte să pot răspunde: { $question }
say-look-up = Trebuie să verific ceva înainte să pot răspunde.
say-questions = Am nevoie de încă puține informații înainte să pot răspunde.
say-paid = Primiți azi înapoi { $amount } { $to-pe }.
say-paid-once-verified = După aceea primiți înapoi { $amount } { $to-pe }.
say-paid-once-verified-from = După aceea primiți înapoi { $amount } { $to-pe }, începând cu { $day }.
say-paid-on = Primiți înapoi { $amount } { $to-pe } la { $day }.
say-paid-by = Primiți înapoi { $amount } { $to-pe }, cel târziu la { $day }.
say-paid-between = Primiți înapoi { $amount } { $to-pe }, între { $day } și { $last }.
say-paid-from = Primiți înapoi { $amount } { $to-pe }, începând cu { $day }.
say-paid-within = Primiți înapoi { $amount } { $to-pe }, în termen de { $length }.
say-paid-once-sent = Primiți înapoi { $amount } { $to-pe } de îndată ce arătați că ați trimis produsele.
say-paid-once-received = Primiți înapoi { $amount } { $to-pe } de îndată ce produsele au ajuns înapoi.
say-paid-once-sent-or-received = Primiți înapoi { $amount } { $to-pe } de îndată ce produsele au ajuns înapoi sau arătați că le-ați trimis.
say-delivery = Vă restituim și { $amount } din livrare.
say-to-pay = Rămân de plătit { $amount }.
say-by-law = Aveți acest drept prin lege.
say-by-law-fee = Legea limitează cât putem reține ({ $name }) și o respectăm.
say-by-law-window = Prin lege aveți mai mult timp pentru aceasta decât spun condițiile noastre.
say-by-law-tax = Legea spune cum se restituie impozitul și o respectăm.
say-by-law-shipping = Legea spune cum se restituie livrarea și o respectăm.
say-by-law-discounts = Legea spune cum se socotește reducerea și o respectăm.
say-by-law-basis = Legea spune de la ce preț se calculează rambursarea și o respectăm.
say-by-law-pay = Legea spune pe ce cale vi se întorc banii și o respectăm.
say-by-law-sooner = Prin lege primiți banii mai devreme decât spun condițiile noastre.
say-by-law-kept = Legea limitează ce putem păstra din actul dumneavoastră de identitate și o respectăm.
say-possible = Se poate: { $remedy }.
say-possible-value = Se poate: { $remedy }, { $value }.
say-possible-tenders = Se poate: { $remedy } ({ $tenders-pe }).
say-possible-value-tenders = Se poate: { $remedy }, { $value } ({ $tenders-pe }).
say-possible-last = Ultima zi pentru aceasta este { $day }.
say-sure = Se poate: { $remedy }.
say-sure-once = Se poate: { $remedy }, după ce aflăm { $missing }.
say-maybe = Poate fi posibil: { $remedy }.
say-maybe-once = Poate fi posibil: { $remedy }, după ce aflăm { $missing }.
say-question-first = Mai întâi o întrebare: { $questions }
say-questions-first = Mai întâi câteva întrebări: { $questions }
say-later = Același retur poate fi privit din nou începând cu { $day }.
say-approval = Dacă doriți, întreb dacă putem face o excepție ({ $roles }).

## Un formular completat

paper-kept-until = se păstrează până la { $day }
paper-hash-until = se păstrează ca amprentă (hash) până la { $day }
paper-not-kept = nu se păstrează
paper-by = de către { $name }
paper-given = dat
paper-deleted = șters
paper-photo = fotografie { $name }
paper-signed = { $name }, semnat pe ecran: { $picture }
paper-finished = Încheiat la { $day }
