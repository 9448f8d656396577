### German. Not reviewed by a native speaker yet; please correct it.

clause-presumed = Binnen eines Jahres mangelhaft: Nacherfüllung, ohne Nachweis
clause-conformity = Binnen zwei Jahren mangelhaft: Nacherfüllung
clause-conformity--repaired = Nach diesem Gesetz repariert: einmal ein Jahr länger
clause-second-hand-year = Gebraucht, ein Jahr vereinbart
clause-came-later = Der Händler hat gezeigt, dass die Ware vertragsgemäß war
    .no = Die Ware war vertragsgemäß, als Sie sie bekamen
clause-agreed-fault = Über den Mangel war man sich einig
    .no = Sie wurden darauf hingewiesen und waren einverstanden
clause-second-step = Nicht behoben oder zu schwer: Minderung oder das ganze Geld
clause-second-step--minor = Kleine Mängel beenden den Vertrag nicht
    .no = Bei einem so kleinen Mangel wird der Preis gemindert
clause-unreasonable-repair = Reparatur unmöglich oder unverhältnismäßig
    .no = Eine Reparatur ist zu vertretbaren Kosten nicht möglich
clause-unreasonable-replacement = Ersatz unmöglich oder unverhältnismäßig
    .no = Ein Ersatz ist zu vertretbaren Kosten nicht zu haben

deduction-worth = Wert mit dem Mangel
fact-item--used_year_agreed = Gebraucht, und ein Jahr war vereinbart
fact-item--repaired_as_remedy = Vom Händler nach diesem Gesetz repariert
