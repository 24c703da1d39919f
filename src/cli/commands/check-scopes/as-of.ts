import { absentPermissions, asOfDay, weakened, withoutPermissions } from "../../../access/announced.ts";
import { type Announcement, readAnnouncements } from "../../../catalogue/changes/announcement.ts";
import { readData } from "../../../catalogue/facts/packaged-file.ts";
import { isTopicName } from "../../../catalogue/facts/topic.ts";
import { type JudgedItem, type JudgeOptions, judgeSubject } from "./judge.ts";
import type { CheckSubject, SingleSubject } from "./subject.ts";

/** The checks of today, and the day to judge them for. */
interface DayQuestion {
  readonly subjects: readonly CheckSubject[];
  /** The verdict of today on each subject. */
  readonly items: readonly JudgedItem[];
  readonly asOf: string;
}

/** Returns the items with their verdicts for another day by the announced changes, and a note that says so. */
export async function judgeAsOf(
  question: DayQuestion,
  options: JudgeOptions,
): Promise<{ readonly items: readonly JudgedItem[]; readonly note: string }> {
  const { announcements, provenance } = readAnnouncements(readData("announcements.txt"));
  return {
    items: await judgeByAnnouncements(question, announcements, options),
    note: `judged as of ${question.asOf} by the announcements collected until ${provenance.date}`,
  };
}

/** Judges for a day by these announcements. A verdict only gets weaker, and no fix grants what does not exist then. */
export async function judgeByAnnouncements(
  { subjects, items, asOf }: DayQuestion,
  announcements: readonly Announcement[],
  options: JudgeOptions,
): Promise<readonly JudgedItem[]> {
  const { principal, diagnose, nowMs } = options;
  const today = new Date(nowMs).toISOString().slice(0, 10);
  const grantType = principal.client?.grantType ?? null;
  const holds = (permission: string) => diagnose({ kind: "permission", permission }).verdict === "allowed";
  const absent = absentPermissions(announcements, { asOf, today });
  const judged: JudgedItem[] = [];
  for (const [index, item] of items.entries()) {
    const operation = item.operation === null ? null : `${item.operation.method} ${item.operation.path}`;
    const { permissions } = item.requirement;
    const gone = permissions.filter((name) => absent.has(name.toLowerCase()));
    const left = permissions.filter((name) => !gone.includes(name));
    const subject = subjects[index];
    const rest = subject === undefined || gone.length === 0 ? null : needingOnly(subject, item, left);
    const ofDay =
      gone.length === 0
        ? item
        : rest === null
          ? withoutPermissions(item, gone, absent)
          : // The service would be asked about today.
            basedOn(item, await judgeSubject(rest, { ...options, liveApi: null }), (weak) =>
              weakened(weak, gone, absent),
            );
    judged.push(asOfDay(ofDay, announcements, { operation, asOf, today, grantType, holds }));
  }
  return judged;
}

/**
 * Returns the operation of a check with only these permissions to choose from; null where one that does not exist is
 * needed, or where the organization itself lists what is needed.
 */
function needingOnly(
  subject: CheckSubject,
  { operation, requirement }: JudgedItem,
  permissions: readonly string[],
): SingleSubject | null {
  const singles = subject.kind === "alternatives" ? subject.alternatives : [subject];
  const own = singles.find(
    (single) => single.kind === "operation" && single.operation.operationId === operation?.operationId,
  );
  const isChoice = requirement.permissionMode === "ANY" && permissions.length > 0;
  if (own?.kind !== "operation" || !isChoice || isTopicName(own.operation.path)) return null;
  return { ...own, operation: { ...own.operation, permissions } };
}

/** Returns the verdict of today with the fixes of the day; *allowed* only where the permissions of the day allow it too. */
function basedOn(item: JudgedItem, ofDay: JudgedItem, weaken: (item: JudgedItem) => JudgedItem): JudgedItem {
  if (item.verdict === "allowed" && ofDay.verdict === "allowed") return item;
  return weaken({ ...item, missing: ofDay.missing, remedies: ofDay.remedies });
}
