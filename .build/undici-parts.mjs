// Replaces undici's index in the bundle, and exports the parts that genscope uses. The index would also load
// `fetch`, caches, mocks and WebSocket, and with them the second copy of undici that is built into Node. That would
// cost every command that sends a request 30 ms of processor time.
import api from "undici/lib/api/index.js";
import buildConnector from "undici/lib/core/connect.js";
import Agent from "undici/lib/dispatcher/agent.js";
import Dispatcher from "undici/lib/dispatcher/dispatcher.js";
import Pool from "undici/lib/dispatcher/pool.js";
import ProxyAgent from "undici/lib/dispatcher/proxy-agent.js";

// undici's index adds these methods (`request`, `stream`, …) too. Without them, a dispatcher has only `dispatch`.
Object.assign(Dispatcher.prototype, api);

export { Agent, buildConnector, Pool, ProxyAgent };
