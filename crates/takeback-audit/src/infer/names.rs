//! Names that columns of tills, shops and warehouses go by. Compared without capitals and punctuation; of several that fit, the one that
//! stands first is meant.

/// Canonical columns and their usual names.
const NAMES: &[(&str, &[&str])] = &[
    (
        "visit",
        &[
            "returnid",
            "returnno",
            "rmanumber",
            "gutschrift",
            "gutschriftsnummer",
            "retoure",
            "retourennummer",
            "retourenr",
            "retourennr",
            "returnnumber",
            "rma",
            "rmano",
            "creditnote",
            "creditnoteno",
            "refundid",
            "visit",
        ],
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
            "requestedat",
            "fakturadatum",
            "belegdatum",
            "buchungsdatum",
            "rückgabedatum",
            "rueckgabedatum",
            "retourendatum",
            "rechnungsdatum",
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
            "amazonorderid",
            "faktura",
            "belegnr",
            "bonnr",
            "bonnummer",
            "kassenbon",
            "originalreceipt",
            "originalorder",
            "originalinvoice",
            "originalreceiptno",
            "originalorderno",
            "originalorderid",
        ],
    ),
    (
        "line",
        &[
            "line",
            "lineno",
            "lineid",
            "linenumber",
            "pos",
            "position",
            "itemno",
            "orderitemid",
            "lineitemid",
            "itemid",
            "positionsnummer",
            "originalline",
            "originallineno",
        ],
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
            "fakturadatum",
            "belegdatum",
            "rechnungsdatum",
        ],
    ),
    ("ordered", &["ordered", "orderdate", "orderedat"]),
    ("shipped", &["shipped", "shipdate", "shippedat", "shippeddate", "dispatched", "fulfilledat"]),
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
            "filialnr",
            "filialnummer",
            "location",
            "locationid",
            "outlet",
            "werk",
            "fulfillmentcenterid",
        ],
    ),
    ("store_country", &["storecountry", "sitecountry", "shopcountry"]),
    ("store_state", &["storestate", "sitestate", "state"]),
    ("store_zone", &["zone", "timezone", "storezone"]),
    ("channel", &["channel", "saleschannel", "ordertype"]),
    ("seller", &["seller", "sellerid", "merchant", "vendor"]),
    (
        "clerk",
        &[
            "clerk",
            "clerkid",
            "cashier",
            "cashierid",
            "employee",
            "employeeid",
            "associate",
            "operator",
            "staff",
            "kassierer",
            "kassiererin",
            "bediener",
        ],
    ),
    ("clerk_role", &["clerkrole", "cashierrole", "employeerole"]),
    (
        "customer",
        &[
            "customer",
            "customerid",
            "customerno",
            "customernumber",
            "customercode",
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
            "kundennr",
            "account",
            "auftraggeber",
            "contactname",
            "email",
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
            "artikelnr",
            "inventoryitemcode",
            "material",
            "materialnummer",
        ],
    ),
    ("product", &["product", "productid", "parentsku", "style", "model"]),
    ("brand", &["brand", "brandname", "manufacturer"]),
    (
        "categories",
        &["category", "kategorie", "categories", "department", "dept", "productgroup", "producttype", "warengruppe"],
    ),
    ("quantity", &["quantity", "qty", "units", "pieces", "count", "menge", "anzahl", "stueck", "fakturiertemenge"]),
    ("serials", &["serial", "serialno", "serialnumber", "imei"]),
    (
        "unit_price",
        &[
            "unitprice",
            "listprice",
            "price",
            "itemprice",
            "salesprice",
            "saleprice",
            "preis",
            "einzelpreis",
            "unitamount",
        ],
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
            "netsales",
            "nettowert",
            "subtotal",
            "amount",
            "total",
            "revenue",
            "betrag",
            "extsalesprice",
            "extamount",
            "extendedamount",
        ],
    ),
    (
        "promotions",
        &[
            "promotion",
            "promotionname",
            "promotiontype",
            "promotioncode",
            "promo",
            "promoname",
            "promocode",
            "offer",
            "offername",
            "deal",
            "dealname",
            "aktion",
            "aktionsname",
        ],
    ),
    ("tax", &["tax", "taxamount", "vat", "vatamount", "mwst", "ust", "itemtax", "salestax", "steuerbetrag", "taxes"]),
    ("tax_rate", &["taxrate", "vatrate"]),
    ("final_sale", &["finalsale", "final", "clearance"]),
    (
        "tenders",
        &["tender", "tendertype", "payment", "paymentmethod", "paymenttype", "paidwith", "zahlart", "zahlungsart"],
    ),
    ("shipping_paid", &["shipping", "shippingpaid", "shippingcost", "shippingprice", "freight", "postage"]),
    ("wants", &["wants", "requested", "requestedremedy"]),
    ("condition", &["condition", "itemcondition", "returncondition", "zustand", "detaileddisposition"]),
    ("reason", &["reason", "reasoncode", "returnreason", "reasonid", "why", "grund", "retourengrund"]),
    ("proof", &["proof", "proofofpurchase", "hasreceipt"]),
    ("done", &["decision", "outcome", "accepted", "returnstatus", "refundstatus", "status"]),
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
            "erstattung",
            "erstattungsbetrag",
            "betrag",
        ],
    ),
    (
        "refund_goods",
        &["refundgoods", "goodsamount", "refundnet", "amount", "netsales", "lineamount", "nettowert", "subtotal"],
    ),
    ("refund_tax", &["refundtax", "tax", "taxamount", "vat", "salestax", "steuerbetrag"]),
    ("refund_fee", &["fee", "restockingfee", "feeamount"]),
    ("refund_shipping", &["refundshipping", "shippingrefund"]),
    ("paid_to", &["refundtender", "refundmethod", "paidto", "refundedto", "tender", "paymentmethod"]),
    (
        "paid_at",
        &[
            "refundpaidat",
            "refundpaidon",
            "refundpaid",
            "paidon",
            "paidout",
            "paidoutat",
            "payoutdate",
            "payoutat",
            "settled",
            "settledat",
            "settlementdate",
            "credited",
            "creditedat",
            "auszahlungsdatum",
            "erstattetam",
        ],
    ),
    ("approvals", &["approvedby", "approver", "approverrole", "manager", "authorizedby", "genehmigtvon"]),
    ("verifications", &["verifiedby"]),
    ("forms", &["forms", "signature"]),
];

/// A name without capitals and punctuation.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Columns that say what a row is.
const TYPES: [&str; 12] = [
    "type",
    "eventtype",
    "linetype",
    "transactiontype",
    "documenttype",
    "doctype",
    "recordtype",
    "salestype",
    "kind",
    "belegart",
    "fakturaart",
    "vorgangsart",
];

/// Whether a plain name says what a row is: a sale, a return, a payment.
pub(super) fn of_type(name: &str) -> bool {
    TYPES.contains(&name)
}

/// Words of rows that are returns, as types of rows write them.
const RETURNED: [&str; 9] =
    ["refund", "return", "creditnote", "creditmemo", "retoure", "gutschrift", "storno", "erstattung", "avoir"];

/// Whether a type of rows is that of returns.
pub(super) fn says_return(value: &str) -> bool {
    let value = plain(value);
    RETURNED.iter().any(|word| value.contains(word))
}

/// Whether a status says what was done about a return: words as refusals write them.
pub(super) fn says_done(value: &str) -> bool {
    ["denied", "declined", "rejected", "refused", "abgelehnt", "refusé"].contains(&plain(value).as_str())
}

/// Columns of a time that belongs to a day in another one.
pub(super) fn of_time(name: &str) -> bool {
    ["time", "uhrzeit", "zeit", "saletime", "returntime", "transactiontime"].contains(&name)
}

/// Columns of amounts that say they are of the line.
pub(super) fn of_line(name: &str) -> bool {
    ["lineamount", "linetotal", "linenet"].contains(&name)
}

/// Columns of one of several taxes.
pub(super) fn of_a_tax(name: &str) -> bool {
    ["gst", "hst", "pst", "qst", "rst", "statetax", "countytax", "citytax", "localtax", "tax1", "tax2", "tax3"]
        .contains(&name)
}

/// Columns of a discount.
pub(super) fn of_discount(name: &str) -> bool {
    ["discount", "discounts", "discountamount", "rabatt", "lineitemdiscount"].contains(&name)
}

/// Columns of which promotion it was.
pub(super) fn of_promotion_id(name: &str) -> bool {
    ["promotionid", "promotionno", "promotionnumber", "promoid", "promono", "offerid", "dealid", "aktionsnummer"]
        .contains(&name)
}

/// Columns of which card or account money went to.
pub(super) fn of_card(name: &str) -> bool {
    [
        "card",
        "cardno",
        "cardnumber",
        "cardlast4",
        "cardlastfour",
        "last4",
        "lastfour",
        "maskedpan",
        "pan",
        "tenderid",
        "tenderaccount",
        "giftcardnumber",
        "karte",
        "kartennummer",
    ]
    .contains(&name)
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
    // Of an order with lines, what is said of the line.
    let name = name.strip_prefix("lineitem").filter(|rest| !["", "id"].contains(rest)).unwrap_or(name);
    let rest = words.iter().find_map(|word| name.strip_prefix(word)).unwrap_or(name);
    let known = NAMES.iter().any(|(_, names)| names.contains(&name));
    if known || rest.is_empty() { name } else { rest }
}
