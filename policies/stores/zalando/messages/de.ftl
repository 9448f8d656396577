### German. Not reviewed by a native speaker yet; please correct it.

clause-period = Dreißig Tage
clause-promise = Neu, ungetragen, mit Etikett: zurücksenden, und wir erstatten
clause-promise--faulty = Nicht, wie es sein soll: sagen, was nicht stimmt
clause-promise--worn = Getragen, oder ohne Etikett
    .no = Mode kommt ungetragen und mit Etikett zurück
clause-promise--worn--handled = Getragen und doch zurückgenommen: ohne das, was es dadurch an Wert verlor
clause-promise--beauty-opened = Beauty nur ungeöffnet
    .no = Geöffnete Beauty-Artikel können nicht zurückgegeben werden
clause-promise--voucher =
    .no = Geschenkgutscheine können nicht zurückgegeben werden

form-portal-return = Angemeldete Rücksendung
field-portal-return--order = Bestellnummer
field-portal-return--code = Rücksendecode, der bei der Abgabe gezeigt wird
field-portal-return--label = Rücksendeetikett des Händlers verwendet
    .purpose = mit diesem Etikett ist die Rücksendung kostenlos
form-complaint = Defekt, beschädigt oder falsch
field-complaint--fault = Was nicht stimmt
field-complaint--noticed = Bemerkt am
field-complaint--picture = Bild
fact-item--labels_on = Etikett noch daran

form-loss-note = Was es durch Gebrauch an Wert verlor
field-loss-note--what = Was damit geschah, und was es an Wert nahm
field-loss-note--picture = Bild
    .purpose = zeigt, warum weniger erstattet wird
