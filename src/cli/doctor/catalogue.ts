import { loadCatalogue } from "../../catalogue/facts/load-catalogue.ts";
import { type CheckResult, failedBy, passed, warned } from "./check.ts";
import type { DoctorPorts } from "./ports.ts";
import type { Situation } from "./situation.ts";

/** Reports the catalogue in use, its date, and whether an updated one was rejected. */
export function checkCatalogue(
  { settings }: Pick<Situation, "settings">,
  { cacheDirectory }: Pick<DoctorPorts, "cacheDirectory">,
): CheckResult {
  try {
    const apiUrl = settings.value?.region.value.apiUrl ?? null;
    const { origin, date, size, warning } = loadCatalogue({ cacheDirectory, apiUrl });
    const facts = { origin, date, operationCount: size, warning };
    const summary = `${origin === "cached" ? "updated" : "packaged"} catalogue of ${date}, ${size} operations`;
    return warning === null
      ? passed(summary, facts)
      : warned(`${summary}; ${warning}`, "`genscope catalog update`", facts);
  } catch (error) {
    return failedBy(error);
  }
}
