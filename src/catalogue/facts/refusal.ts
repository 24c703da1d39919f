import { ownValue } from "../../core/own-value.ts";
import type { Operation } from "./operation.ts";
import { readTable } from "./text/text-table.ts";
import { SUBSCRIBE, SUBSCRIPTIONS } from "./topic.ts";

/** Message of a refusal, with `%s` for each value that the platform fills in. */
export interface RefusalMessage {
  readonly template: string;
  /** Number of operations that declare the refusal with this message. */
  readonly operationCount: number;
  /**
   * Examples of the operations that declare this message, as `METHOD path`: at most three. The list is complete when
   * `operationCount` is three or less.
   */
  readonly examples: readonly string[];
}

/** A response that the definition declares, identified by status and code. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  /** Messages, most frequently declared first. */
  readonly messages: readonly RefusalMessage[];
  readonly operationCount: number;
}

/** First field of a refusal table. */
export const REFUSALS_KIND = "genscope-refusals";
/** Maximum number of operations that a refusal names. */
export const EXAMPLE_LIMIT = 3;
const CONTEXT_CODES: Readonly<Record<string, Operation["grantRule"]>> = {
  "not.a.user": "not-client-credentials",
  "not.a.client": "client-credentials-only",
};

/** Returns the row `status, code, count, template, examples` of a refusal table. */
export function encodeRefusalMessage(
  status: number,
  code: string,
  { template, operationCount, examples }: RefusalMessage,
): readonly string[] {
  return [String(status), code, String(operationCount), template, examples.join("|")];
}

/** Returns the refusals in the text of a table, one per pair of status and code. */
export function readRefusals(text: string): readonly Refusal[] {
  const messagesByPair = new Map<string, RefusalMessage[]>();
  for (const [status = "", code = "", count = "", template = "", examples = ""] of readTable(
    text,
    REFUSALS_KIND,
  ).rows) {
    const message = { template, operationCount: Number(count), examples: examples.split("|") };
    const pair = `${status}\t${code}`;
    const messages = messagesByPair.get(pair);
    if (messages === undefined) messagesByPair.set(pair, [message]);
    else messages.push(message);
  }
  return Array.from(messagesByPair, ([pair, messages]) => {
    const [status = "", code = ""] = pair.split("\t");
    return {
      status: Number(status),
      code,
      messages: messages.toSorted((left, right) => right.operationCount - left.operationCount),
      operationCount: messages.reduce((sum, { operationCount }) => sum + operationCount, 0),
    };
  });
}

/**
 * Returns the authorization refusals that an operation may return: those that nearly every operation declares
 * and that can apply to this one, and the rare ones that name it. The catalog does not contain each
 * operation's complete declaration, so codes shared by a few dozen operations are missing.
 */
export function refusalsOf(
  operation: Operation,
  refusals: readonly Refusal[],
  operationCount: number,
): readonly Refusal[] {
  const isTopic = operation.method === SUBSCRIBE;
  const name = isTopic ? `POST ${SUBSCRIPTIONS}` : `${operation.method} ${operation.path}`;
  return refusals.filter((refusal) => {
    const rule = ownValue(CONTEXT_CODES, refusal.code);
    if (rule !== undefined && refusal.status === 400) return rule === operation.grantRule;
    if (refusal.status !== 401 && refusal.status !== 403) return false;
    const namesIt = refusal.messages.some(
      (message) => message.operationCount <= EXAMPLE_LIMIT && message.examples.includes(name),
    );
    return namesIt || (refusal.operationCount > operationCount * 0.9 && concerns(refusal.code, operation));
  });
}

/** Returns whether a refusal that nearly every operation declares can apply to this one. */
function concerns(code: string, operation: Operation): boolean {
  if (operation.otherAuthentication === "none") return code === "ip.not.authorized";
  if (code === "app.not.authorized.for.scope") {
    return operation.scopes === null || operation.scopes.length > 0;
  }
  // The platform uses other codes when it refuses a subscription.
  if (operation.method === SUBSCRIBE && code.startsWith("missing.")) return false;
  if (code === "missing.any.permissions" || code === "missing.any.division.permissions") {
    return operation.permissionMode === "ANY";
  }
  if (code === "missing.permissions" || code === "missing.division.permission") {
    return operation.permissionMode !== "NONE";
  }
  return true;
}
