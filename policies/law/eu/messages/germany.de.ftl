### German. Not reviewed by a native speaker yet; please correct it.

clause-germany = Deutschland: vierzehn Tage, bis zum nächsten Werktag
