### Croatian. Not reviewed by a native speaker yet; please correct it.

form-europe-seen = Identifikacija: viđena
field-europe-seen--seen = Pokazana je isprava koja pripada kupcu
    .purpose = da vidimo vraća li robu onaj tko ju je kupio; ne uzima se ni preslika ni broj
