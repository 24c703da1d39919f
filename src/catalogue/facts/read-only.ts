import type { Operation } from "./operation.ts";

/** What a permission that only lets look is called. */
const LOOKING = /:(?:view|search|read)\w*$|view$/i;
/** The last word of the path of a question that is too long for a URL. */
const QUESTION = /\/(?:query|search|simplesearch|suggest|bulk\/retrieve|query\/me|status\/counts)$/;
/** A question that is answered in steps: the job is a query, and nothing of the organization changes by it. */
const QUESTION_JOB = /^\/api\/v2\/(?:analytics\/.+\/jobs|usage\/.+\/query\/jobs)$/;

/**
 * Whether an operation only reads. A GET or HEAD does. A POST does when its path asks a question and either every
 * permission it needs is one for looking, or a read-only scope suffices; a read-only scope alone proves nothing: sending a
 * chat message is content with one.
 */
export function isReadOnly({ method, path, permissions, scopes }: Operation): boolean {
  if (method === "GET" || method === "HEAD") return true;
  if (method !== "POST") return false;
  const isLooking = permissions.every((permission) => LOOKING.test(permission));
  const isReadScope = scopes?.some((scope) => scope.endsWith(":readonly")) === true;
  return QUESTION.test(path) ? isLooking || isReadScope : QUESTION_JOB.test(path) && isLooking && isReadScope;
}
