import { comparePrincipals } from "../../../access/compare/compare.ts";
import type { Comparison } from "../../../access/compare/comparison.ts";
import { openDiagnosis } from "../../../access/diagnose.ts";
import { findExcess } from "../../../access/least/excess.ts";
import { groupRemedies } from "../../../access/remedy/group-remedies.ts";
import { describeSubject } from "../../../access/verdict/wording.ts";
import { type Progress, withProgress } from "../../../output/progress/progress.ts";
import type { Api } from "../../../platform/api/api.ts";
import type { Principal } from "../../../platform/reading/principal.ts";
import type { CheckHistory } from "./history/result.ts";
import { NOTE_ON_IDENTITY, readJudged } from "./identity/read-judged.ts";
import { divisionOf, type JudgedItem, judgeSubject } from "./judge.ts";
import { composeAdminRequest } from "./message.ts";
import type { CheckConnection, CheckDependencies, CheckRequest, Prepared } from "./request.ts";
import { type CheckScopesResult, documentOf, nameOfItem } from "./result.ts";
import { permissionsOf } from "./subject.ts";
import { summarizePrincipal } from "./summarize-principal.ts";
import { readTopicRequirements } from "./topic.ts";
import { reasonToWait, waitForGrant } from "./wait-for-grant.ts";

/** The result of reading a token once: its principal and every verdict. */
interface Look {
  readonly principal: Principal;
  readonly items: readonly JudgedItem[];
  /** Returns the same checks for another principal. */
  readonly judgeFor: (principal: Principal) => Promise<readonly JudgedItem[]>;
}

/** Runs the part of a check that needs a token: the verdicts and everything that the flags add to them. */
export async function checkWithToken(
  dependencies: CheckDependencies,
  prepared: Prepared,
  request: CheckRequest,
  prepareFor: (apiUrl: string) => Promise<Prepared>,
): Promise<CheckScopesResult> {
  return await withProgress(
    dependencies,
    dependencies,
    READING,
    async ({ say }) => await check({ ...dependencies, say }, prepared, request, prepareFor),
  );
}

const READING = "reading the roles and grants of the token";

async function check(
  dependencies: CheckDependencies & Progress,
  prepared: Prepared,
  request: CheckRequest,
  prepareFor: (apiUrl: string) => Promise<Prepared>,
): Promise<CheckScopesResult> {
  const { io, clock, signal, say } = dependencies;
  const { chosen } = prepared;
  const look = async (
    { api, session }: CheckConnection,
    { catalogue, chosen: { subjects } }: Prepared,
  ): Promise<Look> => {
    say(READING);
    const topics = await readTopicRequirements(api, subjects);
    const ofTopics = topics?.isRead ? topics.value.flatMap(({ permissions }) => permissions ?? []) : [];
    const principal = await readJudged(request.identity, {
      api,
      session,
      permissions: [...permissionsOf(subjects), ...ofTopics],
    });
    const options = {
      catalogue,
      principal,
      diagnose: openDiagnosis(principal),
      division: request.division,
      topics,
      liveApi: request.isLive ? api : null,
    };
    const items: JudgedItem[] = [];
    for (const [index, subject] of subjects.entries()) {
      say(`checking ${index + 1} of ${subjects.length}`);
      items.push(await judgeSubject(subject, { ...options, nowMs: clock.now() }));
    }
    const judgeFor = async (other: Principal) => {
      const ofOther = { ...options, principal: other, diagnose: openDiagnosis(other), liveApi: null };
      return await Promise.all(
        subjects.map((subject) => judgeSubject(subject, { ...ofOther, nowMs: clock.now() })),
      );
    };
    if (request.asOf === null) return { principal, items, judgeFor };
    const { judgeAsOf } = await import("./as-of.ts");
    const question = { subjects, items, asOf: request.asOf };
    const judged = await judgeAsOf(question, { ...options, nowMs: clock.now() });
    await dependencies.writeNote(judged.note);
    return { principal, items: judged.items, judgeFor };
  };

  const connection = await dependencies.connect(chosen.login);
  const { api } = connection;
  const { value: here } = await waitForGrant(async () => await look(connection, prepared), {
    isDone: ({ items }) => items.every(({ verdict }) => verdict === "allowed"),
    durationMs: request.waitMs ?? 0,
    clock,
    signal,
    onPause: (pauseMs, { items }) => io.activity.current?.wait(pauseMs, reasonToWait(items)),
  });
  if (request.identity !== null && here.principal.refusal === null) {
    await dependencies.writeNote(NOTE_ON_IDENTITY);
  }
  const principal = summarizePrincipal(here.principal, api.region.id ?? api.region.apiUrl);
  const isWhole = here.principal.refusal === null;
  const history = request.historyMs === null || !isWhole ? null : await readPast(request.historyMs);
  return {
    ...documentOf(principal, here.items, chosen.findings),
    sharedRemedies: groupRemedies(
      here.items.map((item) => ({
        name: nameOfItem(item),
        mode: item.requirement.permissionMode,
        remedies: item.remedies,
      })),
      describeSubject(here.principal),
    ),
    excess: chosen.isMaximum && isWhole ? findExcess(here.principal, chosen.subjects) : null,
    comparison: request.diff === null ? null : await compareWith(request.diff, { api, look: here }),
    request: request.isRequested ? composeAdminRequest(principal, here, request) : null,
    history,
  };

  async function readPast(durationMs: number): Promise<CheckHistory> {
    say("reading audits");
    const { readHistory } = await import("./history/read-history.ts");
    return await readHistory(api, { clock, signal }, here, durationMs);
  }

  async function compareWith(
    profile: string,
    ours: { readonly api: Api; readonly look: Look },
  ): Promise<Comparison> {
    const other = await dependencies.connectAs(profile);
    const { api: otherApi } = other;
    // The API definition of one host does not apply to another.
    const isSameHost = otherApi.region.apiUrl === ours.api.region.apiUrl;
    const there = await look(other, isSameHost ? prepared : await prepareFor(otherApi.region.apiUrl));
    const sideOf = (name: string, { region }: Api, of: Principal) => ({
      name,
      principal: of,
      region: region.id ?? region.apiUrl,
      divisionId: divisionOf(of, request.division).id,
    });
    return comparePrincipals(
      sideOf("this login", ours.api, ours.look.principal),
      sideOf(profile, otherApi, there.principal),
      ours.look.items.flatMap((item, index) => {
        const name = nameOfItem(item);
        const named = there.items.filter((each) => nameOfItem(each) === name);
        const other = named.find((each) => each === there.items[index]) ?? named[0];
        return other === undefined
          ? []
          : [{ name, permissions: item.requirement.permissions, here: item, there: other }];
      }),
    );
  }
}
