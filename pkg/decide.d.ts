// The small engine: it loads bundles, decides, and finishes returns. What its functions do is told in index.d.ts. Its policies and
// requests are not those of the whole engine; both can be used beside each other.
import type { Answers, Bundle, Completion, Decision, KeyOption, ReturnRequest } from "./index.js";

export { AnswersError, BundleError, EngineError, init, RequestError, version } from "./index.js";
export type { Answers, Bundle, Completion, Decision, KeyOption, ReturnRecord, ReturnRequest, Source } from "./index.js";

/** A policy that came in a bundle. */
export class Policy {
  private constructor();
  static load(bundle: Uint8Array | ArrayBuffer, options?: { keys?: readonly string[] }): Policy;

  readonly name: string;
  readonly versions: string[];
  readonly bundle: Bundle;

  request(request: ReturnRequest | string): Request;
  decide(request: Asked): Decision;
  decideJson(request: Asked): string;
  complete(request: Asked, answers: Answers | string, options?: KeyOption): Completion;
  completeJson(request: Asked, answers: Answers | string, options?: KeyOption): string;

  free(): void;
  [Symbol.dispose](): void;
}

/** What a policy is asked about: an object, its JSON text, or what `request` of the same policy made of one of them. */
export type Asked = ReturnRequest | string | Request;

/** A request that a policy has read. */
export class Request {
  private constructor();
  isOf(policy: Policy): boolean;

  decide(): Decision;
  decideJson(): string;
  complete(answers: Answers | string, options?: KeyOption): Completion;
  completeJson(answers: Answers | string, options?: KeyOption): string;

  free(): void;
  [Symbol.dispose](): void;
}

/** The policy that a till goes by, while new bundles come: the last that was good. */
export class CurrentPolicy {
  constructor(bundle: Uint8Array | ArrayBuffer, options?: { keys?: readonly string[] });
  readonly policy: Policy;
  readonly refused: unknown;
  replace(bundle: Uint8Array | ArrayBuffer, options?: { keys?: readonly string[] }): Policy;
  free(): void;
  [Symbol.dispose](): void;
}
