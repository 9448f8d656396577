### French. Not reviewed by a native speaker yet; please correct it.

clause-germany = Allemagne : quatorze jours, jusqu’au jour ouvrable suivant
