clause-everything = Trideset dni
    .say-if-expired = Trideset dni je mimo.
say-later = Od { $day naprej
say-approved
