// The forms of requests and decisions are told in docs/reference/request.md and decision.md of the repository. Money and
// other decimals are strings, days are "2025-11-20", moments "2025-11-20T15:04:00-05:00".

/** Where the engine may come from: its address, a response, its bytes, or a compiled module. */
export type Source = string | URL | globalThis.Request | Response | ArrayBuffer | ArrayBufferView | CompiledModule;

/** A `WebAssembly.Module`, where the project knows of any: those for Node without `dom` do not. */
type CompiledModule = typeof globalThis extends { WebAssembly: { Module: { prototype: infer Module } } } ? Module : never;

/**
 * Loads the engine: in Node from its file, elsewhere by fetching `takeback_bg.wasm` from beside the script, unless it is told
 * another source. Call it before anything else. Where the engine runs already it does nothing, and calls at the same time
 * load it once; after one that failed the next tries again. After the engine has stopped (`EngineError`) it starts another.
 *
 * In Node the engine is also loaded by the first call of anything else.
 *
 * @throws {EngineError} of the kind `"load"`
 */
export function init(source?: Source | Promise<Source>): Promise<void>;

/** The version of the engine, which is also the version of this package. */
export function version(): string;

/** What the code of a diagnostic (`T0301`) or the key of a reason (`not offered`) means, in Markdown. */
export function explain(code: string): string | undefined;

/**
 * Everything there is to say about the files of a policy, in the order of the files.
 *
 * @throws {ArgumentError} when they are no files
 */
export function check(files: Files): Diagnostic[];

/** What the policies of the whole engine and of the small one have in common; `Request` is what theirs make of a request. */
export interface PolicyOf<Request> {
  /** Its name. */
  readonly name: string;
  /** The names of its versions, by the day they begin. */
  readonly versions: string[];

  /**
   * Reads a request, an object or its JSON text, so that several things can be asked about it. The object is plain data: a member
   * that is undefined is left out, and whatever else JSON would leave out or write as something else is refused.
   *
   * @throws {RequestError} when the request cannot be read; so do the methods below
   */
  request(request: ReturnRequest | string): Request;
  /** Decides a request. Every request that can be read has an answer; the same request has the same answer. */
  decide(request: AskedOf<Request>): Decision;
  /** The decision as JSON text: the same bytes on every platform. */
  decideJson(request: AskedOf<Request>): string;
  /** `complete` of a request: see there. */
  complete(request: AskedOf<Request>, answers: Answers | string, options?: KeyOption): Completion;
  completeJson(request: AskedOf<Request>, answers: Answers | string, options?: KeyOption): string;

  /** Gives its memory back; it cannot be used after that. Requests that it has read can. */
  free(): void;
  /** The same as `free`, for `using`; there where the runtime has the symbol. */
  [Symbol.dispose](): void;
}

/** What a policy is asked about: an object, its JSON text, or what `request` of the same policy made of one of them. */
export type AskedOf<Request> = ReturnRequest | string | Request;

/** What the requests that either engine has read have in common. */
export interface RequestOf<Policy> {
  /** Whether it was read by this policy. */
  isOf(policy: Policy): boolean;

  /** The decision. */
  decide(): Decision;
  /** The decision as JSON text: the same bytes on every platform. */
  decideJson(): string;
  /**
   * Decides it and holds the answers to its forms against what is asked: the finished record, or everything that is missing
   * or wrong. No answer changes what is decided.
   *
   * @throws {AnswersError} when the JSON of the answers, or the key, cannot be read
   */
  complete(answers: Answers | string, options?: KeyOption): Completion;
  /** The same as JSON text: the same bytes on every platform. */
  completeJson(answers: Answers | string, options?: KeyOption): string;

  /** Gives its memory back; it cannot be used after that. */
  free(): void;
  [Symbol.dispose](): void;
}

/** The policy in force at a till, made of a `Source`. */
export interface CurrentPolicyOf<Policy, Source> {
  /**
   * The policy. Ask for it anew each time: the one before is freed when another replaces it. When somebody has freed it, or its engine has
   * stopped and `init` has started another, it is made again from the same source.
   */
  readonly policy: Policy;
  /** Why the last `replace` was refused; undefined when it was not. */
  readonly refused: unknown;

  /**
   * Makes a policy and lets it take the place of the other. When it is refused, the other stays.
   *
   * @param options.keys of a bundle: see `Policy.load`; files take none. Left out, those that were given before hold on
   * @throws what `Policy.load` or `Policy.compile` throws
   */
  replace(source: Source, options?: KeysOption): Policy;

  /** Gives the memory of the policy back. `replace` begins anew. */
  free(): void;
  [Symbol.dispose](): void;
}

/** The public keys, of 64 hexadecimal digits, of which one must have signed a bundle; without this option it need not be signed. At least one. */
export interface KeysOption {
  keys?: readonly string[];
}

/** The key (64 hexadecimal digits or more) for answers that are kept as a hash. */
export interface KeyOption {
  key?: string | undefined;
}

/**
 * A compiled policy. Its memory lives in the engine: `free` it, or declare it with `using`, where many are made.
 *
 * All of its methods throw an `EngineError` when it has been freed, or when its engine has stopped; a request that it has read answers on.
 * `name`, `versions`, `warnings` and `bundle` can always be read.
 */
export class Policy {
  private constructor();

  /**
   * Reads and checks the files of a policy. `use` finds files among these only.
   *
   * @throws {PolicyError} when one of the diagnostics is an error
   * @throws {ArgumentError} when they are no files
   */
  static compile(files: Files): Policy;

  /**
   * Reads a bundle, which `takeback bundle` or `toBundle` made. A policy that is there already is not touched: where this
   * throws, go on with that one.
   *
   * @throws {BundleError} when it is damaged, of a newer format, or not signed by one of the keys
   * @throws {ArgumentError} when it is no bytes, or a key is none
   */
  static load(bundle: Uint8Array | ArrayBuffer, options?: KeysOption): Policy;

  /** What was found that is not an error. */
  readonly warnings: Diagnostic[];
  /** What the bundle says that it was loaded from; null: it was compiled from files. */
  readonly bundle: Bundle | null;

  /**
   * The policy in one file, for `load`: what decides, with messages, calendars and time zones, without the texts of its files and
   * without scenarios. The same files make the same bytes.
   *
   * @param options.zones the time zones of stores that requests name, beside those of the policy: `Europe/Berlin`
   * @throws {ArgumentError} when there is no such zone
   */
  toBundle(options?: { zones?: readonly string[] }): Uint8Array;

  /** `audit` of a request: see there. */
  audit(request: Asked, record: ReturnRecord | string, options?: KeyOption): Difference[];
  /** `whatWouldChange` of a request: see there. */
  whatWouldChange(request: Asked): Change[];
  /** `trace` of a request: see there. */
  trace(request: Asked): Trace;
  /** `words` of a request: see there. */
  words(request: Asked, options?: { locale?: string }): Script;

  /** The tags of the languages that `words` knows: those of the engine, and those that the policy brings files of. */
  readonly languages: string[];

  /** A message file to begin with: every key that a language lacks, with what is said now as a comment. */
  messages(locale: string): string;
  /** How the scenarios of its files go. */
  test(): ScenarioResult[];
}
export interface Policy extends PolicyOf<Request> {}

export type Asked = AskedOf<Request>;

/**
 * A request that a policy has read: `policy.request(…)`. It stays what it is, whatever becomes of the object that it was read
 * from. Its memory lives in the engine, as that of policies does.
 */
export class Request {
  private constructor();

  /**
   * Where a record is not what the policy gives for it; empty when it is.
   *
   * @throws {AnswersError} when it is no record
   */
  audit(record: ReturnRecord | string, options?: KeyOption): Difference[];
  /** Which single changes of what the customer or the store can still change would make another answer. */
  whatWouldChange(): Change[];
  /** Which clauses applied to each line. */
  trace(): Trace;
  /**
   * What the clerk reads, what the customer hears, and what there is instead. `"sl-SI"` is told in `"sl"` where there is
   * nothing for the country; what the language lacks is in English, and listed.
   *
   * @throws {LanguageError} when the language is not among `languages` of the policy
   */
  words(options?: { locale?: string }): Script;
}
export interface Request extends RequestOf<Policy> {}

/**
 * The policy that a till goes by, while new ones come: the last that was good. A request that it has read before goes on
 * under the policy that read it.
 */
export class CurrentPolicy {
  /** Throws as `replace` does. */
  constructor(source: PolicySource, options?: KeysOption);
}
export interface CurrentPolicy extends CurrentPolicyOf<Policy, PolicySource> {}

/** What a policy is made of: a bundle, or files. */
export type PolicySource = Uint8Array | ArrayBuffer | Files;

/** An error with its message and all its members, for logs and other threads, which would lose one or the other. */
export interface ErrorJson {
  name: string;
  message: string;
  [member: string]: unknown;
}

/** The files are no policy. The message has a line for each error. */
export class PolicyError extends Error {
  private constructor();
  name: "PolicyError";
  toJSON(): ErrorJson;
  /** All that was found, warnings too. */
  diagnostics: Diagnostic[];
}

/** The file is no bundle to decide by. */
export class BundleError extends Error {
  private constructor();
  name: "BundleError";
  toJSON(): ErrorJson;
  kind: BundleErrorKind;
}

/** What is wrong with a bundle. */
export type BundleErrorKind =
  /** The bytes are something else, or more than any bundle has. */
  | "not a bundle"
  /** Its end is missing. */
  | "truncated"
  /** It is not what was written. */
  | "corrupted"
  /** It is of a format that this engine does not know yet. */
  | "newer"
  /** Keys were given, and nobody signed it. */
  | "unsigned"
  /** A signature is wrong, or none is by a key that was given. */
  | "signature";

/** What a bundle says about itself. */
export interface Bundle {
  /** Its address, of all but the signatures: `sha256:` and 64 hexadecimal digits. Decisions and records name it. */
  hash: string;
  format: number;
  /** The version of the engine that made it. */
  engine: string;
  /** The public keys of those who signed it; all signatures are right. */
  signers: string[];
}

/** The request cannot be read. */
export class RequestError extends Error {
  private constructor();
  name: "RequestError";
  toJSON(): ErrorJson;
  kind: RequestErrorKind;
  /**
   * Where, as a JSON pointer: `/sales/0/lines/1/unit_price`; empty for the request as a whole. Of a name of more than 100
   * characters it has the first 100 and `…`; messages quote no more of anything either.
   */
  path: string;
}

/** What kind of trouble it is with a request, answers or a record. */
export type RequestErrorKind =
  /** Not JSON, or nothing that can be read: half of a character, an object inside itself, a getter that throws. */
  | "json"
  /** More than is read: 64 MiB, ten million values, 200,000 lines, 64 levels, 1,000 approvals or taxes of a line. */
  | "limit"
  /** A member that is unknown, missing or given twice. */
  | "member"
  /** Something else than what stands there: text for a list, a number with a point, a day that no calendar has, a function, a Date. */
  | "type"
  /** A value that cannot be: a negative price, zero units, an empty id. */
  | "value"
  /** A word that the policy does not have: a remedy, a tender, a role, a condition. */
  | "word"
  /** An id that stands twice. */
  | "duplicate"
  /** A sale, line, tender, tax or clause that there is not. */
  | "reference"
  /** A currency that is not the policy's. */
  | "currency"
  /** A fact that the policy does not declare, or that stands in the wrong place. */
  | "fact";

/** Answers, a record or a key that cannot be read. What is wrong with an answer is a `Problem`. */
export class AnswersError extends Error {
  private constructor();
  name: "AnswersError";
  toJSON(): ErrorJson;
  /** What cannot be read. */
  of: "answers" | "record" | "key";
  kind: RequestErrorKind;
  /** Where, as a JSON pointer; empty for the whole. */
  path: string;
}

/** A language that there are no messages in. */
export class LanguageError extends Error {
  private constructor();
  name: "LanguageError";
  toJSON(): ErrorJson;
  /** The tags that there are. */
  known: string[];
}

/** Something else than a request, answers or a record that a call cannot be made with. */
export class ArgumentError extends TypeError {
  private constructor();
  name: "ArgumentError";
  toJSON(): ErrorJson;
  kind: ArgumentErrorKind;
}

/** Which argument or option is wrong. */
export type ArgumentErrorKind =
  /** Files: neither texts by name nor a list of `{ name, text }`, or a name twice. */
  | "files"
  /** A bundle: no bytes, or bytes that went elsewhere. */
  | "bundle"
  /** A request that another policy or another entry of the package has read, or a policy in its place. */
  | "request"
  /** Options: no plain object, or one of a name that is not known here. */
  | "options"
  /** The option `keys`: no list of keys, or keys of what is never signed. */
  | "keys"
  /** The option `key`: no text. What is no key though it is text is an `AnswersError`. */
  | "key"
  /** The option `zones`: no list of time zones. */
  | "zones"
  /** The locale: no text. A language that there is not is a `LanguageError`. */
  | "locale"
  /** The code to explain: no text. */
  | "code";

/** The engine is not there, or what is asked of it is no longer there. `cause` has what was thrown. */
export class EngineError extends Error {
  private constructor();
  name: "EngineError";
  toJSON(): ErrorJson;
  kind: EngineErrorKind;
}

/** What is with the engine. */
export type EngineErrorKind =
  /** `init` has not been awaited. */
  | "not loaded"
  /** `init` has failed: there is no engine where it was sought, or it is not the engine of this package. */
  | "load"
  /** The engine fell over, because its memory or the stack is exhausted, in the middle of this question or of one before it; `init` starts another. */
  | "stopped"
  /** The policy or request was in the memory of one that has stopped. */
  | "earlier engine"
  /** The policy or request has been freed. */
  | "freed";

/** The files of a policy: texts by name, or a list where the order is to be kept. */
export type Files = Readonly<Record<string, string>> | readonly { name: string; text: string }[];

// Diagnostics and scenarios

/** A place in a file. */
export interface Place {
  file: string;
  /** In UTF-8, from 0; `end` is the byte after the last. */
  bytes: { start: number; end: number };
  start: Position;
  /** The position after the last character. */
  end: Position;
}

/** Both from 1; the column counts UTF-16 units, as JavaScript strings do. */
export interface Position {
  line: number;
  column: number;
}

/** A finding in the files of a policy. */
export interface Diagnostic extends Place {
  /** What kind of finding: `T0101`. `explain` tells more. */
  code: string;
  severity: "error" | "warning" | "hint";
  message: string;
  /** Other places that explain it. */
  labels?: (Place & { message: string })[];
  /** What the author can do. */
  help?: string;
  /** A repair: all of its edits together, or none. */
  fix?: { title: string; edits: (Place & { replacement: string })[] };
}

/** How a scenario went; the place is that of its head. */
export type ScenarioResult = Place & {
  name: string;
  /** What was asked and decided, visit by visit. */
  visits: { request: ReturnRequest; decision: Decision }[];
} & (
    | { outcome: "passed" }
    | {
        outcome: "failed";
        /** The expectations that do not hold. */
        differences: (Place & { what: string; expected: string; actual: string; note?: string })[];
        /** The clauses that made what was decided instead, and those that were expected to. */
        deciding: (Place & { clause: string; title: string | null })[];
      }
  );

// Requests

/** A decimal such as `"12.50"`; whole numbers may be numbers. */
export type Decimal = string | number;

/** `"2025-11-20"`, or a moment with its offset: `"2025-11-20T15:04:00-05:00"`. */
export type DayOrMoment = string;

/** The value of a declared fact. */
export type FactValue = boolean | string | number | string[];

/** Declared facts by name; `null` is the same as leaving one out: not known. */
export type Facts = Record<string, FactValue | { value: FactValue | null; as_of?: DayOrMoment | null } | null>;

/** A return as it happens. What is left out, or `null`, is not known. */
export interface ReturnRequest {
  /** When the customer asks. */
  at: DayOrMoment;
  store?: Store | null;
  channel?: string | null;
  by?: string | null;
  told?: DayOrMoment | null;
  /** `"awaited"`: still to come. */
  sent?: DayOrMoment | "awaited" | null;
  /** Likewise. */
  received?: DayOrMoment | "awaited" | null;
  facts?: Facts | null;
  clerk?: { id?: string | null; role?: string | null } | null;
  approvals?: { clause: string; role: string; by?: string | null }[] | null;
  /** What came of looking at what a clause wants verified. */
  verifications?: { clause: string; role: string; by?: string | null; passed: boolean }[] | null;
  /** The roles that are present, all of them. */
  on_duty?: string[] | null;
  refund_to?: { tender: string; id?: string | null } | null;
  pay_with?: { tender: string; id?: string | null; balance?: Decimal | null } | null;
  /** What came back before, for limits. */
  history?: { customer?: Past | null; household?: Past | null; clerk?: Past | null } | null;
  /** Return labels issued now. */
  labels?: Decimal | null;
  sales?: Sale[] | null;
  /** One or more. */
  returns: ReturnLine[];
  new_goods?: { id: string; price?: Decimal | null; quantity?: Decimal | null; taxes?: Tax[] | null }[] | null;
}

export interface Store {
  id?: string | null;
  country?: string | null;
  /** ISO 3166-2: `US-PA`. */
  state?: string | null;
  /** IANA: `America/New_York`. */
  zone?: string | null;
}

export interface Sale {
  id: string;
  currency?: string | null;
  sold?: DayOrMoment | null;
  ordered?: DayOrMoment | null;
  store?: Store | null;
  channel?: string | null;
  seller?: string | null;
  tax_exempt?: boolean | null;
  facts?: Facts | null;
  lines: SaleLine[];
  promotions?: Promotion[] | null;
  shipping?: { paid: Decimal; cheapest?: Decimal | null; taxes?: Tax[] | null } | null;
  tenders?: { id: string; tender: string; amount: Decimal; facts?: Facts | null }[] | null;
  /** What has come back before. */
  earlier_returns?: EarlierReturn[] | null;
}

/** What is known of goods. */
export interface Goods {
  sku?: string | null;
  product?: string | null;
  brand?: string | null;
  categories?: string[] | null;
  invoiced?: DayOrMoment | null;
  shipped?: DayOrMoment | null;
  /** A list of parcels: the last counts; null is one still to come, no parcels say that nothing is delivered. */
  received?: DayOrMoment | (DayOrMoment | null)[] | null;
  installed?: DayOrMoment | null;
  activated?: DayOrMoment | null;
  /** When it was away for repair or replacement; without `until` it is not back yet. */
  repairs?: { from: DayOrMoment; until?: DayOrMoment | null }[] | null;
  final_sale?: boolean | null;
  facts?: Facts | null;
}

/** Goods without a known sale. */
export interface Item extends Goods {
  /** What one unit cost, where that is known; conditions read it, no amount is worked out of it. */
  price?: Decimal | null;
  /** What is known of their sale all the same. */
  sale?: UnfoundSale | null;
}

/** What is known of a sale that nobody can find: a gift receipt tells its day, a label its store. */
export interface UnfoundSale {
  sold?: DayOrMoment | null;
  ordered?: DayOrMoment | null;
  store?: Store | null;
  channel?: string | null;
  seller?: string | null;
  tax_exempt?: boolean | null;
  /** Whether everything of the sale that is not back yet comes back now. */
  whole?: boolean | null;
  /** What was paid for all its lines. */
  total?: Decimal | null;
  facts?: Facts | null;
}

/** A line of a sale; it needs `unit_price` or `paid`. */
export interface SaleLine extends Goods {
  id: string;
  quantity?: Decimal | null;
  /** Before discounts; may be finer than a cent. */
  unit_price?: Decimal | null;
  /** For the whole line, after discounts. */
  paid?: Decimal | null;
  taxes?: Tax[] | null;
  serials?: string[] | null;
}

export interface Tax {
  id: string;
  /** In percent. */
  rate?: Decimal | null;
  /** For the whole line. */
  amount: Decimal;
  /** Whether it is inside the price. */
  included?: boolean | null;
}

export interface Promotion {
  id: string;
  kind: "n for m" | "percent over" | "every second" | "bundle" | "coupon" | "gift";
  lines: string[];
  /** What it took off, together. */
  amount?: Decimal | null;
  n?: Decimal | null;
  m?: Decimal | null;
  over?: Decimal | null;
  percent?: Decimal | null;
  gift?: string | null;
  value?: Decimal | null;
}

export interface EarlierReturn {
  at?: DayOrMoment | null;
  lines?:
    | {
        line: string;
        quantity: Decimal;
        goods: Decimal;
        reduction?: Decimal | null;
        fees?: Record<string, Decimal> | null;
        deductions?: Record<string, Decimal> | null;
        taxes?: Record<string, Decimal> | null;
        serials?: string[] | null;
      }[]
    | null;
  shipping?: Decimal | null;
  shipping_taxes?: Record<string, Decimal> | null;
  tenders?: { id: string; amount: Decimal }[] | null;
}

/** Goods that come back: of a sale, or an `item` without one. */
export interface ReturnLine {
  id: string;
  sale?: string | null;
  line?: string | null;
  item?: Item | null;
  quantity?: Decimal | null;
  wants?: string | null;
  condition?: string | null;
  reason?: string | null;
  proof?: string | null;
  serials?: string[] | null;
  facts?: Facts | null;
  /** The new goods of an exchange. Left out: the identical item, set off exactly, so that nothing is paid and no fee is charged. */
  new?: {
    sku?: string | null;
    product?: string | null;
    price?: Decimal | null;
    quantity?: Decimal | null;
    taxes?: Tax[] | null;
    available?: boolean | null;
    facts?: Facts | null;
  } | null;
  current_price?: Decimal | null;
  list_price?: Decimal | null;
  /** By length: `{ "90 days": "799.99" }`. */
  lowest_price?: Record<string, Decimal> | null;
  /** What came back of this item before, for limits. */
  history?: Past | null;
}

/** All returns there were, up to `as_of` (left out: the day of the request). */
export interface Past {
  as_of?: DayOrMoment | null;
  returns: { day: DayOrMoment; refund: Decimal; items?: Decimal | null; limits?: string[] | null }[];
}

// Decisions

export type Outcome = "accept" | "accept pending verification" | "refer" | "decline" | "undetermined";

/** Label paths of clauses; empty where the engine itself or a choice of the header decides. */
export type By = string[];

/** The answer to a request. */
export interface Decision {
  /** `bundle`: the address of the one that the policy was loaded from. */
  policy: { name: string; version: string; bundle?: string };
  outcome: Outcome;
  lines: LineDecision[];
  /** What it comes to; on a referral, what it would come to. What is paid out now is in `payouts` alone, which are none until nothing is open any more. */
  balance: {
    currency: string;
    /** Of the lines that are refunded, with shipping. */
    refund: string;
    /** Of the lines that are exchanged. */
    credit: string;
    /** Of the goods that the customer takes along, with their taxes. */
    new_goods: string;
    shipping: string;
    /** What is left for the customer; "0.00" where the customer pays. */
    to_customer: string;
    to_pay: string;
    /** In coins, where rounding cash makes it another amount. */
    to_pay_in_cash?: string;
  };
  shipping: { sale: string; amount: string; taxes: Record<string, string>; by: By }[];
  payouts: Payout[];
  paperwork: Field[];
  referrals: Referral[];
  verifications: Referral[];
  /** The limits over history that were asked; left out when there were none. Amounts of money, or numbers. */
  limits?: {
    clause: string;
    line?: string;
    per: "customer" | "household" | "clerk" | "item";
    measure: "refund" | "returns" | "items";
    used: string | null;
    now: string;
    at_most: string;
    passes_on?: string;
  }[];
  /** What became of approvals; only where the policy says who may approve how much. */
  approvals?: {
    clause: string;
    role: string;
    by?: string;
    /** 1 at the foot of the ladder; left out for roles that have matters of their own or are not on it. */
    level?: number;
    /** Null: any amount. */
    limit: string | null;
    /** Null: not known. */
    amount: string | null;
    counts: boolean;
  }[];
  /** What the law changed of what the policy says; left out when it changed nothing. */
  law?: {
    line: string;
    remedy: string;
    what: "remedy" | "window" | "basis" | "fee" | "deduction" | "tax" | "shipping" | "discounts" | "stop" | "pay" | "hold" | "due" | "kept";
    /** Of a fee or deduction; of what is kept: the field, `form.field`. */
    name?: string;
    /** What the customer reads of it, where the policy says it. */
    title?: string;
    policy: string;
    law: string;
    by: By;
  }[];
  /** Never empty. */
  reasons: Reason[];
  /** `if`: the answer they are for; left out of what is said whatever comes of it. */
  words: { kind: "say" | "offer"; line: string | null; if?: AnswerKind; text: string; by: By }[];
  /** What to ask, the facts that settle most first. */
  ask: Question[];
}

export interface LineDecision {
  /** The id of the returned line. */
  line: string;
  version: string;
  outcome: Outcome;
  wants?: string;
  quantity: number;
  remedies: RemedyDecision[];
}

export type RemedyDecision = {
  remedy: string;
  by: By;
  window?: Window;
  amounts?: Amount[];
  value?: string;
} & (
  | { status: "offered" | "stopped" | "unsettled" | "unknown" }
  | ({ status: "not offered"; reason?: string } & Refusal)
  | ({ status: "expired" } & Refusal)
  | { status: "gap"; gap: Gap }
);

/** Final, or the roles that must all agree to lift it. */
export type Refusal = { final: true } | { overridable_by: string[] };

export type Gap =
  | "no clause"
  | "no window"
  | "no start"
  | "no basis"
  | "no date"
  | "no moment"
  | "calendar"
  | "promotion"
  | "overflow"
  | "no version"
  | "no route"
  | "no tender";

export interface Window {
  start?: string;
  clock?: string;
  /** Null without limit, or with `waits_for`. */
  last_day: string | null;
  /** Open, and without a last day until a parcel has come or the goods are back from repair. */
  waits_for?: "received" | "repair";
  /** Of a window in hours. */
  last_moment?: string;
  by: By;
}

export interface Amount {
  /** `included tax` is information only and not added. */
  part: "goods" | "reduction" | "fee" | "deduction" | "tax" | "included tax";
  /** Of a fee, deduction or tax. */
  name?: string;
  /** What the customer reads, where the policy says it; of the tax on a fee: what it reads of that fee. */
  title?: string;
  /** Goods and taxes are positive; the rest negative. */
  amount: string;
  by: By;
}

export interface Payout {
  /** A tender. */
  to: string;
  id?: string;
  sale?: string;
  amount: string;
  /** In coins, where rounding cash makes it another amount. */
  handed_out?: string;
  not_before: string | null;
  /** Null when it is due within hours; `within` says what the policy says. */
  due: string | null;
  within?: string;
  /** Events of the return of which one must come before its last day is known. */
  awaits?: ("sent" | "received")[];
  /** Waits for a verification. */
  pending?: true;
  /** The parts of the sales' tenders it is made of, when it goes elsewhere than to them. */
  from?: { sale: string; id: string; amount: string }[];
  by: By;
}

/** A field of a form. */
export interface Field {
  form: string;
  field: string;
  line: string | null;
  title?: string;
  type:
    | "text"
    | "number"
    | "whole number"
    | "money"
    | "date"
    | "yes or no"
    | "one of"
    | "signature"
    | "photo"
    | "email"
    | "phone"
    | "address"
    | "imei"
    | "gtin";
  /** Of `one of`. */
  options?: string[];
  /** Of `signature`. */
  of?: string;
  needed: Needed;
  /** What answers of the same form must be before this one is asked; all of it. */
  when?: AnswerTest[];
  /** What it is filled in with until somebody answers otherwise. */
  prefill?: string;
  /** What an answer must be like. */
  checks?: FieldCheck[];
  /** Left out of the printed form. */
  printed?: false;
  from?: string;
  kept?: Kept;
  purpose?: string;
  by: By;
}

export type Needed = "required" | "optional" | "may be needed";

export type Kept = { how: "for" | "as hash for"; length: string } | { how: "never" };

/** What the answer of another field must be: one member beside `field`. */
export interface AnswerTest {
  field: string;
  is?: string[];
  "is not"?: string[];
  "at least"?: string;
  "not at least"?: string;
  "at most"?: string;
  "not at most"?: string;
  over?: string;
  "not over"?: string;
  under?: string;
  "not under"?: string;
  exactly?: string;
  "not exactly"?: string;
}

export type FieldCheck =
  | { "at least": string }
  | { "at most": string }
  | { digits: [number, number] }
  | { characters: [number, number] }
  | { "not before": FormDay }
  | { "not after": FormDay }
  | { "same as": Told };

/** `"today"` is the day of the request. */
export type FormDay = "today" | (string & {}) | Told;

export type Told = { fact: string } | { field: string };

// Answers and records

/** What was filled in: docs/reference/record.md. */
export interface Answers {
  forms?:
    | {
        form: string;
        /** Null or left out: a form of the visit. */
        line?: string | null;
        fields?: Record<string, AnswerValue | { value: AnswerValue; filled_by?: string | null }> | null;
      }[]
    | null;
}

/** By the type of the field; null is the same as leaving it out. */
export type AnswerValue = string | number | boolean | Picture | Signature | Address | null;

/** A photo that is stored elsewhere. */
export interface Picture {
  ref: string;
  /** `"image/jpeg"` */
  media_type: string;
  /** Of its bytes, 64 hexadecimal digits. */
  sha256: string;
}

/** The name alone, when it was given on paper. */
export type Signature = { name: string } & (Picture | { [K in keyof Picture]?: null });

export interface Address {
  lines: string[];
  city: string;
  postcode?: string | null;
  state?: string | null;
  /** ISO 3166-1, two letters. */
  country?: string | null;
}

export type StoredSignature = { name: string } & (Picture | { [K in keyof Picture]?: never });

export interface StoredAddress {
  lines: string[];
  city: string;
  postcode?: string;
  state?: string;
  country?: string;
}

export type Completion = { complete: true; record: ReturnRecord } | { complete: false; problems: Problem[] };

export interface Problem {
  /** Where in the answers, as a JSON pointer; of what is missing, where it would stand. */
  path: string;
  form?: string;
  line?: string | null;
  field?: string;
  code:
    | "undetermined"
    | "missing"
    | "not asked"
    | "unknown"
    | "type"
    | "form"
    | "check digit"
    | "option"
    | "bound"
    | "length"
    | "order"
    | "mismatch"
    | "not told"
    | "no key";
  message: string;
}

/** What was decided and filled in, as it is to be stored. */
export interface ReturnRecord {
  /** `bundle`: the address of the one that the policy was loaded from. */
  policy: { name: string; version: string; bundle?: string };
  /** The day of the request. */
  day: string;
  decision: Omit<Decision, "policy" | "paperwork" | "words" | "ask">;
  forms: { form: string; line: string | null; title?: string; fields: FilledField[] }[];
  /** Which key made the hashes. */
  key?: string;
}

export type FilledField = {
  field: string;
  title?: string;
  type: Field["type"];
  needed: Needed;
  prefilled?: true;
  filled_by?: string;
  from?: string;
  kept?: Kept;
  /** The last day on which it may be stored. */
  until?: string;
  purpose?: string;
  printed?: false;
  by: By;
} & (
  | { stored: "value"; value: string | boolean | Picture | StoredSignature | StoredAddress }
  | { stored: "hash"; hash: string }
  | { stored: "nothing" | "deleted" | "no answer" }
);

/** Where a record is not what the policy gives; JSON as text. */
export interface Difference {
  path: string;
  expected: string | null;
  found: string | null;
}

export interface Referral {
  role: string;
  line: string | null;
  /** Of a verification: within what time. */
  within?: string;
  /** Of a verification: the last day of `within`, unless it is in hours. */
  due?: string;
  text?: string;
  /** The customer has a right to it by law. */
  must_be_granted?: true;
  by: By;
}

export interface Reason {
  key:
    | "accept"
    | "approved"
    | "above authority"
    | "verify"
    | "verified"
    | "verification failed"
    | "not offered"
    | "expired"
    | "others offered"
    | "stopped"
    | "refer"
    | "conflict"
    | "gap"
    | "more returned than bought"
    | "same unit twice"
    | "not of this sale"
    | "before the sale"
    | "gift missing"
    | "route unknown"
    | "held back"
    | "missing fact"
    | "too many unknown";
  line: string | null;
  /** `role`: who may lift it; who must approve it, above the authority of others; who verified. */
  args: {
    remedy?: string;
    gap?: Gap;
    day?: string;
    role?: string;
    /** Of `above authority`: what is let through, what the role just below may approve, and who has approved it all the same. */
    amount?: string;
    limit?: string;
    limit_of?: string;
    approved_by?: string;
    fact?: string;
    text?: string;
  };
  by: By;
}

/** What became of a line or the visit. */
export type AnswerKind = "accepted" | "pending" | "declined" | "expired" | "stopped" | "referred";

/** A decision for the desk. */
export interface Script {
  /** The tag of the language that all texts are in: the one asked for, or the nearest that there is. */
  locale: string;
  /** Of all amounts. */
  currency: string;
  /** The whole answer for the clerk, as lines of plain text. */
  page: string;
  /** The reasons of the decision, in their order. `customer` is the text of `message`. */
  reasons: {
    key: Reason["key"];
    line: string | null;
    clerk: string;
    customer: string;
    message: Message;
    clauses: { clause: string; title?: string; from: string[] }[];
  }[];
  /** What to say, in this order: words of clauses have `by`, all else the `message` it is made of. */
  say: { line: string | null; text: string; message?: Message; by?: By }[];
  /** What there is instead, line by line; for lines that are not accepted, and whatever clauses offer. */
  instead: Instead[];
  /** The fields of the decision's paperwork in words, in the same order: the title of the form, its own, why it is asked, and its options. */
  paperwork: { form: string; title: string; purpose?: string; options?: string[] }[];
  /** What the decision asks in words, in the same order: what the fact is called, how the customer is asked, and the answers there are. */
  ask: { name: string; question?: string; values: string[] }[];
  /** The keys that the language lacks: these are told in English, or as the policy writes them. */
  missing_translations: string[];
}

export type Instead =
  | {
      kind: "remedy";
      line: string | null;
      remedy: string;
      /** What comes of the line with it. This and `pays` are left out in visits too large to decide again. */
      outcome?: "accept" | "accept pending verification";
      value?: string;
      last_day?: string;
      /** What is paid out then and not now, by tender; below zero where less is. */
      pays?: { to: string; id?: string; amount: string }[];
      text: string;
      message: Message;
    }
  /** Another remedy that can be had (`sure`), or may be, once what is to ask is known. */
  | { kind: "once-known"; line: string | null; remedy: string; sure: boolean; ask: ToAsk[]; text: string; message: Message }
  | { kind: "offer"; line: string | null; text: string; if?: AnswerKind; by: By }
  | { kind: "later"; line: string | null; day: string; by: By; text: string; message: Message }
  | { kind: "approval"; line: string | null; roles: string[]; by: By; text: string; message: Message };

/** What a text for the customer is made of: its key and arguments, for a translation of your own. `remedy` is null where nobody said which. */
export type Message =
  | { key: "accepted" | "accepted-goods"; remedy: string | null; value: string; kept: Withheld[] }
  | { key: "accepted-service" | "terms-met"; remedy: string | null }
  | { key: "verify"; remedy: string | null; role: string; within: string | null; due: string | null }
  | { key: "not-offered"; remedy: string | null; text: string | null }
  | { key: "expired"; remedy: string | null; day: string | null }
  | { key: "others-offered"; remedies: string[] }
  | { key: "stopped"; day: string | null }
  | { key: "referred"; role: string; owed: boolean }
  | { key: "left-open" | "route" | "verified" | "verification-failed"; role: string }
  | { key: "paid"; amount: string; to: string; when: PaidWhen }
  | { key: "delivery" | "to-pay"; amount: string }
  | { key: "by-law"; what: NonNullable<Decision["law"]>[number]["what"]; name: string | null; title?: string }
  | { key: "question"; question?: string }
  | { key: "once-known"; remedy: string; sure: boolean; ask: ToAsk[] }
  | { key: "possible"; remedy: string; value: string | null; pays: string[]; last_day: string | null }
  | { key: "later"; day: string }
  | { key: "approval"; roles: string[] }
  | {
      key:
        | "approved"
        | "count-differs"
        | "number-known"
        | "number-differs"
        | "dates-differ"
        | "gift-missing"
        | "together"
        | "look-up"
        | "questions";
    };

/** `now`: on the day of the request. */
export type PaidWhen =
  | { is: "now" }
  | { is: "once-verified"; first: string | null }
  | { is: "on" | "by" | "from"; day: string }
  | { is: "between"; first: string; last: string }
  | { is: "once-back"; events: ("sent" | "received")[] }
  | { is: "within"; length: string };

/** What is not given back. */
export interface Withheld {
  part: "reduction" | "fee" | "deduction";
  name?: string;
  /** What the customer reads of it, where the policy says it. */
  title?: string;
  /** It is the tax on the fee that `title` speaks of. */
  tax?: true;
  /** Above zero. */
  amount: string;
}

/** Something to ask or to look up. */
export interface ToAsk {
  /** As in `ask` of the decision. */
  fact: string;
  /** Of `lowest_price`: `"90 days"`. */
  in?: string;
  /** How the customer is asked, where the policy says it. */
  question?: string;
}

export interface Question {
  /** The name of a fact, or `categories`, `current_price`, `list_price`, `lowest_price`, `pay_with.balance`, `history.customer`, `history.household`,
   * `history.clerk`, `history` (of the item). */
  fact: string;
  /** Of `lowest_price`: `"90 days"`. */
  in?: string;
  /** How the customer is asked, where the policy says it. */
  question?: string;
  line: string | null;
  /** The id of the sale; left out for facts of the visit. */
  sale?: string;
  /** The id of the tender of that sale; left out of what is of no tender, and where any of them may tell it. */
  tender?: string;
  /** It is of the sale of goods without one: the answer is told under `sale` of the line's `item`. */
  of_unfound_sale?: true;
  /** What it may be; empty when that is no list. */
  values: string[];
}

/** A single change that would make another answer. */
export type Change = {
  /** The line it is changed on; null: the visit or a sale. */
  line: string | null;
  /** The outcome of the visit then. */
  outcome: Outcome;
  /** What the customer would get. */
  to_customer: string;
  /** The whole answer. */
  decision: Decision;
} & (
  | {
      fact: string;
      /** What it is now; null: not known. */
      from: string | null;
      to: string;
    }
  | { approval: { clause: string; role: string } }
);

export interface Trace {
  lines: {
    line: string;
    version: string;
    /** Whether the clause's own condition holds; null: not known, or read only later. */
    clauses: { clause: string; applies: boolean | null }[];
  }[];
}
