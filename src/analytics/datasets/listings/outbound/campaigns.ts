import { columnsOf } from "../../../tables/table-plan.ts";
import { listingOf } from "../../listing.ts";
import { IDENTITY, REFERENCE, SELF } from "../../shared-columns.ts";

/** Dialer campaigns (`Campaign`); the API declares that it returns at most 100 per page. */
export const campaigns = listingOf({
  name: "campaigns",
  path: "/api/v2/outbound/campaigns",
  entries: "voice campaigns",
  model: {
    table: "campaigns",
    columns: [
      ...IDENTITY,
      ...columnsOf("timestamp", "dateCreated", "dateModified"),
      ...columnsOf("int32", "version"),
      ...columnsOf(
        "string",
        "campaignStatus",
        "dialingMode",
        "callerName",
        "callerAddress",
        "callAnalysisLanguage",
        "agentOwnedColumn",
      ),
      ...columnsOf(
        "int32",
        "priority",
        "outboundLineCount",
        "previewTimeOutSeconds",
        "noAnswerTimeout",
        "maxCallsPerAgent",
      ),
      ...columnsOf("double", "abandonRate", "maxCallsPerAgentDecimal"),
      ...columnsOf(
        "boolean",
        "alwaysRunning",
        "skipPreviewDisabled",
        "previewAutoEnd",
        "callbackAutoAnswer",
        "preciseDialingEnabled",
      ),
      ...columnsOf("strings", "skillColumns"),
      ...columnsOf(
        "json",
        "phoneColumns",
        "dncLists",
        "ruleSets",
        "contactSort",
        "contactSorts",
        "contactListFilters",
        "errors",
      ),
      ...columnsOf(
        "json",
        "dynamicContactQueueingSettings",
        "dynamicLineBalancingSettings",
        "diagnosticsSettings",
      ),
      ...SELF,
    ],
    references: {
      division: REFERENCE,
      contactList: REFERENCE,
      queue: REFERENCE,
      script: REFERENCE,
      edgeGroup: REFERENCE,
      site: REFERENCE,
      callableTimeSet: REFERENCE,
      callAnalysisResponseSet: REFERENCE,
    },
  },
});
