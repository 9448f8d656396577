//! Names that columns of tills, shops and warehouses go by. Compared without capitals and punctuation; of several that fit, the one that
//! stands first is meant.

/// Canonical columns and their usual names.
const NAMES: &[(&str, &[&str])] = &[
    (
        "visit",
        &["returnid", "returnno", "returnnumber", "rma", "rmano", "creditnote", "creditnoteno", "refundid", "visit"],
    ),
    (
        "at",
        &[
            "at",
            "returndate",
            "returnedat",
            "returntime",
            "returned",
            "refunddate",
            "refundedat",
            "date",
            "datetime",
            "timestamp",
            "invoicetime",
            "invoicedate",
            "when",
            "day",
            "time",
            "datum",
            "created",
            "createdat",
        ],
    ),
    (
        "sale",
        &[
            "sale",
            "saleid",
            "receipt",
            "receiptno",
            "receiptid",
            "receiptnumber",
            "invoice",
            "invoiceno",
            "invoiceid",
            "invoicenumber",
            "order",
            "orderno",
            "orderid",
            "ordernumber",
            "ticket",
            "ticketno",
            "ticketnumber",
            "transaction",
            "transactionid",
            "transactionno",
            "basket",
            "basketid",
            "bon",
            "beleg",
            "belegnummer",
            "rechnung",
            "rechnungsnummer",
            "originalreceipt",
            "originalorder",
            "originalinvoice",
        ],
    ),
    (
        "line",
        &["line", "lineno", "lineid", "linenumber", "pos", "position", "itemno", "orderitemid", "lineitemid", "itemid"],
    ),
    (
        "sold",
        &[
            "sold",
            "soldat",
            "solddate",
            "saledate",
            "date",
            "invoicedate",
            "invoicetime",
            "orderdate",
            "orderedat",
            "purchasedate",
            "purchased",
            "transactiondate",
            "datetime",
            "timestamp",
            "created",
            "createdat",
            "day",
            "time",
            "datum",
        ],
    ),
    ("ordered", &["ordered", "orderdate", "orderedat"]),
    ("shipped", &["shipped", "shipdate", "shippedat", "shippeddate", "dispatched"]),
    ("received", &["received", "delivered", "deliverydate", "deliveredat", "receivedat", "lieferung", "lieferdatum"]),
    (
        "store",
        &[
            "store",
            "storeid",
            "storeno",
            "storenumber",
            "shop",
            "shopid",
            "branch",
            "site",
            "siteid",
            "filiale",
            "location",
            "locationid",
        ],
    ),
    ("store_country", &["storecountry", "sitecountry", "shopcountry"]),
    ("store_state", &["storestate", "sitestate", "state"]),
    ("store_zone", &["zone", "timezone", "storezone"]),
    ("channel", &["channel", "saleschannel", "ordertype"]),
    ("seller", &["seller", "sellerid", "merchant", "vendor"]),
    (
        "clerk",
        &["clerk", "clerkid", "cashier", "cashierid", "employee", "employeeid", "associate", "operator", "staff"],
    ),
    ("clerk_role", &["clerkrole", "cashierrole", "employeerole"]),
    (
        "customer",
        &[
            "customer",
            "customerid",
            "customerno",
            "customernumber",
            "member",
            "memberid",
            "user",
            "userid",
            "client",
            "clientid",
            "buyer",
            "buyerid",
            "kunde",
            "kundennummer",
            "account",
        ],
    ),
    ("household", &["household", "householdid"]),
    (
        "sku",
        &[
            "sku",
            "skuid",
            "article",
            "articleno",
            "articleid",
            "stockcode",
            "code",
            "item",
            "itemid",
            "itemcode",
            "itemsku",
            "productcode",
            "productid",
            "upc",
            "ean",
            "gtin",
            "asin",
            "barcode",
            "artikel",
            "artikelnummer",
        ],
    ),
    ("product", &["product", "productid", "parentsku", "style", "model"]),
    ("brand", &["brand", "brandname", "manufacturer"]),
    ("categories", &["category", "categories", "department", "productgroup", "producttype", "warengruppe"]),
    ("quantity", &["quantity", "qty", "units", "pieces", "count", "menge", "anzahl", "stueck"]),
    ("serials", &["serial", "serialno", "serialnumber", "imei"]),
    (
        "unit_price",
        &["unitprice", "listprice", "price", "itemprice", "salesprice", "saleprice", "preis", "einzelpreis"],
    ),
    (
        "paid",
        &[
            "paid",
            "netpaid",
            "linepaid",
            "lineamount",
            "linetotal",
            "netamount",
            "amount",
            "total",
            "revenue",
            "betrag",
            "extsalesprice",
        ],
    ),
    ("tax", &["tax", "taxamount", "vat", "vatamount", "mwst", "ust"]),
    ("tax_rate", &["taxrate", "vatrate"]),
    ("final_sale", &["finalsale", "final", "clearance"]),
    ("tenders", &["tender", "tendertype", "payment", "paymentmethod", "paymenttype", "paidwith", "zahlart"]),
    ("shipping_paid", &["shipping", "shippingpaid", "shippingcost", "freight", "postage"]),
    ("wants", &["wants", "requested", "requestedremedy"]),
    ("condition", &["condition", "itemcondition", "returncondition", "zustand"]),
    ("reason", &["reason", "reasoncode", "returnreason", "reasonid", "why", "grund"]),
    ("proof", &["proof", "proofofpurchase", "hasreceipt"]),
    ("done", &["decision", "outcome", "accepted"]),
    ("remedy", &["remedy", "resolution", "disposition", "returntype"]),
    (
        "refund",
        &[
            "refund",
            "refundamount",
            "refundtotal",
            "amountinctax",
            "refunded",
            "creditamount",
            "amount",
            "total",
            "betrag",
        ],
    ),
    ("refund_goods", &["refundgoods", "goodsamount", "refundnet", "amount"]),
    ("refund_tax", &["refundtax", "tax", "taxamount", "vat"]),
    ("refund_fee", &["fee", "restockingfee", "feeamount"]),
    ("refund_shipping", &["refundshipping", "shippingrefund"]),
    ("paid_to", &["refundtender", "refundmethod", "paidto", "refundedto", "tender", "paymentmethod"]),
    ("approvals", &["approvedby", "approver", "approverrole", "manager", "authorizedby"]),
    ("verifications", &["verifiedby"]),
    ("forms", &["forms", "signature"]),
];

/// A name without capitals and punctuation.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// How well a plain name says a canonical column: 0 is best; none, it does not.
pub(super) fn of(target: &str, name: &str) -> Option<usize> {
    if name == plain(target) {
        return Some(0);
    }
    let mut names = NAMES.iter().filter(|(of, _)| *of == target).flat_map(|(_, names)| names.iter());
    names.position(|known| *known == name).map(|place| place + 1)
}

const RETURN: [&str; 4] = ["returned", "return", "refunded", "refund"];
const SALE: [&str; 4] = ["original", "sales", "sale", "purchase"];

/// Whether a plain name says that it is about a return.
pub(super) fn of_return(name: &str) -> bool {
    RETURN.iter().any(|word| name.starts_with(word))
        || ["reason", "reasoncode", "restockingfee", "fee", "why"].contains(&name)
}

/// Whether a plain name says that it is about a sale.
pub(super) fn of_sale(name: &str) -> bool {
    SALE.iter().any(|word| name.starts_with(word)) || ["solddate", "sold", "soldat", "orderdate"].contains(&name)
}

/// A name without what says that it is about the return, or about the sale: `returnquantity` is the quantity of a return.
pub(super) fn without(name: &str, returns: bool) -> &str {
    let words = if returns { RETURN } else { SALE };
    let rest = words.iter().find_map(|word| name.strip_prefix(word)).unwrap_or(name);
    let known = NAMES.iter().any(|(_, names)| names.contains(&name));
    if known || rest.is_empty() { name } else { rest }
}
