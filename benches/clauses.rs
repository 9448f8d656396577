//! Policies of any number of clauses, the same ones every time, and requests that they can decide: a general rule, an exception
//! for each department, and in each department exceptions for its brands.

use std::fmt::Write as _;

const HEADER: &str = r#"policy "Department store" version "1" {
  in force   from 2020-01-01 by date sold, otherwise date requested
  currency   USD
  time zone  "America/New_York"
  choices {
    days counted    from the day after
    rounding        half up
    discounts       shared in proportion
    tax             returned in full
    split payments  as tendered
    deadline        met when told
    late returns    final
    lines           each by itself
    fee restocking  per item, untaxed
  }
}
"#;

/// How many departments a policy of so many clauses has: as many as each has brands.
pub(crate) fn departments(clauses: usize) -> usize {
    clauses.saturating_sub(1).isqrt().max(1)
}

/// A policy of exactly so many clauses.
pub(crate) fn policy(clauses: usize) -> String {
    let mut text = HEADER.to_owned();
    let departments = departments(clauses);
    let names: Vec<String> = (0..departments).map(|at| format!("d{at}")).collect();
    let _ = writeln!(text, "fact item.department : one of {}, of the item", names.join(", "));
    text.push_str(
        "clause everything \"Thirty days\" {\n  accept refund\n  start  sold\n  window 30 days\n  basis  price paid\n  pay    original tender\n",
    );
    let mut left = clauses.saturating_sub(1 + departments);
    for (at, name) in names.iter().enumerate() {
        let _ = writeln!(text, "  except {name} \"Department {at}\" when item.department is {name} {{");
        let _ = writeln!(text, "    window {} days", 40 + at % 20);
        // The last department takes what does not divide.
        let brands = left.div_ceil(departments - at);
        left -= brands;
        for brand in 0..brands {
            let _ = writeln!(text, "    except {name}-b{brand} \"Brand {brand}\" when item.brand is \"B{brand}\" {{");
            match brand % 3 {
                0 => writeln!(text, "      window {} days", 60 + brand % 30),
                1 => writeln!(text, "      fee restocking {}%", 1 + brand % 20),
                _ => writeln!(text, "      also accept exchange"),
            }
            .unwrap_or_default();
            text.push_str("    }\n");
        }
        text.push_str("  }\n");
    }
    text.push_str("}\n");
    text
}

/// A visit that brings back so many lines of one sale; `at` tells one visit from the next.
pub(crate) fn request(at: usize, lines: usize) -> String {
    let mut sold = Vec::new();
    let mut back = Vec::new();
    for line in 0..lines {
        let (department, brand) = ((at + line) % 5, (at * 7 + line * 3) % 6);
        sold.push(format!(
            r#"{{"id":"{line}","unit_price":"{}.99","brand":"B{brand}","facts":{{"item.department":"d{department}"}}}}"#,
            5 + (at * 13 + line) % 90
        ));
        back.push(format!(r#"{{"id":"r{line}","sale":"S","line":"{line}","wants":"refund"}}"#));
    }
    format!(
        r#"{{"at":"2026-02-{:02}","sales":[{{"id":"S","sold":"2026-01-05","lines":[{}],"tenders":[{{"id":"t","tender":"cash","amount":"{}.00"}}]}}],"returns":[{}]}}"#,
        1 + at % 28,
        sold.join(","),
        lines * 95,
        back.join(",")
    )
}
