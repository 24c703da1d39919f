import {
  CLIENT_ID_VARIABLES,
  refusePlaceholder,
  type Setting,
  type Settings,
} from "../../../auth/settings/settings.ts";
import { UsageError } from "../../../core/errors.ts";
import type { Prompter } from "../../../core/prompter.ts";
import type { Region } from "../../../platform/region/region.ts";
import type { LoginFlags } from "./plan.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const EXAMPLE = "12345678-90ab-cdef-1234-567890abcdef";
const LISTED = "ids are listed at Admin > Integrations > OAuth";
/** Number of attempts to answer the question. */
const MOST_QUESTIONS = 3;

/**
 * Checks the given values before anything else is tried. Accepts any id if the region is still to be asked for, because
 * it may be a gateway, whose ids can have any form.
 * @throws UsageError `usage.client_id` like `obtainClientId`
 */
export function checkGivenId(flags: LoginFlags, settings: Settings, prompter: Prompter | null): void {
  const given = givenId(flags, settings);
  if (given === null) {
    if (prompter === null) throw missing();
  } else if (prompter === null || settings.region.source !== "default") {
    requireId(given, settings.region.value);
  }
}

/**
 * Returns the client id. Only its form can be checked before the browser opens, because for an unknown id, the login
 * host returns a page for people instead of a documented status or code.
 * @throws UsageError `usage.client_id` when none is given and no prompt is possible, or when it is not an id
 */
export async function obtainClientId(
  flags: LoginFlags,
  settings: Settings,
  prompter: Prompter | null,
  say: (line: string) => Promise<void>,
): Promise<string> {
  const region = settings.region.value;
  const given = givenId(flags, settings);
  if (given !== null) return requireId(given, region);
  if (prompter === null) throw missing();
  for (let question = 1; question <= MOST_QUESTIONS; question += 1) {
    const typed = (await prompter.ask("Id of the OAuth client")).trim();
    if (isId(typed, region)) return typed;
    if (typed !== "") {
      await say(`That is not the id of an OAuth client. An id looks like ${EXAMPLE}; ${LISTED}.`);
    }
  }
  throw missing();
}

function givenId(flags: LoginFlags, { clientId }: Settings): Setting<string> | null {
  const given = flags.clientId === undefined ? clientId : { value: flags.clientId, source: "--client-id" };
  return given === null || given.value.trim() === "" ? null : given;
}

function requireId(setting: Setting<string>, region: Region): string {
  refusePlaceholder(setting);
  const { value, source } = setting;
  const id = value.trim();
  if (isId(id, region)) return id;
  // The value may be the secret of the client, so no message may repeat it.
  throw new UsageError("usage.client_id", `the value of ${source} is not the id of an OAuth client`, {
    hint: `an id looks like \`${EXAMPLE}\`; ${LISTED}`,
  });
}

/** Returns whether text can be a client id. Platform ids are UUIDs; those of a gateway or sandbox may not be. */
function isId(text: string, { id }: Region): boolean {
  return text !== "" && (id === null || UUID.test(text));
}

function missing(): UsageError {
  return new UsageError("usage.client_id", "no OAuth client id given", {
    hint: [
      "to log in as a user: `genscope login --region REGION --client-id ID`",
      "to log in as an OAuth client: `genscope login --region REGION --client-id ID --client-secret-stdin < FILE`",
      `${LISTED}; \`${CLIENT_ID_VARIABLES[0]}\` can be set instead of the flag`,
    ].join("\n"),
  });
}
