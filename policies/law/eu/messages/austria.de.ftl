### German. Not reviewed by a native speaker yet; please correct it.

clause-austria = Österreich: vierzehn Tage, bis zum nächsten Werktag
