import { asOfDay } from "../../../access/announced.ts";
import { readAnnouncements } from "../../../catalogue/changes/announcement.ts";
import { readData } from "../../../catalogue/facts/packaged-file.ts";
import type { JudgedItem, JudgeOptions } from "./judge.ts";

/** Returns the items with their verdicts for another day by the announced changes, and a note that says so. */
export function judgeAsOf(
  items: readonly JudgedItem[],
  asOf: string,
  { principal, diagnose, nowMs }: Pick<JudgeOptions, "principal" | "diagnose" | "nowMs">,
): { readonly items: readonly JudgedItem[]; readonly note: string } {
  const { announcements, provenance } = readAnnouncements(readData("announcements.txt"));
  const today = new Date(nowMs).toISOString().slice(0, 10);
  const grantType = principal.client?.grantType ?? null;
  const holds = (permission: string) => diagnose({ kind: "permission", permission }).verdict === "allowed";
  const judged = items.map((item) => {
    const operation = item.operation === null ? null : `${item.operation.method} ${item.operation.path}`;
    return asOfDay(item, announcements, { operation, asOf, today, grantType, holds });
  });
  return {
    items: judged,
    note: `judged as of ${asOf} by the announcements collected until ${provenance.date}`,
  };
}
