### French. Not reviewed by a native speaker yet; please correct it.

form-europe-seen = Identification : vue
field-europe-seen--seen = Une pièce a été présentée, et c’est celle du client
    .purpose = pour voir que les articles reviennent de qui les a achetés ; ni copie ni numéro ne sont pris
