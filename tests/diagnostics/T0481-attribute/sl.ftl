clause-everything = Trideset dni
    .say-if-expired = Trideset dni je mimo.
    .say-if-expird = Mimo je.
