import { columnsOf } from "../../../tables/table-plan.ts";
import { childrenOf } from "../../child-listing.ts";
import { IDENTITY, REFERENCE, SELF } from "../../shared-columns.ts";
import { queues } from "../routing/queues.ts";

/** Members of queues (`QueueMember`), joined or not. The platform sends no page count. */
export const queueMembers = childrenOf({
  name: "queue members",
  summary: "members of every queue, joined or not",
  parents: queues,
  repeated: ["queueId", "queueName"],
  path: "/api/v2/routing/queues/{id}/members",
  query: { sortOrder: "asc" },
  table: "queue_members",
  unknowns: ["whether the last page can be full; without a page count, one more page is requested"],
  tables: {
    kind: "one-row",
    model: {
      table: "queue_members",
      columns: [
        ...columnsOf("string", "queueId", "queueName"),
        ...IDENTITY,
        ...columnsOf("boolean", "joined"),
        ...columnsOf("int32", "ringNumber"),
        ...columnsOf("string", "memberBy"),
        ...columnsOf("json", "routingStatus"),
        ...SELF,
      ],
      references: { user: REFERENCE },
    },
  },
});
