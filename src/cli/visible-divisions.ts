import { reachOf } from "../access/decide/reach.ts";
import type { ReachedDivisions } from "../analytics/narrowing.ts";
import type { Operation } from "../catalogue/facts/operation.ts";
import type { Clock } from "../core/clock.ts";
import { stoppableApi } from "../platform/api/api-client.ts";
import { askPermissions, ownSubjectFirst } from "../platform/identity/permission-answers.ts";
import type { PermittedDivisions } from "../platform/identity/permitted-divisions.ts";
import type { Connection } from "./context.ts";

/** A lookup that runs in parallel with an operation and finds the divisions that its response can cover. */
export interface DivisionLookUp {
  /** Returns the divisions, waiting only briefly; null when they are unknown by then. Never throws. */
  finish(): Promise<ReachedDivisions>;
  /** Ends the lookup, because its result is not needed. */
  abandon(): void;
}

/** The maximum number of permissions to look up; operations with more list dozens of alternatives. */
const MOST_PERMISSIONS = 4;
/** Maximum wait for the result after everything else is done. */
const PATIENCE_MS = 1_000;
/** Maximum size of a response. A page of a hundred divisions has about 30 KB. */
const MOST_BYTES = 1_048_576;
const NO_LOOK_UP: DivisionLookUp = { finish: async () => null, abandon: () => {} };

/**
 * Starts looking up the divisions in which the permissions of an operation are held, because the platform silently
 * omits all others from a response. A failure leaves the divisions unknown and never affects the operation. Looks up
 * nothing for an operation that needs no permission or more than `MOST_PERMISSIONS`, or that reads a single object.
 */
export function lookUpDivisions(
  { api, session }: Pick<Connection, "api" | "session">,
  operation: Operation | null,
  clock: Clock,
): DivisionLookUp {
  if (operation === null || operation.path.endsWith("}")) return NO_LOOK_UP;
  const { permissions } = operation;
  if (permissions.length === 0 || permissions.length > MOST_PERMISSIONS) return NO_LOOK_UP;
  const { grant, clientId } = session.describe();
  const ended = new AbortController();
  const subjectId = grant === "client-credentials" ? clientId : null;
  const answer = askReach(onlyOnce(stoppableApi(api, ended.signal)), subjectId, operation).catch(() => null);
  return {
    finish: async () => {
      const expiry = clock.sleep(PATIENCE_MS, ended.signal).then(
        () => null,
        () => null,
      );
      const divisions = await Promise.race([answer, expiry]);
      ended.abort();
      return divisions;
    },
    abandon: () => ended.abort(),
  };
}

/** Looks up permissions one by one, because a single alternative that is held everywhere settles the question. */
async function askReach(
  api: Connection["api"],
  subjectId: string | null,
  operation: Operation,
): Promise<ReachedDivisions> {
  const known = new Map<string, PermittedDivisions>();
  for (const permission of operation.permissions) {
    const { permitted } = await askPermissions(api, ownSubjectFirst(subjectId), [permission]);
    const divisions = permitted.get(permission);
    if (divisions === undefined) return null;
    known.set(permission, divisions);
    if (operation.permissionMode === "ANY" && divisions === "*") break;
  }
  const reach = reachOf(operation, known);
  return reach === null || reach === "*" ? reach : reach.map(({ id, name }) => ({ id, name }));
}

/** Returns the API without retries and with a limited response size, because the lookup is optional. */
function onlyOnce(api: ReturnType<typeof stoppableApi>): ReturnType<typeof stoppableApi> {
  return {
    ...api,
    send: async (request) => await api.send({ ...request, mostRepeats: 0, maxBytes: MOST_BYTES }),
  };
}
