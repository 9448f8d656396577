### French. Not reviewed by a native speaker yet; please correct it.

clause-luxembourg = Luxembourg : quatorze jours, jusqu’au jour ouvrable suivant
