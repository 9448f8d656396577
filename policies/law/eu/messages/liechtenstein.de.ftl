### German. Not reviewed by a native speaker yet; please correct it.

clause-liechtenstein = Liechtenstein: vierzehn Tage, bis zum nächsten Werktag
