import { absentPermissions, asOfDay, weakened, withoutPermissions } from "../../../access/announced.ts";
import { type Announcement, readAnnouncements } from "../../../catalogue/changes/announcement.ts";
import { readData } from "../../../catalogue/facts/packaged-file.ts";
import { isTopicName } from "../../../catalogue/facts/topic.ts";
import { type JudgedItem, type JudgeOptions, judgeSubject } from "./judge.ts";
import type { CheckSubject, SingleSubject } from "./subject.ts";

/** Today's checks, and the day to evaluate them for. */
interface DayQuestion {
  readonly subjects: readonly CheckSubject[];
  /** Today's verdict on each subject. */
  readonly items: readonly JudgedItem[];
  readonly asOf: string;
}

/** Returns the items with the verdicts that the announced changes imply for another day, and a note about that day. */
export async function judgeAsOf(
  question: DayQuestion,
  options: JudgeOptions,
): Promise<{ readonly items: readonly JudgedItem[]; readonly note: string }> {
  const { announcements, provenance } = readAnnouncements(readData("announcements.txt"));
  return {
    items: await judgeByAnnouncements(question, announcements, options),
    note: `evaluated as of ${question.asOf}, with the announcements collected until ${provenance.date}`,
  };
}

/**
 * Evaluates the items for a day according to these announcements. A verdict can only get weaker, and no fix
 * grants a permission that does not exist on that day.
 */
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
          : // The service would respond for today, not for the requested day.
            basedOn(item, await judgeSubject(rest, { ...options, liveApi: null }), (weak) =>
              weakened(weak, gone, absent),
            );
    judged.push(asOfDay(ofDay, announcements, { operation, asOf, today, grantType, holds }));
  }
  return judged;
}

/**
 * Returns the subject of a check with these permissions as the only alternatives; null when the operation requires all
 * of its permissions instead of any one, and for a notification topic, whose requirements the organization itself
 * lists.
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

/**
 * Returns today's verdict with that day's fixes. An *allowed* verdict stays only if that day's permissions also allow
 * the call.
 */
function basedOn(item: JudgedItem, ofDay: JudgedItem, weaken: (item: JudgedItem) => JudgedItem): JudgedItem {
  if (item.verdict === "allowed" && ofDay.verdict === "allowed") return item;
  return weaken({ ...item, missing: ofDay.missing, remedies: ofDay.remedies });
}
