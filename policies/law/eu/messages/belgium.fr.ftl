### French. Not reviewed by a native speaker yet; please correct it.

clause-belgium = Belgique : quatorze jours, jusqu’au jour ouvrable suivant
