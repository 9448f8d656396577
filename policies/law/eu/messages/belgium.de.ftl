### German. Not reviewed by a native speaker yet; please correct it.

clause-belgium = Belgien: vierzehn Tage, bis zum nächsten Werktag
