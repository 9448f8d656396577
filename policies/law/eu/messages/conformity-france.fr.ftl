### French. Not reviewed by a native speaker yet; please correct it.

clause-france-presumed = Défectueux dans les deux ans : personne ne demande de preuve
