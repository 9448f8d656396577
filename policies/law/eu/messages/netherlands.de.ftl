### German. Not reviewed by a native speaker yet; please correct it.

clause-netherlands = Niederlande: vierzehn Tage, bis zum nächsten Werktag
