clause-everything = Trideset dni
    .say-if-expired = Trideset dni je mimo.
clause-everything = 30 dni
    .say-if-expired = 30 dni je mimo.
