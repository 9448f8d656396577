clause-everything = Trideset dni ({ $day })
    .say-if-expired = Trideset dni je mimo.
