import { asArray, asRecord, asString, asStrings } from "../../core/json.ts";
import type { Cell, Flattener } from "../table.ts";
import { textOf } from "./record-text.ts";
import { columnsOf, planTable } from "./table-plan.ts";

/**
 * Flattens roles: one row per permission, `domain:entity:action`, with its condition. Permissions of one word, such
 * as `admin`, have no parts. `*` means all.
 */
export function rolePermissionsFlattener(): Flattener {
  const { table } = planTable("role_permissions", {
    model: {
      columns: [
        ...columnsOf("string", "roleId", "roleName", "permission", "domain", "entity", "action"),
        ...columnsOf("json", "condition"),
      ],
    },
  });
  return {
    tables: [table],
    flatten(role, emit) {
      const keys: readonly Cell[] = [asString(role["id"]), asString(role["name"])];
      for (const permission of asStrings(role["permissions"])) {
        emit(0, [...keys, permission, null, null, null, null, null]);
      }
      for (const policy of asArray(role["permissionPolicies"]).map(asRecord)) {
        const [domain, entity] = [asString(policy["domain"]), asString(policy["entityName"])];
        const condition = policy["resourceConditionNode"];
        for (const action of asStrings(policy["actionSet"])) {
          const permission = [domain ?? "*", entity ?? "*", action].join(":");
          const text = condition == null ? null : textOf(condition);
          emit(0, [...keys, permission, domain, entity, action, text, null]);
        }
      }
    },
  };
}
