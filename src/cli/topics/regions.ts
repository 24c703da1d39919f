import { REGIONS } from "../../platform/region/region-list.ts";
import { renderPage } from "./page.ts";

/** Returns the text of `genscope help regions`. */
export function regionsHelp(): string {
  return renderPage(
    [
      "Regions, each with its domain. `--region` and GENESYSCLOUD_REGION take the id, the domain, or the URL of any page or API\nof the region, in any case and with hyphens or underscores.",
      REGIONS.map(({ id, domain, label }) => [id ?? domain, `${domain.padEnd(24)}${label}`] as const),
      "The base URL of a gateway or of the sandbox, such as http://127.0.0.1:8787, is a region that serves both login and API.\nPlain http is accepted for loopback only. A file in the work tree never chooses a region.",
    ],
    [["genscope login --region eu-central-1 --client-id ID", "log in to a region"]],
  );
}
