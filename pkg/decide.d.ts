// The small engine: it loads bundles, decides, and finishes returns. What its functions do is told in index.d.ts. Its policies and
// requests are not those of the whole engine; both can be used beside each other.
import type { AskedOf, Bundle, CurrentPolicyOf, KeysOption, PolicyOf, RequestOf } from "./index.js";

export { AnswersError, ArgumentError, BundleError, EngineError, init, RequestError, version } from "./index.js";
export type { Answers, Bundle, Completion, Decision, KeyOption, KeysOption, ReturnRecord, ReturnRequest, Source } from "./index.js";
export type { ArgumentErrorKind, BundleErrorKind, EngineErrorKind, RequestErrorKind } from "./index.js";

/** A policy that came in a bundle. */
export class Policy {
  private constructor();
  static load(bundle: Uint8Array | ArrayBuffer, options?: KeysOption): Policy;
  readonly bundle: Bundle;
}
export interface Policy extends PolicyOf<Request> {}

export type Asked = AskedOf<Request>;

/** A request that a policy has read. */
export class Request {
  private constructor();
}
export interface Request extends RequestOf<Policy> {}

/** The policy that a till goes by, while new bundles come: the last that was good. */
export class CurrentPolicy {
  constructor(bundle: Uint8Array | ArrayBuffer, options?: KeysOption);
}
export interface CurrentPolicy extends CurrentPolicyOf<Policy, Uint8Array | ArrayBuffer> {}
