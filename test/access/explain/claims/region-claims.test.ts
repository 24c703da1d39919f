import { describe, expect, test } from "vitest";
import { claimsOf, explainText } from "../packaged-knowledge.ts";

const CLAIM = "true: the text points to two different regions";
const UNKNOWN_CLIENT = `POST https://login.mypurecloud.com/oauth/token
HTTP/1.1 400 Bad Request

{"error":"invalid_client","description":"client not found","error_description":"client not found"}`;
const UNKNOWN_TOKEN = `GET https://api.mypurecloud.de/api/v2/groups
401 {"message":"Invalid login credentials.","code":"bad.credentials","status":401}`;

describe("two regions in one paste", () => {
  test.each([
    [
      `Our people work at https://apps.usw2.pure.cloud.\n\n${UNKNOWN_CLIENT}`,
      "if the organization's user interface is at `apps.usw2.pure.cloud`, request tokens from `https://login.usw2.pure.cloud/oauth/token` and call `https://api.usw2.pure.cloud`",
    ],
    [
      `The token is from login.mypurecloud.jp.\n\n${UNKNOWN_TOKEN}`,
      "use the region of the organization's user interface (`apps.<domain>`) for token requests and calls alike",
    ],
  ])("are reported when a client id or a token is not accepted: %s", (text, summary) => {
    const [finding, ...others] = explainText(text);
    expect(others).toEqual([]);
    expect(claimsOf(finding === undefined ? [] : [finding])).toContain(CLAIM);
    expect(finding?.remedies).toContainEqual({ kind: "use-host", summary });
  });

  test.each([
    ["Our org is in Ireland.", "mypurecloud.ie"],
    ["The organization is hosted in Sydney, and I followed the tutorial.", "mypurecloud.com.au"],
    ["We are on the Frankfurt region.", "mypurecloud.de"],
    ["region: eu-west-2", "euw2.pure.cloud"],
    ["My tenant (US, Oregon) was created last week.", "usw2.pure.cloud"],
  ])("are reported when the text locates the organization in one of them: %s", (words, domain) => {
    const [finding, ...others] = explainText(`${words}\n\n${UNKNOWN_CLIENT}`);
    expect(others).toEqual([]);
    expect(claimsOf(finding === undefined ? [] : [finding])).toContain(CLAIM);
    expect(finding?.remedies.map(({ summary }) => summary).join()).toContain(
      `request tokens from \`https://login.${domain}/oauth/token\``,
    );
  });

  test.each([
    UNKNOWN_CLIENT,
    `Our org is in Virginia.\n\n${UNKNOWN_CLIENT}`,
    `Our customers in Ireland complain.\n\n${UNKNOWN_CLIENT}`,
    `We have one org in Ireland and an org in London.\n\n${UNKNOWN_CLIENT}`,
    `The organization is in Germany.\n\n${UNKNOWN_CLIENT}`,
    `Our people work at https://apps.mypurecloud.com.\n\n${UNKNOWN_CLIENT}`,
    `We have apps.usw2.pure.cloud and apps.mypurecloud.ie.\n\n${UNKNOWN_CLIENT}`,
    `It works in apps.mypurecloud.ie.\n\n${UNKNOWN_TOKEN.replace("401", "403").replace("bad.credentials", "not.authorized").replace("401", "403")}`,
  ])("are not reported when they are equal, ambiguous or irrelevant to the refusal: %s", (text) => {
    expect(claimsOf(explainText(text))).not.toContain(CLAIM);
  });
});
