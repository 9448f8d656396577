# Something to remember.
