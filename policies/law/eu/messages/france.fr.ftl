### French. Not reviewed by a native speaker yet; please correct it.

clause-france = France : quatorze jours, jusqu’au jour ouvrable suivant
