import { asNumber, asRecord, asString } from "../../core/json.ts";
import type { Api } from "../api/api.ts";
import { attemptRead, type Reading } from "../reading/reading.ts";
import { READS } from "../reading/reads.ts";
import { parseWhole } from "../reading/whole-list.ts";

/** The number of subjects that hold a role in any division. */
export interface RoleHolders {
  readonly total: number;
  /** Counts by kind; null when there are more holders than fit on one page. */
  readonly users: number | null;
  readonly groups: number | null;
  readonly clients: number | null;
}

/** Maximum page size of the listing. */
const PAGE_SIZE = 100;

/** Counts the holders of a role in one request. */
export async function readRoleHolders(api: Api, roleId: string): Promise<Reading<RoleHolders>> {
  return await attemptRead(api, READS.roleHolders, {
    parameters: { roleId },
    query: { pageSize: PAGE_SIZE, pageNumber: 1 },
    parse: (body) => {
      const { entities, total } = asRecord(body);
      const kinds = parseWhole(entities, (entity) => asString(asRecord(entity)["type"]) ?? "UNKNOWN");
      if (kinds === null) return null;
      const count = asNumber(total) ?? kinds.length;
      const isWhole = kinds.length >= count && kinds.length < PAGE_SIZE;
      const of = (kind: string) => (isWhole ? kinds.filter((each) => each === kind).length : null);
      return {
        total: Math.max(count, kinds.length),
        users: of("PC_USER"),
        groups: of("PC_GROUP"),
        clients: of("PC_OAUTH_CLIENT"),
      };
    },
  });
}
