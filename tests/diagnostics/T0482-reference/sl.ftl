clause-everything = Trideset dni
    .say-if-expired = Trideset dni je mimo.
say-approved = { -shop } vam dovoli. { NUMBER($day) }
