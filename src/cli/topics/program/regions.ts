import { REGIONS } from "../../../platform/region/region-list.ts";
import type { TopicPage } from "../page.ts";

export function regionsPage(): TopicPage {
  return {
    sections: [
      "Regions, each with its domain. `--region` and GENESYSCLOUD_REGION take the id, the domain, or the URL of any page or API of the region, in upper or lower case, with hyphens or underscores.",
      REGIONS.map(({ id, domain, label }) => [id ?? domain, `${domain.padEnd(24)}${label}`] as const),
      "The base URL of a gateway or of the sandbox, such as http://127.0.0.1:8787, is a region that serves both login and API. Plain http is accepted only for loopback.",
      "genscope refuses a host that imitates a Genesys Cloud host, and a URL with a user name or password. Before it sends credentials to a gateway, it names the gateway on stderr, even with `--quiet`. A file in the work tree, such as a policy file, never chooses a region: it can only confirm the one that a flag, the environment or the profile chose.",
    ],
    examples: [["genscope login --region eu-central-1 --client-id ID", "log in to a region"]],
  };
}
