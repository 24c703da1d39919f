import { describe, expect, test } from "vitest";
import { act, call, clientHolding } from "../sandbox/client.ts";
import { credentialsFor } from "../support/credentials.ts";
import { began, byId, exportedIn, exportStage, linesOf } from "../support/export-stage.ts";
import { runCli } from "../support/run-cli.ts";

const DAY = ["conversations", "details", "--interval", "2026-10-02/2026-10-03"];
const PATH = "/api/v2/analytics/conversations/details/jobs";
/** Makes the service refuse pages of more than 30 records, so that a day has several pages. */
const SMALL_PAGES = { heavyPages: { above: 30, status: 413 } };

/**
 * The ways in which the service can report a lost job: after how many pages, with which status, and for which
 * requests.
 */
const LOSSES = [0, 1, 2].flatMap((lostAfterPages) =>
  [404, 410].flatMap((lostStatus) =>
    ["state", "results", "both"].map((lostFor) => ({ lostAfterPages, lostStatus, lostFor })),
  ),
);

async function stage() {
  const stage = await exportStage({}, SMALL_PAGES);
  const expected = began(await stage.truth(), "2026-10-02", "2026-10-03");
  return { ...stage, expected };
}

describe("a job that the platform loses", () => {
  test.each(LOSSES)(
    "makes export restart the part and report it (after $lostAfterPages pages, $lostStatus for $lostFor)",
    async (loss) => {
      const { run, sandbox, directory, expected } = await stage();
      await act(sandbox, "job.fault", loss);
      const { exitCode, stderr } = await run([...DAY, "--out", "lake"]);
      expect([exitCode, await exportedIn(directory)]).toEqual([0, expected]);
      // genscope requests the state only before it reads results, so it does not notice when the state is lost later.
      const isNoticed = loss.lostFor !== "state" || loss.lostAfterPages === 0;
      expect(stderr.match(/fetching `2026-10-02` again from its start: .*\d{3}/g)?.length ?? 0).toBe(
        Number(isNoticed),
      );
      expect((await call(sandbox, "GET /sandbox/jobs")).each("jobs", "id")).toHaveLength(
        1 + Number(isNoticed),
      );
    },
  );

  test.each(LOSSES)(
    "makes query submit it again and report it (after $lostAfterPages pages, $lostStatus for $lostFor)",
    async (loss) => {
      const { sandbox, clock, expected } = await stage();
      await act(sandbox, "job.fault", loss);
      const { exitCode, stdout, stderr } = await runCli(["query", "POST", PATH, "--body", "-", "--all"], {
        env: credentialsFor(sandbox),
        ports: { clock },
        input: JSON.stringify({
          interval: "2026-10-02T00:00:00.000Z/2026-10-03T00:00:00.000Z",
          startOfDayIntervalMatching: true,
        }),
      });
      expect([exitCode, byId(linesOf(stdout)).size]).toEqual([0, expected.size]);
      const isNoticed = loss.lostFor !== "state" || loss.lostAfterPages === 0;
      expect(stderr).toMatch(isNoticed ? /^.*\d{3}.*, so the query is submitted again$/m : /^$/);
    },
  );

  test.each([1, 2])(
    "makes export restart the part when the cursor expires after page %i",
    async (cursorPages) => {
      const { run, sandbox, directory, expected } = await stage();
      await act(sandbox, "job.fault", { cursorUses: 0, cursorPages });
      const { exitCode, stderr } = await run([...DAY, "--out", "lake"]);
      expect([exitCode, await exportedIn(directory)]).toEqual([0, expected]);
      expect(stderr).toContain("the service no longer accepts the cursor (400)");
    },
  );

  test("leaves a gap after four losses, and export completes the other parts", async () => {
    const { run, sandbox, directory, expected, truth } = await stage();
    await act(sandbox, "job.fault", { lostAfterPages: 1, lostStatus: 404, lostFor: "results", times: 4 });
    const words = ["conversations", "details", "--interval", "2026-10-02/2026-10-04", "--out", "lake"];
    const first = await run([...words, "--concurrency", "1"]);
    expect(first.exitCode).toBe(8);
    expect(first.stderr.match(/fetching `2026-10-02` again/g)).toHaveLength(3);
    expect(new Set(await exportedIn(directory))).toEqual(
      new Set(began(await truth(), "2026-10-03", "2026-10-04")),
    );
    const second = await run([...words, "--resume"]);
    expect([second.exitCode, (await exportedIn(directory)).size > expected.size]).toEqual([0, true]);
  });

  test.each([
    ["for which the job does not exist", null],
    ["that the service refuses with 403", 403],
    ["that the service refuses with 400", 400],
  ])("makes a resumed export restart the part, with a token %s", async (_what, status) => {
    const { run, sandbox, directory, expected } = await stage();
    await act(sandbox, "fault.add", {
      kind: "status",
      status: 401,
      code: "bad.credentials",
      path: PATH,
      pathEnd: "/results",
      after: 8,
      times: 9,
    });
    expect((await run([...DAY, "--out", "lake"])).exitCode).toBe(4);
    await act(sandbox, "fault.clear");
    if (status !== null) {
      await act(sandbox, "fault.add", { kind: "status", status, code: "x", method: "GET", path: `${PATH}/` });
    }
    const { token } = await clientHolding(sandbox, ["analytics:conversationDetail:view"]);
    const env = credentialsFor({ ...sandbox, accessToken: status === null ? token : sandbox.accessToken });
    const { exitCode, stderr } = await run([...DAY, "--out", "lake", "--resume"], { env });
    expect([exitCode, await exportedIn(directory)]).toEqual([0, expected]);
    expect(stderr).toMatch(/fetching `2026-10-02` again from its start: .*(another token|knows? the job)/);
  });
});
