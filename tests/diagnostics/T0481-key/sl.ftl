clause-everything = Trideset dni
    .say-if-expired = Trideset dni je mimo.
clause-evrything = Trideset dni
