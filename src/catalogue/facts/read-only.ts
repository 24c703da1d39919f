import type { Operation } from "./operation.ts";

/** Matches the action of a permission that allows reading only. */
const LOOKING = /:(?:view|search|read)\w*$|view$/i;
/** Matches the last word of a path that accepts a query in its body. */
const QUESTION = /\/(?:query|search|simplesearch|suggest|bulk\/retrieve|query\/me|status\/counts)$/;
/** Matches the path of a query job, which changes nothing in the organization. */
const QUESTION_JOB = /^\/api\/v2\/(?:analytics\/.+\/jobs|usage\/.+\/query\/jobs)$/;

/**
 * Returns whether an operation only reads. GET and HEAD do. POST does when its path accepts a query and
 * either every permission it needs allows reading only, or a read-only scope suffices. A read-only scope
 * alone proves nothing: sending a chat message needs no more than one.
 */
export function isReadOnly({ method, path, permissions, scopes }: Operation): boolean {
  if (method === "GET" || method === "HEAD") return true;
  if (method !== "POST") return false;
  const isLooking = permissions.every((permission) => LOOKING.test(permission));
  const isReadScope = scopes?.some((scope) => scope.endsWith(":readonly")) === true;
  return QUESTION.test(path) ? isLooking || isReadScope : QUESTION_JOB.test(path) && isLooking && isReadScope;
}
