import { expect, test } from "vitest";
import { loadCatalogue } from "../../../src/catalogue/facts/load-catalogue.ts";
import { indexOperations } from "../../../src/catalogue/scan/read/operation-index.ts";
import { createScanIndex } from "../../../src/catalogue/scan/read/scan-index.ts";
import { scanText } from "../../../src/catalogue/scan/scan-text.ts";

const index = createScanIndex(indexOperations(loadCatalogue()));
const PYTHON = "import PureCloudPlatformClientV2\n";
const SCRIPT = 'const pc = require("purecloud-platform-client-v2");\n';

function scan(file: string, code: string): readonly string[] {
  return scanText(code, { file, index }).map(({ operation }) => `${operation?.method} ${operation?.path}`);
}

test.each<[string, string, string]>([
  ["a.py", `${PYTHON}fetch_all(api, method="get_routing_queues")\n`, "GET /api/v2/routing/queues"],
  ["a.py", `${PYTHON}pages(self.users_api, "patch_user", uid)\n`, "PATCH /api/v2/users/{userId}"],
  ["a.js", `${SCRIPT}await all(api, "postRoutingSkills");\n`, "POST /api/v2/routing/skills"],
  [
    "a.js",
    `${SCRIPT}await retry(this.routingApi, 'deleteRoutingQueue', [id]);\n`,
    "DELETE /api/v2/routing/queues/{queueId}",
  ],
])("finds a call by a helper that receives an SDK object and a method name: %s %s", (file, code, call) => {
  expect(scan(file, code)).toEqual([call]);
});

test.each<[string, string]>([
  ["a.py", `${PYTHON}log.info(capi_name, "get_routing_queues failed")\n`],
  ["a.py", `${PYTHON}metrics.count("get_routing_queues")\n`],
  ["a.js", `${SCRIPT}track(session, "getRoutingQueues");\n`],
])("finds no call where a method name is only printed: %s %s", (file, code) => {
  expect(scan(file, code)).toEqual([]);
});
