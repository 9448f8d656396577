### German. Not reviewed by a native speaker yet; please correct it.

clause-promise = Anders überlegt? Geöffnet oder nicht, 365 Tage
clause-promise--voucher = Maßanfertigungen, Lebensmittel, Stoffe, Pflanzen, Fundgrube: ein Gutschein
clause-promise--no-proof = Ohne Kaufnachweis: ein Gutschein
clause-promise--mattress = Matratzen: neunzig Tage zum Verlieben oder Umtauschen
clause-promise--excluded = Schmutzige, verunreinigte, beschädigte, unvollständige oder veränderte Ware
    .no = Schmutzige, beschädigte, unvollständige oder veränderte Ware kann nicht zurückgegeben werden
form-proof = Kaufnachweis
field-proof--number = Kassenbon, oder der digitale Kassenbon, den wir gefunden haben
form-loss-note = Was es durch Gebrauch an Wert verlor
field-loss-note--what = Was damit geschah, und was es an Wert nahm
field-loss-note--picture = Bild
    .purpose = zeigt, warum weniger erstattet wird
fact-item--dirty = schmutzig
fact-item--adapted = verändert
fact-item--incomplete = unvollständig
