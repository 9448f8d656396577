### French. Not reviewed by a native speaker yet; please correct it.

clause-austria = Autriche : quatorze jours, jusqu’au jour ouvrable suivant
