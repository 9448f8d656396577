### Norwegian Bokmål. Not reviewed by a native speaker yet; please correct it.

clause-presumed = Mangel innen ett år: retting eller omlevering uten krav om bevis
clause-conformity = Mangel innen to år: retting eller omlevering
clause-conformity--repaired = Reparert etter denne loven: ett år lenger, én gang
clause-second-hand-year = Brukt, ett år avtalt
clause-came-later = Selgeren har vist at varen var i samsvar med avtalen
    .no = Varen var i samsvar med avtalen da du fikk den
clause-agreed-fault = Mangelen var kjent og godtatt
    .no = Du ble gjort oppmerksom på dette og godtok det
clause-second-step = Ikke rettet, eller for alvorlig: prisavslag eller alle pengene
clause-second-step--minor = En liten mangel gir ikke heving
    .no = For en så liten mangel gis det prisavslag
clause-unreasonable-repair = Reparasjon umulig eller uforholdsmessig
    .no = Den kan ikke repareres til en rimelig kostnad
clause-unreasonable-replacement = Omlevering umulig eller uforholdsmessig
    .no = En annen finnes ikke til en rimelig kostnad

deduction-worth = verdi med mangelen
fact-item--used_year_agreed = Brukt, og ett år var avtalt
fact-item--repaired_as_remedy = Reparert av selgeren etter denne loven
