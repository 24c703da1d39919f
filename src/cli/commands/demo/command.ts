import { join } from "node:path";
import type { Clock } from "../../../core/clock.ts";
import { present } from "../../../output/present.ts";
import type { Context } from "../../context.ts";
import { helpFooter, type Root } from "../../root.ts";
import { environmentFor } from "../sandbox/command.ts";
import { createPlayer, type Show, type Step } from "./player.ts";
import { applyRemedy, callOperation, describeAnswer, mintUserToken, ownOrganizationHint } from "./scenes.ts";

const OPERATION = ["POST", "/api/v2/analytics/conversations/details/query"] as const;

/** The JSON contract of `demo`. */
export interface DemoResult {
  readonly schema: "genscope/demo/v1";
  readonly steps: readonly Step[];
}

/** `demo`: leads from a 403 to rows of data on the embedded sandbox, with the commands that a person would type. */
export function registerDemo(root: Root, context: Context): void {
  root
    .command("demo")
    .description(
      "run into a 403 on the embedded sandbox, explain it and fix it\n\nCauses a 403 as a reporting service, explains it, applies the smallest fix and fetches the data. Then makes the same call as a user whose token lacks the scope.",
    )
    .option("--no-pause", "show all scenes without waiting for Enter on a terminal")
    .configureHelp(
      helpFooter(
        [
          ["genscope demo", "run the demo without an account"],
          ["genscope demo --no-pause", "show it without stopping"],
          ["genscope demo --json", "print it as one document"],
        ],
        ["0 done", "70 internal fault"],
      ),
    )
    .action(async (_options, command) => {
      const options = command.optsWithGlobals();
      const isText = options.json !== true;
      const isColoured = options.color !== false;
      const mayPause = isText && options.pause && context.io.stdout.isTerminal;
      const prompter = mayPause ? context.prompter(options) : null;
      const steps = await demonstrate(context, { isText, isColoured, prompter });
      const result: DemoResult = { schema: "genscope/demo/v1", steps };
      if (!isText) await present(context.io, options, result, () => []);
    });
}

/** Plays the demo. The text appears as each scene runs; the returned steps contain it as data. */
export async function demonstrate(context: Context, show: Show): Promise<readonly Step[]> {
  const sandbox = await context.startSandbox({});
  try {
    const apart = {
      ...withoutCredentials(context.env),
      GENSCOPE_CONFIG_DIR: join(await context.cacheDirectory(), "demonstration"),
    };
    const env = { ...apart, ...environmentFor(sandbox) };
    const player = createPlayer(context, show);
    const check = ["check-scopes", ...OPERATION];

    const refused = await callOperation(context, sandbox, env);
    await player.showEvent(
      "A reporting service gets a token (200) and requests conversation details",
      describeAnswer(refused),
      refused,
    );
    await player.runCommand(
      "What does that response mean?",
      ["explain", "-"],
      env,
      JSON.stringify(refused.body),
    );
    const diagnosis = await player.runCommand(
      "What does this token hold, which layer refuses, and what is the smallest fix?",
      check,
      env,
    );

    const change = applyRemedy(sandbox, diagnosis);
    await player.showEvent("An administrator makes that change", change, { change });
    // A grant takes a moment to take effect, so a prediction would stay conditional: --live asks the service.
    await player.runCommand("Is that enough?", [...check, "--live"], env);
    const details = ["conversations", "details", "--interval"];
    await player.runAsTable("The rows", ["query", ...details, "last-24h", "--limit", "3"], env);
    const day = lastWholeDay(context.clock);
    const out = join(await context.temporaryDirectory(), day);
    await player.runCommand(
      "A whole day as files, in an export that can be killed at any moment",
      ["export", ...details, day, "--out", out, "--resume"],
      env,
    );

    const asUser = {
      ...apart,
      GENESYSCLOUD_REGION: sandbox.url,
      GENESYSCLOUD_ACCESS_TOKEN: mintUserToken(sandbox),
    };
    await player.runCommand(
      "Would logging in as a user (PKCE) have helped? The same call with a user token",
      check,
      asUser,
    );
    await player.showEvent("Client and user tokens", TOKEN_KINDS, null);
    await player.showEvent("Now your own organization", ownOrganizationHint(OPERATION.join(" ")), null);
    return player.steps;
  } finally {
    await sandbox.close();
  }
}

/**
 * Returns the day before yesterday in UTC. The data lake lags by hours, so yesterday stays incomplete until the
 * morning.
 */
function lastWholeDay(clock: Clock): string {
  return new Date(clock.now() - 2 * DAY_MS).toISOString().slice(0, 10);
}

const DAY_MS = 86_400_000;

const TOKEN_KINDS = [
  "Client credentials: the OAuth client's roles and divisions determine access; scopes have no effect.",
  "User tokens: the user's roles and divisions determine access, and so do scopes where the organization enforces them.",
  "A service that reads data needs no user, only the role above.",
].join("\n");

/**
 * Removes the user's credentials, because the demo must not touch their organization or mention their profiles.
 */
function withoutCredentials(env: Context["env"]): Context["env"] {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^GENESYS_?CLOUD_|^GENSCOPE_PROFILE$/.test(name)),
  );
}
