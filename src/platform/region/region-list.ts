import type { Region } from "./region.ts";

const ROWS: readonly (readonly [id: string, domain: string, label: string])[] = [
  ["us-east-1", "mypurecloud.com", "Americas (Virginia)"],
  ["us-east-2", "use2.us-gov-pure.cloud", "Americas (Ohio, FedRAMP)"],
  ["us-west-2", "usw2.pure.cloud", "Americas (Oregon)"],
  ["ca-central-1", "cac1.pure.cloud", "Americas (Canada)"],
  ["mx-central-1", "mxc1.pure.cloud", "Americas (Mexico)"],
  ["sa-east-1", "sae1.pure.cloud", "Americas (Sao Paulo)"],
  ["eu-west-1", "mypurecloud.ie", "EMEA (Ireland)"],
  ["eu-west-2", "euw2.pure.cloud", "EMEA (London)"],
  ["eu-central-1", "mypurecloud.de", "EMEA (Frankfurt)"],
  ["eu-central-2", "euc2.pure.cloud", "EMEA (Zurich)"],
  ["me-central-1", "mec1.pure.cloud", "EMEA (UAE)"],
  ["eusc-de-east-1", "edee1.eusc-pure.cloud", "EU Sovereign Cloud (Germany)"],
  ["ap-south-1", "aps1.pure.cloud", "Asia Pacific (Mumbai)"],
  ["ap-northeast-2", "apne2.pure.cloud", "Asia Pacific (Seoul)"],
  ["ap-northeast-3", "apne3.pure.cloud", "Asia Pacific (Osaka)"],
  ["ap-northeast-1", "mypurecloud.jp", "Asia Pacific (Tokyo)"],
  ["ap-southeast-1", "apse1.pure.cloud", "Asia Pacific (Singapore)"],
  ["ap-southeast-2", "mypurecloud.com.au", "Asia Pacific (Sydney)"],
];

/** The regions that customers can use. Genesys also has test stacks, which genscope never offers. */
export const REGIONS: readonly Region[] = ROWS.map(([id, domain, label]) => ({
  id,
  label,
  domain,
  loginUrl: `https://login.${domain}`,
  apiUrl: `https://api.${domain}`,
}));

/** The default region of every official tool. */
export const DEFAULT_REGION_ID = "us-east-1";
