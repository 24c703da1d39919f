import { createServer } from "node:net";
import { createInterface } from "node:readline";
import type { KeychainRequest } from "../../src/auth/stores/keychain-protocol.ts";
import { answerKeychainRequest } from "../../src/auth/stores/keychain-request.ts";
import { openKeychain } from "../../src/auth/stores/open-keychain.ts";

// Answers requests to the keychain, one line per connection, until standard input ends. Prints its port at the start.

const host = { platform: process.platform, env: process.env, userId: process.getuid?.() };
const server = createServer((socket) => {
  createInterface({ input: socket }).once("line", async (line) => {
    const request = JSON.parse(line) as KeychainRequest;
    const reply = await answerKeychainRequest(
      request,
      async () => await openKeychain(host, request.trialAccount),
    );
    socket.end(JSON.stringify(reply));
  });
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.stdout.write(`${typeof address === "object" ? address?.port : address}\n`);
});
process.stdin.resume().on("end", () => process.exit(0));
