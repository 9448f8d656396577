//! Which sale lines the units of a return are of: first in first out, with quantities.

use crate::mapping::{Order, Price};

/// A sale line that a return could be of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) sale: usize,
    /// Units that have not come back yet.
    pub(super) left: i64,
    /// Whether its price of one unit is that of the return; none: one of them is not known.
    pub(super) same_price: Option<bool>,
}

/// Units of a return that are of one sale line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Share {
    pub(super) sale: usize,
    pub(super) units: i64,
}

/// Shares `quantity` units out among candidates, which stand in the order of time. What nothing is left for goes with the last share, or,
/// where all lines are used up, is of the line that comes last: then more came back of it than was sold. Nothing at all: no line fits.
pub(super) fn share(candidates: &[Candidate], quantity: i64, price: Price, order: Order) -> Vec<Share> {
    let fits = |candidate: &&Candidate| price != Price::Same || candidate.same_price == Some(true);
    let mut fitting: Vec<Candidate> = candidates.iter().filter(fits).copied().collect();
    if order == Order::LastOut {
        fitting.reverse();
    }
    if price == Price::SameFirst {
        fitting.sort_by_key(|candidate| candidate.same_price != Some(true));
    }
    let (mut shares, mut rest) = (Vec::<Share>::new(), quantity);
    for candidate in fitting.iter().filter(|candidate| candidate.left > 0) {
        let units = rest.min(candidate.left);
        shares.push(Share { sale: candidate.sale, units });
        rest -= units;
        if rest == 0 {
            return shares;
        }
    }
    match (shares.last_mut(), fitting.last()) {
        (Some(last), _) => last.units += rest,
        (None, Some(last)) => shares.push(Share { sale: last.sale, units: rest }),
        (None, None) => {}
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(sale: usize, left: i64, same_price: bool) -> Candidate {
        Candidate { sale, left, same_price: Some(same_price) }
    }

    fn shared(price: Price, order: Order, quantity: i64) -> Vec<(usize, i64)> {
        let candidates = [candidate(0, 2, false), candidate(1, 0, true), candidate(2, 3, true)];
        share(&candidates, quantity, price, order).into_iter().map(|share| (share.sale, share.units)).collect()
    }

    #[test]
    fn units_are_shared_out_in_order() {
        use Order::{FirstOut, LastOut};
        use Price::{Any, Same, SameFirst};
        assert_eq!(shared(Any, FirstOut, 1), [(0, 1)]);
        assert_eq!(shared(Any, FirstOut, 4), [(0, 2), (2, 2)]);
        assert_eq!(shared(Any, LastOut, 4), [(2, 3), (0, 1)]);
        assert_eq!(shared(Same, FirstOut, 2), [(2, 2)]);
        assert_eq!(shared(Same, FirstOut, 5), [(2, 5)]);
        assert_eq!(shared(SameFirst, FirstOut, 4), [(2, 3), (0, 1)]);
        assert_eq!(shared(Any, FirstOut, 7), [(0, 2), (2, 5)]);
        let used = [candidate(0, 0, true), candidate(1, 0, true)];
        assert_eq!(share(&used, 3, Any, FirstOut), [Share { sale: 1, units: 3 }]);
        assert_eq!(share(&[], 3, Any, FirstOut), []);
    }
}
