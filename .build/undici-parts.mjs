// Stands for undici's index in the bundle, with the two dispatchers that genscope uses. The index would also
// load `fetch`, caches, mocks and WebSocket, and with them a second undici, the one inside Node: 30 ms of
// processor time in every command that sends a request.
import api from "undici/lib/api/index.js";
import Agent from "undici/lib/dispatcher/agent.js";
import Dispatcher from "undici/lib/dispatcher/dispatcher.js";
import ProxyAgent from "undici/lib/dispatcher/proxy-agent.js";

// As the index does. A dispatcher has no methods but `dispatch` without it.
Object.assign(Dispatcher.prototype, api);

export { Agent, ProxyAgent };
