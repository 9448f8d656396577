### Slovenian. Not reviewed by a native speaker yet; please correct it.

form-europe-seen = Identifikacija: pokazana
field-europe-seen--seen = Pokazan je bil dokument, ki pripada stranki
    .purpose = da vidimo, ali blago vrača tisti, ki ga je kupil; kopije in številke ne vzamemo
