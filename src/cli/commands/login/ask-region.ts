import type { Settings } from "../../../auth/settings/settings.ts";
import { UsageError } from "../../../core/errors.ts";
import type { Prompter } from "../../../core/prompter.ts";
import { parseRegion } from "../../../platform/region/region-parser.ts";

/** Number of attempts to answer the question. */
const MOST_QUESTIONS = 3;

/**
 * Returns the settings with the region that the user types when flags, environment and profile name none: an AWS id, a
 * domain, or the URL of any of the organization's pages. Without a terminal, keeps the default region.
 * @throws UsageError `usage.region` when the last answer is not a region
 */
export async function askRegion(
  settings: Settings,
  prompter: Prompter | null,
  say: (line: string) => Promise<void>,
): Promise<Settings> {
  const { region } = settings;
  if (region.source !== "default") return settings;
  if (prompter === null) {
    const { id, domain } = region.value;
    await say(
      `no region given: using \`${id ?? domain}\` (${domain}); choose another with \`--region REGION\``,
    );
    return settings;
  }
  for (let question = 1; ; question += 1) {
    const typed = await prompter.ask("Region, or the URL of any page of your organization");
    try {
      const parsed = parseRegion(typed);
      if (parsed.note !== null) await say(parsed.note);
      return { ...settings, region: { value: parsed.region, source: "prompt" } };
    } catch (error) {
      if (!(error instanceof UsageError) || question === MOST_QUESTIONS) throw error;
      await say(
        `${error.message}. Enter a region such as eu-central-1, or paste a URL such as https://apps.mypurecloud.de.`,
      );
    }
  }
}
