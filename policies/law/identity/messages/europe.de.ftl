### German. Not reviewed by a native speaker yet; please correct it.

form-europe-seen = Identifikation: gesehen
field-europe-seen--seen = Ein Ausweis wurde gezeigt, und er ist der des Kunden
    .purpose = um zu sehen, dass die Ware von dem kommt, der sie gekauft hat; weder Kopie noch Nummer wird genommen
