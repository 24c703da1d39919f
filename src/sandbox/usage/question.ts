import { asString, asStrings, type JsonRecord } from "../../core/json.ts";
import { intervalIn } from "../conversations/search/interval.ts";
import { isRefusal, type Refusal, refusal } from "../refusal.ts";

const DAY_MS = 86_400_000;
/** Maximum interval of a job, in days. It must begin at most `OLDEST_DAYS` before now. */
const LONGEST_DAYS = 90;
const OLDEST_DAYS = 366;

export type UsageDimension = "client" | "organization" | "user" | "template" | "method" | "platform";

/** One query for API usage. */
export interface UsageQuestion {
  /** First and last UTC day, both inclusive. */
  readonly firstDay: string;
  readonly lastDay: string;
  readonly granularity: "Day" | "Week" | "Month";
  /** Dimensions to group by; null for one row per caller and operation. */
  readonly groupBy: ReadonlySet<UsageDimension> | null;
  /** Names of the sums to return; null for all. */
  readonly metrics: readonly string[] | null;
  readonly clientIds: readonly string[] | null;
  readonly clientNames: readonly string[] | null;
  readonly userIds: readonly string[] | null;
  readonly methods: readonly string[] | null;
  readonly templates: readonly string[] | null;
}

const DIMENSIONS: Readonly<Record<string, UsageDimension>> = {
  oauthclientid: "client",
  oauthclientname: "client",
  organizationid: "organization",
  userid: "user",
  templateuri: "template",
  httpmethod: "method",
  platform: "platform",
};
const GRANULARITIES = ["Day", "Week", "Month"] as const;

/** Parses the body of a query. `isJob` also enforces the limits that are declared only for jobs. */
export function readUsageQuestion(body: JsonRecord, nowMs: number, isJob: boolean): UsageQuestion | Refusal {
  const interval = intervalIn(body, null);
  if (isRefusal(interval)) return interval;
  const { startMs, endMs } = interval;
  if (isJob && endMs - startMs > LONGEST_DAYS * DAY_MS) {
    return refusal(400, "query.too.long", "The interval is longer than {days} days.", {
      days: String(LONGEST_DAYS),
    });
  }
  if (isJob && nowMs - startMs > OLDEST_DAYS * DAY_MS) {
    return refusal(400, "bad.request", "The interval begins more than a year ago.");
  }
  const asked = asString(body["granularity"]) ?? "Day";
  const granularity = GRANULARITIES.find((each) => each === asked);
  if (granularity === undefined) return invalid("granularity", asked);
  const grouping = asStrings(body["groupBy"]);
  const unknown = grouping.find((name) => DIMENSIONS[name.toLowerCase()] === undefined);
  if (unknown !== undefined) return invalid("groupBy", unknown);
  return {
    firstDay: dayOf(startMs),
    lastDay: dayOf(endMs),
    granularity,
    groupBy:
      grouping.length === 0
        ? null
        : new Set(grouping.flatMap((name) => DIMENSIONS[name.toLowerCase()] ?? [])),
    metrics: listIn(body, "metrics"),
    clientIds: listIn(body, "oauthClientIds"),
    clientNames: listIn(body, "oauthClientNames"),
    userIds: listIn(body, "userIds"),
    methods: listIn(body, "httpMethods"),
    templates: listIn(body, "templateUris"),
  };
}

function listIn(body: JsonRecord, field: string): readonly string[] | null {
  const values = asStrings(body[field]);
  return values.length === 0 ? null : values;
}

function dayOf(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 10);
}

function invalid(field: string, value: string): Refusal {
  return refusal(400, "bad.request", "{field} does not accept {value}", { field, value });
}
