### French. Not reviewed by a native speaker yet; please correct it.

clause-netherlands = Pays-Bas : quatorze jours, jusqu’au jour ouvrable suivant
