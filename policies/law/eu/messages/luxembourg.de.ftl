### German. Not reviewed by a native speaker yet; please correct it.

clause-luxembourg = Luxemburg: vierzehn Tage, bis zum nächsten Werktag
