### Romanian. Not reviewed by a native speaker yet; please correct it.

clause-presumed = Neconform în decurs de un an: aducere în conformitate, fără dovadă
clause-conformity = Neconform în decurs de doi ani: aducere în conformitate
clause-conformity--repaired = Reparat potrivit acestei legi: o dată, un an în plus
clause-second-hand-year = Folosit, un an convenit
clause-came-later = Vânzătorul a dovedit că produsul era conform
    .no = Produsul era conform când l-ați primit
clause-agreed-fault = Neconformitatea era cunoscută și acceptată
    .no = V-a fost adusă la cunoștință și ați acceptat-o
clause-second-step = Neremediat sau prea grav: reducerea prețului sau toți banii
clause-second-step--minor = O neconformitate minoră nu încetează contractul
    .no = Pentru o neconformitate atât de minoră se reduce prețul
clause-unreasonable-repair = Reparare imposibilă sau disproporționată
    .no = Nu se poate repara la un cost rezonabil
clause-unreasonable-replacement = Înlocuire imposibilă sau disproporționată
    .no = Nu există alt exemplar la un cost rezonabil

deduction-worth = valoarea cu neconformitatea
fact-item--used_year_agreed = Folosit, și s-a convenit un an
fact-item--repaired_as_remedy = Reparat de vânzător potrivit acestei legi
