import { columnsOf } from "../../../tables/table-plan.ts";
import type { Dataset } from "../../dataset.ts";
import { SELF } from "../../shared-columns.ts";
import { contactLists } from "./contact-lists.ts";

/**
 * Contacts of contact lists (`DialerContact`), found with the search of each list. A record contains the id of
 * its list. The export jobs of the platform would leave a file in the organization, so they are not used.
 */
export const contacts: Dataset = {
  name: "contacts",
  summary: "contacts of every contact list, with their data and call records",
  table: "contacts",
  access: {
    kind: "children",
    parents: {
      from: contactLists.access,
      objectsOf: (list) => [list],
      startField: null,
      repeated: { contactListName: "name" },
    },
    listing: {
      kind: "listing",
      path: "/api/v2/outbound/contactlists/{id}/contacts/search",
      queries: [{}],
      itemsKey: "entities",
      largestPage: 100,
      paging: "body",
    },
  },
  identity: { fields: ["contactListId", "id"] },
  life: null,
  withheld: [],
  unknowns: [
    "the maximum page size of the search; other outbound listings allow 100",
    "the maximum number of contacts per list that the search returns; the size of each list is in `contact lists`",
    "the order in which the search returns contacts; if contacts shift between pages, the list is read again",
  ],
  metrics: [],
  tables: {
    kind: "one-row",
    model: {
      table: "contacts",
      columns: [
        ...columnsOf("string", "contactListName", "id", "name", "contactListId"),
        ...columnsOf("json", "data"),
        ...columnsOf("boolean", "callable"),
        ...columnsOf(
          "json",
          "callRecords",
          "latestSmsEvaluations",
          "latestEmailEvaluations",
          "latestWhatsAppEvaluations",
          "phoneNumberStatus",
          "contactableStatus",
          "contactColumnTimeZones",
          "configurationOverrides",
        ),
        ...columnsOf("timestamp", "dateCreated", "dateExpiration"),
        ...columnsOf("string", "retentionType"),
        ...columnsOf("int32", "retentionDays"),
        ...SELF,
      ],
      references: {},
    },
  },
};
