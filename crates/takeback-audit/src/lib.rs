//! Past returns held against the policy that was in force: what is read of sales and returns, joined, decided again, compared
//! with what was done, and told.
