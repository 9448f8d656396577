### Norwegian Bokmål. Not reviewed by a native speaker yet; please correct it.

form-europe-seen = Legitimasjon: sett
field-europe-seen--seen = Legitimasjon er vist, og den tilhører kunden
    .purpose = for å se at varene kommer fra den som kjøpte dem; verken kopi eller nummer tas
