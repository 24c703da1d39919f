import { text } from "node:stream/consumers";
import type { KeychainRequest } from "./keychain-protocol.ts";
import { answerKeychainRequest } from "./keychain-request.ts";
import { openKeychain } from "./open-keychain.ts";

// This is a separate program because a native addon can hang or crash, and nothing within one process protects
// against either. It reads one request from standard input and writes one reply to standard output. Standard error
// receives only the libraries' output and is discarded.

const host = { platform: process.platform, env: process.env, userId: process.getuid?.() };
// Only the parent process, of the same version, writes to this pipe.
const request = JSON.parse(await text(process.stdin)) as KeychainRequest;
const reply = await answerKeychainRequest(
  request,
  async () => await openKeychain(host, request.trialAccount),
);
process.stdout.write(JSON.stringify(reply));
