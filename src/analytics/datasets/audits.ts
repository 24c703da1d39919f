import { columnsOf } from "../tables/table-plan.ts";
import type { Dataset } from "./dataset.ts";
import { REFERENCE } from "./shared-columns.ts";

/** Audit records (`AuditLogMessage`), which have their own kind of asynchronous queries. */
export const audits: Dataset = {
  name: "audits",
  summary: "changes to the organization: what, when and by which user",
  table: "audits",
  access: {
    kind: "jobs",
    definition: {
      path: "/api/v2/audits/query",
      idField: "id",
      itemsKey: "entities",
      largestPage: 500,
      finishedStates: ["SUCCEEDED"],
      lostStates: ["FAILED", "CANCELLED"],
      canBeDeleted: false,
      availabilityPath: null,
      body: {},
    },
    tail: null,
  },
  identity: { fields: ["id"] },
  life: null,
  withheld: [],
  metrics: [],
  tables: {
    kind: "one-row",
    model: {
      table: "audits",
      columns: [
        ...columnsOf("string", "id"),
        ...columnsOf("timestamp", "eventDate"),
        ...columnsOf("string", "serviceName", "entityType", "action", "status", "level", "application"),
        ...columnsOf("string", "userHomeOrgId"),
        ...columnsOf("strings", "remoteIp"),
        ...columnsOf("boolean", "transactionInitiator"),
        ...columnsOf("json", "message", "propertyChanges", "entityChanges", "context"),
      ],
      references: {
        user: REFERENCE,
        client: REFERENCE,
        entity: REFERENCE,
        initiatingAction: ["transactionId", "actionContext"],
      },
    },
  },
};
