import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { loadCatalogue } from "../catalogue/facts/load-catalogue.ts";
import { readData } from "../catalogue/facts/packaged-file.ts";
import type { Clock } from "../core/clock.ts";
import { UsageError } from "../core/errors.ts";
import { reasonOf, systemCode } from "../core/system-error.ts";
import { runActions } from "./admin/actions.ts";
import { createDefinition } from "./definition.ts";
import { createMediaHost } from "./media-host.ts";
import { once } from "./once.ts";
import { createPlatform } from "./platform.ts";
import { createParameterLookup } from "./query-parameters.ts";
import type { LoggedRequest } from "./request-log.ts";
import type { Sandbox, SandboxOptions } from "./sandbox.ts";
import { type CreateArchive, createCast } from "./scenarios/cast.ts";
import type { ScenarioResult } from "./scenarios/scenario.ts";
import { findScenario } from "./scenarios/scenarios.ts";
import type { Definition, World } from "./world.ts";

export interface SandboxDeps {
  readonly clock: Clock;
  /** The API definition to start with; `packagedDefinition` by default. Several sandboxes can share one. */
  readonly definition?: Definition;
  /** Creates the archive when the number of conversations is specified. The default archive stores no text. */
  readonly createArchive?: CreateArchive;
  /** Called after each response. */
  readonly onRequest?: ((request: LoggedRequest) => void) | undefined;
}

/** A world, and the client, token and operation that demonstrate its scenario. */
interface Setup {
  readonly world: World;
  readonly result: ScenarioResult;
}

/**
 * Starts the sandbox on 127.0.0.1 and sets up its scenario. It enforces the platform's rules independently and
 * shares only the catalog with the diagnosis.
 * @throws UsageError `usage.scenario` for an unknown scenario, `usage.port` when the port is taken or not
 * allowed
 */
export async function startSandbox(options: SandboxOptions, deps: SandboxDeps): Promise<Sandbox> {
  const { clock, definition = packagedDefinition(), createArchive, onRequest } = deps;
  const first = findScenario(options.scenario ?? "default");
  let scenario = first;

  function arrange(): Setup {
    const cast = createCast({ ...options, seed: options.seed ?? 1 }, clock, definition, createArchive);
    return { world: cast.world, result: scenario.arrange(cast) };
  }

  let setup = arrange();
  const stopped = new AbortController();
  const platform = createPlatform({
    currentWorld: () => setup.world,
    reset: (name) => {
      scenario = name === null ? scenario : findScenario(name);
      const { mediaOrigin } = setup.world;
      setup = arrange();
      setup.world.mediaOrigin = mediaOrigin;
      return describeResult(setup.result);
    },
    clock,
    onRequest,
    signal: stopped.signal,
  });
  const mediaHost = createMediaHost({ currentWorld: () => setup.world, clock, signal: stopped.signal });
  const server = createServer((request, response) => {
    void platform(request, response);
  });
  // By default, Node closes idle connections after 5 seconds, but clients keep pooled connections open for longer.
  server.keepAliveTimeout = 60_000;
  const mediaServer = createServer((request, response) => {
    void mediaHost(request, response);
  });
  mediaServer.keepAliveTimeout = 60_000;
  await listen(server, options.port ?? 0);
  await listen(mediaServer, 0);
  const [port, mediaPort] = [server, mediaServer].map((each) => (each.address() as AddressInfo).port);
  const mediaOrigin = `http://127.0.0.1:${mediaPort}`;
  setup.world.mediaOrigin = mediaOrigin;

  return {
    url: `http://127.0.0.1:${port}`,
    scenario: first.name,
    description: first.description,
    ...describeResult(setup.result),
    act: (action) => runActions(setup.world, action),
    // Closing twice is safe, because both the command and the cleanup of its run may close the sandbox.
    close: once(async () => {
      stopped.abort();
      await Promise.all([server, mediaServer].map(close));
    }),
  };
}

async function close(server: Server): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
    server.closeAllConnections();
  });
}

/** Returns a definition with every operation in the packaged catalog. */
export function packagedDefinition(): Definition {
  const operations = [...loadCatalogue().operations()];
  const parametersOf = createParameterLookup(() => readData("query-parameters.txt"), operations);
  return createDefinition(operations, parametersOf, 0);
}

async function listen(server: Server, port: number): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", resolve);
    });
  } catch (error) {
    const reason = systemCode(error) === "EADDRINUSE" ? "another program is using it" : reasonOf(error);
    throw new UsageError("usage.port", `the sandbox cannot listen on port \`${port}\`: ${reason}`, {
      hint: "use any free port: genscope sandbox --port 0",
      cause: error,
    });
  }
}

function describeResult(result: ScenarioResult): Pick<Sandbox, "client" | "accessToken" | "operation"> {
  const { id, secret, name, authorizedGrantType } = result.client;
  return {
    client: { id, secret: result.secret ?? secret, name, grantType: authorizedGrantType },
    accessToken: result.token?.value ?? null,
    operation: result.operation,
  };
}
