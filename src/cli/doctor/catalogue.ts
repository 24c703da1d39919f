import { describeOldAge, oldAgeOf } from "../../catalogue/facts/catalogue-age.ts";
import { loadCatalogue } from "../../catalogue/facts/load-catalogue.ts";
import { grouped } from "../../core/text.ts";
import { type CheckResult, failedBy, passed, warned } from "./check.ts";
import type { DoctorPorts } from "./ports.ts";
import type { Situation } from "./situation.ts";

/** Reports the catalog in use and its date, and warns when it is old or when an updated catalog was rejected. */
export function checkCatalogue(
  { settings }: Pick<Situation, "settings">,
  { cacheDirectory, clock }: Pick<DoctorPorts, "cacheDirectory" | "clock">,
): CheckResult {
  try {
    const apiUrl = settings.value?.region.value.apiUrl ?? null;
    const catalogue = loadCatalogue({ cacheDirectory, apiUrl });
    const { origin, date, size } = catalogue;
    const days = oldAgeOf(catalogue, clock.now());
    const warning = catalogue.warning ?? describeOldAge(catalogue, clock.now());
    const facts = { origin, date, operationCount: size, warning };
    const summary = [
      `${origin === "cached" ? "updated" : "packaged"} catalog of ${date}, ${grouped(size)} operations`,
      days === null ? null : `${days} days old`,
      catalogue.warning,
    ]
      .filter((part) => part !== null)
      .join("; ");
    return warning === null ? passed(summary, facts) : warned(summary, "`genscope catalog update`", facts);
  } catch (error) {
    return failedBy(error);
  }
}
