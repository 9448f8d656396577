//! What the rules of the grammar are called when a finding speaks of them.

use self::Words::{Keyword, Like, Never, OneOf, Phrase};
use super::Rule;

/// What a rule reads, in the words of the language.
pub(super) enum Words {
    /// This word or sign, or these words. They stand in the text for themselves and mean nothing to the builders.
    Keyword(&'static str),
    /// One of these.
    OneOf(&'static [&'static str]),
    /// Something of this kind.
    Phrase(&'static str),
    /// Something of this kind, which begins with one of these.
    Like(&'static str, &'static [&'static str]),
    /// The rule is a sentence or larger, or part of a word: no finding expects it.
    Never,
}

pub(super) fn is_keyword(rule: Rule) -> bool {
    matches!(words(rule), Keyword(_))
}

/// What each rule reads. Without a wildcard, so that a new rule gets its words.
pub(super) fn words(rule: Rule) -> Words {
    match rule {
        Rule::EOI => Phrase("the end of the sentence"),
        Rule::word => Phrase("a word"),
        Rule::name | Rule::plain_name => Phrase("a name"),
        Rule::label | Rule::label_path => Phrase("a label such as `final-sale`"),
        Rule::calendar_name => Phrase("a calendar such as `us-federal`"),
        Rule::fact_name | Rule::fee_fact | Rule::on_duty => Phrase("a fact such as `customer.tier`"),
        Rule::field_ref => Phrase("a form or a field such as `return-slip.phone`"),
        Rule::field_name => Phrase("the name of a field"),
        Rule::string => Phrase("text in double quotes"),
        Rule::date | Rule::when_value => Phrase("a date such as `2026-01-15`"),
        Rule::month_day => Phrase("a day such as `January 15`"),
        Rule::closed_day => Phrase("a day such as `December 24` or `2026-12-31`"),
        Rule::day_of_month => Phrase("the day of the month"),
        Rule::integer => Phrase("a whole number"),
        Rule::count | Rule::length | Rule::business_length => Phrase("a length such as `30 days`"),
        Rule::number | Rule::letter_count => Phrase("a number"),
        Rule::letters_counted => OneOf(&["digits", "characters"]),
        Rule::field_day => Phrase("a date, `today`, or a field or fact that is a date"),
        Rule::today => OneOf(&["today"]),
        Rule::currency => Phrase("a currency such as `USD`"),
        Rule::decimal | Rule::money => Phrase("an amount such as `45.00 USD`"),
        Rule::percent => Phrase("a percentage such as `15%`"),
        Rule::value | Rule::pair_value => Phrase("a value such as `sealed`, `100.00 USD` or `2026-01-15`"),
        Rule::day => Phrase("a day such as `January 15`, `2026-01-15` or `the deadline of holiday`"),
        Rule::fee_amount => Phrase("an amount such as `15%` or `45.00 USD`"),
        Rule::destination => Phrase("`original tender`, `tender asked for` or the name of a tender"),
        Rule::negation | Rule::condition | Rule::conjunction | Rule::comparison => Phrase("a condition"),
        Rule::category_ref => Phrase("a category"),
        Rule::pair => Phrase("a fact and its value such as `condition opened`"),
        Rule::relation => Like(
            "a comparison such as `is`, `in` or `over`",
            &[
                "is", "is not", "in", "not in", "at least", "at most", "over", "under", "exactly", "same as", "before",
                "from",
            ],
        ),
        Rule::month => Like(
            "a month such as `January`",
            &[
                "January",
                "February",
                "March",
                "April",
                "May",
                "June",
                "July",
                "August",
                "September",
                "October",
                "November",
                "December",
            ],
        ),
        Rule::field_type => Like(
            "a type such as `text`, `money` or `one of`",
            &[
                "text",
                "number",
                "whole number",
                "money",
                "date",
                "yes or no",
                "one of",
                "signature of",
                "photo",
                "email",
                "phone",
                "address",
                "imei",
                "gtin",
            ],
        ),
        Rule::field_plain => Like(
            "a type such as `text`, `money` or `one of`",
            &[
                "text",
                "number",
                "whole number",
                "money",
                "date",
                "yes or no",
                "photo",
                "email",
                "phone",
                "address",
                "imei",
                "gtin",
            ],
        ),
        Rule::attribute => Like(
            "what the clauses say, such as `window`, `fee restocking` or `remedies`",
            &[
                "remedies",
                "window",
                "start",
                "basis",
                "tax",
                "shipping",
                "discounts",
                "pay",
                "hold",
                "due",
                "fee",
                "deduction",
                "remedy",
                "form",
            ],
        ),
        Rule::attribute_plain => Like(
            "what the clauses say, such as `window`, `fee restocking` or `remedies`",
            &["remedies", "window", "start", "basis", "tax", "shipping", "discounts", "pay", "hold", "due"],
        ),
        Rule::expectation => Like(
            "what to expect, such as `refund 45.00 USD` or `because electronics`",
            &[
                "refund",
                "credit",
                "goods",
                "tax",
                "shipping",
                "to pay",
                "value",
                "fee",
                "deduction",
                "pays",
                "last day",
                "because",
                "ask",
                "collect",
                "limit",
                "to",
                "say",
                "offer",
            ],
        ),
        Rule::when => OneOf(&["when", "unless"]),
        Rule::past_limits => Phrase("`no limit` or a label such as `no-receipt`"),
        Rule::business_days => OneOf(&["business days"]),
        Rule::answer_kind => OneOf(&["accepted", "pending", "declined", "expired", "stopped", "referred"]),
        Rule::unit => OneOf(&["hours", "days", "business days", "weeks", "months", "years"]),
        Rule::version_clock => OneOf(&["sold", "ordered", "requested"]),
        Rule::discipline => OneOf(&["most favourable to the customer", "strictest"]),
        Rule::first_day => OneOf(&["the day after", "the day itself"]),
        Rule::window_end => OneOf(&["end on a business day", "end on any day"]),
        Rule::month_end => OneOf(&["end on the last day", "run into the next month"]),
        Rule::cash_exact => OneOf(&["not rounded"]),
        Rule::nearest => Keyword("to the nearest"),
        Rule::rounding_mode => OneOf(&["half up", "half even", "down", "up"]),
        Rule::fee_unit => OneOf(&["per item", "per line", "per return", "per label"]),
        Rule::fee_tax => OneOf(&["taxed", "untaxed"]),
        Rule::extension_rule => OneOf(&["add up", "longest counts"]),
        Rule::split_rest => OneOf(&["as tendered", "in reverse", "in proportion"]),
        Rule::meeting_event => OneOf(&["told", "sent", "received"]),
        Rule::line_rule => OneOf(&["each by itself", "all together"]),
        Rule::sharing => OneOf(&["shared in proportion", "clawed back", "void"]),
        Rule::gift_rule => OneOf(&["value deducted", "must come back", "kept free"]),
        Rule::tax_rule => OneOf(&["returned in full", "returned on what is refunded", "not returned"]),
        Rule::shipping_rule => {
            OneOf(&["returned", "returned up to the cheapest", "returned with the last item", "not returned"])
        }
        Rule::any_amount => OneOf(&["any amount"]),
        Rule::only_if_asked => OneOf(&["only if asked for"]),
        Rule::own_matters => OneOf(&["in its own matters"]),
        Rule::rung => Phrase("a role and how much it may approve such as `manager up to 1000.00 USD`"),
        Rule::on_duty_word => OneOf(&["on duty"]),
        Rule::role_on_duty => Phrase("a role on duty such as `manager on duty`"),
        Rule::finality => OneOf(&["final", "overridable by"]),
        Rule::remedy_kind => OneOf(&["money", "money to", "goods", "service", "price difference"]),
        Rule::price_difference => OneOf(&["price difference"]),
        Rule::type_plain => OneOf(&["yes or no", "whole number", "number", "money", "date", "text", "list of text"]),
        Rule::fact_type => {
            OneOf(&["yes or no", "one of", "whole number", "number", "money", "date", "text", "list of text"])
        }
        Rule::in_percent => OneOf(&["percent"]),
        Rule::scope => OneOf(&["visit", "sale", "item", "tender"]),
        Rule::as_of_event => OneOf(&["sale", "return"]),
        Rule::attribute_named => OneOf(&["fee", "deduction", "remedy", "form"]),
        Rule::clock => OneOf(&["sold", "ordered", "invoiced", "shipped", "received", "installed", "activated"]),
        Rule::bound | Rule::fee_bound | Rule::told_bound => OneOf(&["at least", "at most"]),
        Rule::price => OneOf(&["price paid", "current price", "list price", "lowest price in", "nothing"]),
        Rule::start_date => Like(
            "a date such as `received`, or a date fact",
            &["sold", "ordered", "invoiced", "shipped", "received", "installed", "activated"],
        ),
        Rule::received_of => OneOf(&["received of the whole order", "received of the first parcel"]),
        Rule::pay_event => Like("`sold`, `requested` or a date fact", &["sold", "requested"]),
        Rule::pay_day => OneOf(&["sold", "requested"]),
        Rule::due_event => Like(
            "`told`, `sent` or `received` of the return, `sold`, `requested` or a date fact",
            &["sold", "requested", "told", "sent", "received"],
        ),
        Rule::due_day => OneOf(&["sold", "requested", "told", "sent", "received"]),
        Rule::return_event => OneOf(&["sent", "received"]),
        Rule::order => OneOf(&["at least", "at most", "over", "under", "exactly"]),
        Rule::is_values => OneOf(&["is", "is not"]),
        Rule::in_list => OneOf(&["in", "not in"]),
        Rule::same_as => OneOf(&["same as", "not same as"]),
        Rule::outcome => OneOf(&["accept", "accept pending verification", "refer", "decline", "undetermined"]),
        Rule::x_part | Rule::x_amount => {
            OneOf(&["refund", "credit", "goods", "tax", "shipping", "to pay", "in cash", "value"])
        }
        Rule::x_status_word => OneOf(&["offered", "not offered", "expired", "stopped", "unsettled"]),
        Rule::as_before => OneOf(&["as before", "as in"]),
        Rule::as_it_was => OneOf(&["as before"]),
        Rule::no_limit => OneOf(&["no limit"]),
        Rule::included_tax => OneOf(&["included tax"]),
        Rule::pair_word => OneOf(&["over"]),
        Rule::x_as_hash => OneOf(&["as hash"]),
        Rule::limit_used => Keyword("used"),
        Rule::limit_passes => Keyword("passes on"),
        Rule::pay_original => OneOf(&["original tender"]),
        Rule::pay_asked => OneOf(&["tender asked for"]),
        Rule::kept_never => OneOf(&["never"]),
        Rule::comma_sign => Keyword(","),
        Rule::colon_sign => Keyword(":"),
        Rule::equals_sign => Keyword("="),
        Rule::left_bracket => Keyword("("),
        Rule::right_bracket => Keyword(")"),
        Rule::later_words => Keyword("the later of"),
        Rule::earlier_words => Keyword("the earlier of"),
        Rule::not_before => Keyword("not before"),
        Rule::not_after => Keyword("not after"),
        Rule::longer_by => Keyword("longer by"),
        Rule::in_repair => OneOf(&["pauses during repairs"]),
        Rule::at_least => Keyword("at least"),
        Rule::at_least_until => Keyword("at least until"),
        Rule::ending_in => Keyword("ending in"),
        Rule::k_above => Keyword("above"),
        Rule::k_accept => Keyword("accept"),
        Rule::k_after => Keyword("after"),
        Rule::k_also => Keyword("also"),
        Rule::k_and => Keyword("and"),
        Rule::k_any => Keyword("any"),
        Rule::k_approved => Keyword("approved"),
        Rule::k_authority => Keyword("authority"),
        Rule::k_as => Keyword("as"),
        Rule::k_ask => Keyword("ask"),
        Rule::k_asked => Keyword("asked"),
        Rule::k_at => Keyword("at"),
        Rule::k_basis => Keyword("basis"),
        Rule::k_because => Keyword("because"),
        Rule::k_before => Keyword("before"),
        Rule::k_bundles => Keyword("bundles"),
        Rule::k_business => Keyword("business"),
        Rule::k_by => Keyword("by"),
        Rule::k_cash => Keyword("cash"),
        Rule::k_category => Keyword("category"),
        Rule::k_changeable => Keyword("changeable"),
        Rule::k_channel => Keyword("channel"),
        Rule::k_choices => Keyword("choices"),
        Rule::k_clause => Keyword("clause"),
        Rule::k_clauses => Keyword("clauses"),
        Rule::k_closed => Keyword("closed"),
        Rule::k_right => Keyword("right"),
        Rule::k_rule => Keyword("rule"),
        Rule::charge_kind => OneOf(&["fees", "deductions"]),
        Rule::k_collect => Keyword("collect"),
        Rule::k_condition => Keyword("condition"),
        Rule::k_counted => Keyword("counted"),
        Rule::k_currency => Keyword("currency"),
        Rule::k_current => Keyword("current"),
        Rule::k_customer => Keyword("customer"),
        Rule::k_date => Keyword("date"),
        Rule::k_day => Keyword("day"),
        Rule::k_days => Keyword("days"),
        Rule::k_deadline => Keyword("deadline"),
        Rule::k_decline => Keyword("decline"),
        Rule::k_deduct => Keyword("deduct"),
        Rule::k_deduction => Keyword("deduction"),
        Rule::k_disagree => Keyword("disagree"),
        Rule::k_discount => Keyword("discount"),
        Rule::k_discounts => Keyword("discounts"),
        Rule::k_due => Keyword("due"),
        Rule::k_every => Keyword("every"),
        Rule::k_everything => Keyword("everything"),
        Rule::k_except => Keyword("except"),
        Rule::k_exception => Keyword("exception"),
        Rule::k_expect => Keyword("expect"),
        Rule::k_extensions => Keyword("extensions"),
        Rule::k_fact => Keyword("fact"),
        Rule::k_favourable => Keyword("favourable"),
        Rule::k_fee => Keyword("fee"),
        Rule::k_final => Keyword("final"),
        Rule::k_first => Keyword("first"),
        Rule::k_fixed => Keyword("fixed"),
        Rule::k_for => Keyword("for"),
        Rule::k_force => Keyword("force"),
        Rule::k_form => Keyword("form"),
        Rule::k_from => Keyword("from"),
        Rule::k_gifts => Keyword("gifts"),
        Rule::k_goods => Keyword("goods"),
        Rule::k_hash => Keyword("hash"),
        Rule::k_higher => Keyword("higher"),
        Rule::k_hold => Keyword("hold"),
        Rule::k_identity => Keyword("identity"),
        Rule::k_if => Keyword("if"),
        Rule::k_in => Keyword("in"),
        Rule::k_is => Keyword("is"),
        Rule::k_item => Keyword("item"),
        Rule::k_kept => Keyword("kept"),
        Rule::k_last => Keyword("last"),
        Rule::k_late => Keyword("late"),
        Rule::k_layer => Keyword("layer"),
        Rule::k_layers => Keyword("layers"),
        Rule::k_may => Keyword("may"),
        Rule::leeway_kind => OneOf(&["not change", "improve", "tighten", "change"]),
        Rule::k_library => Keyword("library"),
        Rule::k_per => Keyword("per"),
        Rule::k_items => Keyword("items"),
        Rule::k_limit => Keyword("limit"),
        Rule::k_ever => Keyword("ever"),
        Rule::k_counting => Keyword("counting"),
        Rule::k_history => Keyword("history"),
        Rule::k_more => Keyword("more"),
        Rule::limit_measure => OneOf(&["refund", "returns", "items"]),
        Rule::limit_per => OneOf(&["customer", "household", "clerk", "item"]),
        Rule::calendar_period => OneOf(&["a calendar year", "a calendar month", "a calendar week"]),
        Rule::k_line => Keyword("line"),
        Rule::k_lines => Keyword("lines"),
        Rule::k_list => Keyword("list"),
        Rule::k_lowest => Keyword("lowest"),
        Rule::k_met => Keyword("met"),
        Rule::k_money => Keyword("money"),
        Rule::k_months => Keyword("months"),
        Rule::k_most => Keyword("most"),
        Rule::k_never => Keyword("never"),
        Rule::k_new => Keyword("new"),
        Rule::k_no => Keyword("no"),
        Rule::k_none => Keyword("none"),
        Rule::k_not => Keyword("not"),
        Rule::k_nothing => Keyword("nothing"),
        Rule::k_number => Keyword("number"),
        Rule::k_of => Keyword("of"),
        Rule::k_offer => Keyword("offer"),
        Rule::k_old => Keyword("old"),
        Rule::k_on => Keyword("on"),
        Rule::k_once => Keyword("once"),
        Rule::k_one => Keyword("one"),
        Rule::k_optional => Keyword("optional"),
        Rule::k_or => Keyword("or"),
        Rule::k_original => Keyword("original"),
        Rule::k_otherwise => Keyword("otherwise"),
        Rule::k_overridable => Keyword("overridable"),
        Rule::k_overrides => Keyword("overrides"),
        Rule::k_paid => Keyword("paid"),
        Rule::k_pay => Keyword("pay"),
        Rule::k_payments => Keyword("payments"),
        Rule::k_pays => Keyword("pays"),
        Rule::k_policy => Keyword("policy"),
        Rule::k_price => Keyword("price"),
        Rule::k_proof => Keyword("proof"),
        Rule::k_prefilled => Keyword("prefilled"),
        Rule::k_printed => Keyword("printed"),
        Rule::k_purpose => Keyword("purpose"),
        Rule::k_reason => Keyword("reason"),
        Rule::k_refer => Keyword("refer"),
        Rule::k_refund => Keyword("refund"),
        Rule::k_remedy => Keyword("remedy"),
        Rule::k_required => Keyword("required"),
        Rule::k_rest => Keyword("rest"),
        Rule::k_return => Keyword("return"),
        Rule::k_returns => Keyword("returns"),
        Rule::k_role => Keyword("role"),
        Rule::k_rounding => Keyword("rounding"),
        Rule::k_same => Keyword("same"),
        Rule::k_say => Keyword("say"),
        Rule::k_scenario => Keyword("scenario"),
        Rule::k_season => Keyword("season"),
        Rule::k_service => Keyword("service"),
        Rule::k_shipping => Keyword("shipping"),
        Rule::k_signature => Keyword("signature"),
        Rule::k_since => Keyword("since"),
        Rule::k_sold => Keyword("sold"),
        Rule::k_split => Keyword("split"),
        Rule::k_start => Keyword("start"),
        Rule::k_stop => Keyword("stop"),
        Rule::k_strictest => Keyword("strictest"),
        Rule::k_tax => Keyword("tax"),
        Rule::k_tender => Keyword("tender"),
        Rule::k_the => Keyword("the"),
        Rule::k_then => Keyword("then"),
        Rule::k_time => Keyword("time"),
        Rule::k_to => Keyword("to"),
        Rule::k_total => Keyword("total"),
        Rule::k_under => Keyword("under"),
        Rule::k_unless => Keyword("unless"),
        Rule::k_until => Keyword("until"),
        Rule::k_up => Keyword("up"),
        Rule::k_use => Keyword("use"),
        Rule::k_verified => Keyword("verified"),
        Rule::k_verify => Keyword("verify"),
        Rule::k_version => Keyword("version"),
        Rule::k_visit => Keyword("visit"),
        Rule::k_waive => Keyword("waive"),
        Rule::k_when => Keyword("when"),
        Rule::k_where => Keyword("where"),
        Rule::k_window => Keyword("window"),
        Rule::k_within => Keyword("within"),
        Rule::k_windows => Keyword("windows"),
        Rule::k_without => Keyword("without"),
        Rule::k_zone => Keyword("zone"),
        Rule::WHITESPACE
        | Rule::COMMENT
        | Rule::file
        | Rule::sep
        | Rule::end
        | Rule::brk
        | Rule::open
        | Rule::close
        | Rule::item
        | Rule::block_item
        | Rule::line_item
        | Rule::name_char
        | Rule::edge
        | Rule::gap
        | Rule::stop_word
        | Rule::inner_stop_word
        | Rule::option_word
        | Rule::plain_word
        | Rule::names
        | Rule::label_paths
        | Rule::comma
        | Rule::next
        | Rule::scenario_comma
        | Rule::strings
        | Rule::values
        | Rule::use_item
        | Rule::policy_item
        | Rule::policy_head
        | Rule::library_item
        | Rule::library_head
        | Rule::header_line
        | Rule::header_sentence
        | Rule::in_force
        | Rule::currency_line
        | Rule::zone_line
        | Rule::disagree
        | Rule::favourable
        | Rule::strictest
        | Rule::choices
        | Rule::choices_head
        | Rule::choice_line
        | Rule::choice_sentence
        | Rule::choice_first_day
        | Rule::choice_calendar
        | Rule::closed
        | Rule::choice_ends
        | Rule::choice_cash
        | Rule::choice_months
        | Rule::choice_rounding
        | Rule::choice_discounts
        | Rule::choice_bundles
        | Rule::choice_gifts
        | Rule::choice_tax
        | Rule::choice_shipping
        | Rule::choice_fee
        | Rule::choice_deduction
        | Rule::choice_extensions
        | Rule::choice_split
        | Rule::split_first
        | Rule::choice_without
        | Rule::use_clock
        | Rule::ask_for_it
        | Rule::refer_missing
        | Rule::choice_deadline
        | Rule::choice_late
        | Rule::choice_lines
        | Rule::choice_authority
        | Rule::final_word
        | Rule::overridable
        | Rule::vocabulary
        | Rule::vocabulary_plain
        | Rule::vocabulary_remedy
        | Rule::remedy_money_to
        | Rule::remedy_money
        | Rule::remedy_goods
        | Rule::remedy_service
        | Rule::remedy_difference
        | Rule::vocabulary_role
        | Rule::category_item
        | Rule::category_except
        | Rule::list_item
        | Rule::season_item
        | Rule::yearly
        | Rule::instances
        | Rule::instance
        | Rule::fact_item
        | Rule::question_item
        | Rule::type_one_of
        | Rule::fact_option
        | Rule::option_scope
        | Rule::option_as_of
        | Rule::option_otherwise
        | Rule::option_changeable
        | Rule::option_fresh
        | Rule::clause_item
        | Rule::clause_head
        | Rule::law_item
        | Rule::law_head
        | Rule::law_deadline
        | Rule::limit
        | Rule::limit_span
        | Rule::limit_rolling
        | Rule::limit_calendar
        | Rule::limit_ever
        | Rule::limit_floor
        | Rule::limit_fresh
        | Rule::s_history
        | Rule::past
        | Rule::accept_one_of
        | Rule::pay_one_of
        | Rule::no_charges
        | Rule::identity_kept
        | Rule::head_parts
        | Rule::attach
        | Rule::unless
        | Rule::several_override
        | Rule::cite
        | Rule::body
        | Rule::statement
        | Rule::sentence
        | Rule::except
        | Rule::except_head
        | Rule::overrides
        | Rule::attributes
        | Rule::as_in
        | Rule::for_remedies
        | Rule::accept
        | Rule::also_accept
        | Rule::no_remedy
        | Rule::decline
        | Rule::start
        | Rule::later_of
        | Rule::start_shift
        | Rule::deadline_of
        | Rule::day_after_season
        | Rule::window
        | Rule::window_until
        | Rule::window_told
        | Rule::fixed
        | Rule::window_longer
        | Rule::window_bound
        | Rule::window_pauses
        | Rule::pause_least
        | Rule::window_ending
        | Rule::basis
        | Rule::price_part
        | Rule::price_paid
        | Rule::price_current
        | Rule::price_list
        | Rule::price_lowest
        | Rule::price_nothing
        | Rule::fee
        | Rule::deduct
        | Rule::none
        | Rule::tax
        | Rule::shipping
        | Rule::discounts
        | Rule::pay
        | Rule::pay_cap
        | Rule::hold
        | Rule::hold_length
        | Rule::counted
        | Rule::of_calendar
        | Rule::pays_on
        | Rule::pays_by
        | Rule::due
        | Rule::due_at_once
        | Rule::due_within
        | Rule::due_not_before
        | Rule::earlier_of
        | Rule::collect
        | Rule::waive
        | Rule::field_refs
        | Rule::refer
        | Rule::verify
        | Rule::stop
        | Rule::say
        | Rule::offer
        | Rule::if_answer
        | Rule::not
        | Rule::test
        | Rule::group
        | Rule::any_line
        | Rule::any_tender
        | Rule::every_line
        | Rule::count_lines
        | Rule::total_refund
        | Rule::days_since
        | Rule::category_test
        | Rule::is_not_in
        | Rule::not_in
        | Rule::category_refs
        | Rule::is_not
        | Rule::ordered
        | Rule::not_same
        | Rule::date_before
        | Rule::date_from
        | Rule::form_item
        | Rule::form_head
        | Rule::field_line
        | Rule::field
        | Rule::field_signature
        | Rule::field_option
        | Rule::field_required
        | Rule::field_optional
        | Rule::field_from
        | Rule::field_kept
        | Rule::field_identity
        | Rule::kept_hash
        | Rule::kept_for
        | Rule::field_purpose
        | Rule::field_prefilled
        | Rule::field_bound
        | Rule::field_letters
        | Rule::field_not_before
        | Rule::field_not_after
        | Rule::field_same_as
        | Rule::field_not_printed
        | Rule::scenario_item
        | Rule::scenario_head
        | Rule::scenario_line
        | Rule::scenario_sentence
        | Rule::s_sold
        | Rule::s_item
        | Rule::s_discount
        | Rule::labels
        | Rule::s_paid
        | Rule::s_visit
        | Rule::s_or_visit
        | Rule::s_return
        | Rule::s_new
        | Rule::s_approved
        | Rule::s_verified
        | Rule::s_expect
        | Rule::pairs
        | Rule::period
        | Rule::x_fee
        | Rule::x_pays
        | Rule::x_last_day
        | Rule::x_because
        | Rule::x_ask
        | Rule::x_collect
        | Rule::x_kept
        | Rule::lowest_in
        | Rule::x_limit
        | Rule::x_role
        | Rule::x_status
        | Rule::x_say
        | Rule::x_offer
        | Rule::x_not
        | Rule::layers_line
        | Rule::layer_line
        | Rule::leeway
        | Rule::leeway_all
        | Rule::leeway_range
        | Rule::leeway_end
        | Rule::stray_close
        | Rule::bad_line
        | Rule::bad_piece
        | Rule::bad_break
        | Rule::blank
        | Rule::unclosed
        | Rule::bad_block
        | Rule::bad_inside
        | Rule::bad_except
        | Rule::sentence_word
        | Rule::scenario_word
        | Rule::inside_header
        | Rule::inside_choices
        | Rule::inside_clause
        | Rule::inside_form
        | Rule::inside_scenario
        | Rule::explain_item
        | Rule::explain_block
        | Rule::explain_header
        | Rule::explain_choices
        | Rule::explain_choice
        | Rule::explain_statement
        | Rule::explain_except
        | Rule::explain_field
        | Rule::explain_scenario => Never,
    }
}
