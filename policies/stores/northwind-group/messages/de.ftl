### German. Not reviewed by a native speaker yet; please correct it.

clause-gadgets = Hamburg: fünfzehn Prozent, und wir reparieren
clause-harbour-boots = Stiefel: neunzig Tage
clause-small-refund = Erstattungen ab 200 Euro sieht sich die Schichtleitung an
    .refer = Ab 200 Euro
clause-chain--everything = Dreißig Tage mit Kassenbon
clause-chain--everything--electronics = Geöffnete Elektronik: vierzehn Tage, zehn Prozent
clause-chain--everything--clearance = Räumungsware ist endgültig verkauft
    .no = Räumungsware bleibt verkauft
clause-chain--large-refund = Große Erstattungen sieht sich die Filialleitung an
    .refer = Über 500 Euro
clause-germany--longer = Sechzig Tage in Deutschland
clause-christmas--gifts = Weihnachtsgeschenke: bis Ende Januar
fee-restocking = Rücknahmegebühr
season-christmas = Weihnachten
