### French. Not reviewed by a native speaker yet; please correct it.

clause-italy = Italie : quatorze jours, jusqu’au jour ouvrable suivant
clause-italy--unsolicited = Une visite non sollicitée : trente jours
fact-sale--unsolicited = visite non sollicitée ou excursion
