//! Kinds of differences that are known and still to be mended in the engine; each goes when the engine has it right.

use serde_json::Value as Json;

use super::difference::Difference;
use super::policies::Texts;

/// Whether all that differs may come of what is known.
pub(crate) fn is_known(texts: &Texts, request: &Json, differences: &[Difference]) -> bool {
    let says = |what: &str| texts.iter().any(|(_, text)| text.contains(what));
    let tells = |what: &str| request.to_string().contains(what);
    let any = |test: &dyn Fn(&Difference) -> bool| differences.iter().any(test);
    let all = |test: &dyn Fn(&Difference) -> bool| differences.iter().all(test);
    let asks = |what: &str| any(&|found| found.place == "ask" && found.engine.contains(what));
    let undone = says("clawed back") || says("void");

    // Paperwork of lines that stand or fall together.
    (says("all together") && all(&|found| found.place.starts_with("paperwork")))
        // Questions that cannot be answered, are asked in vain, or of the wrong place.
        || asks("refund_to.tender line")
        || asks("sold line")
        || asks("new.price")
        || asks("wants")
        || (says("stop ") && any(&|found| found.place == "ask"))
        || any(&|found| found.place == "outcome" && found.reference == "decline" && found.engine == "undetermined")
        // What is exempt of tax.
        || (tells("tax_exempt") && (says(", taxed") || says("shipping ret")))
        // Tax of goods that cost nothing; tax on a fee rounded tax by tax; a share of a price that is not a whole cent.
        || (undone && any(&|found| found.place.contains(" tax ") && found.engine == "(nothing)"))
        || any(&|found| found.place.contains("fee") && found.place.ends_with(" tax"))
        || says("33.3% of list")
        // Dates of money that is paid to one tender whatever the route.
        || (says("tender") && all(&|found| found.place == "payouts"))
        // Amounts of remedies nobody asked for.
        || all(&|found| is_of_unwanted(request, &found.place))
}

fn is_of_unwanted(request: &Json, place: &str) -> bool {
    let mut words = place.split(' ');
    let (Some("line"), Some(id)) = (words.next(), words.next()) else { return false };
    let coming = request["returns"].as_array().unwrap().iter().find(|coming| coming["id"] == id).unwrap();
    coming["wants"].as_str().is_none_or(|wants| !place.starts_with(&format!("line {id} {wants}")))
}
