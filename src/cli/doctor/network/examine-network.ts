import type { Transport } from "../../../http/transport/transport.ts";
import { type CheckName, type CheckResult, skipped } from "../check.ts";
import type { DoctorPorts } from "../ports.ts";
import type { Situation } from "../situation.ts";
import { checkCertificates } from "./certificates.ts";
import { judgeClock } from "./clock-skew.ts";
import { checkName } from "./dns.ts";
import { combineFindings, type Endpoint, endpointsOf } from "./endpoint.ts";
import { findRoutes } from "./proxy.ts";
import { askHost, type ServerTime } from "./reachability.ts";
import { checkTls } from "./tls.ts";

type NetworkFindings = Readonly<
  Record<Extract<CheckName, "proxy" | "certificates" | "dns" | "tls" | "reachability" | "clock">, CheckResult>
>;

interface Probe {
  readonly host: string;
  readonly dns: CheckResult;
  readonly tls: CheckResult;
  readonly answers: readonly CheckResult[];
  readonly times: readonly ServerTime[];
}

/** Checks the connection to both hosts step by step, and skips the steps that can no longer succeed. */
export async function examineNetwork({ settings }: Situation, ports: DoctorPorts): Promise<NetworkFindings> {
  const authorities = await checkCertificates(ports);
  const endpoints = settings.value === null ? null : endpointsOf(settings.value.region.value);
  const routes = endpoints === null ? null : findRoutes(endpoints, ports);
  const proxy = routes?.finding ?? skipped("the hosts are unknown: see settings");
  const certificates = authorities.finding;
  if (endpoints === null || routes?.proxies == null || authorities.certificates === null) {
    const cause = endpoints === null ? "settings" : routes?.proxies == null ? "proxy" : "certificates";
    const untried = skipped(`not checked: see ${cause}`);
    return { proxy, certificates, dns: untried, tls: untried, reachability: untried, clock: untried };
  }
  const { proxies } = routes;
  const transport = await ports.openTransport();
  const pems = authorities.certificates;
  const probes = await Promise.all(
    endpoints.map(async (endpoint) =>
      probeHost(endpoint, proxies.get(endpoint.url.host) ?? null, pems, transport, ports),
    ),
  );
  return {
    proxy,
    certificates,
    dns: combineFindings(probes.map(({ host, dns }) => ({ host, finding: dns }))),
    tls: combineFindings(probes.map(({ host, tls }) => ({ host, finding: tls }))),
    reachability: combineFindings(
      probes.flatMap(({ host, answers }) => answers.map((finding) => ({ host, finding }))),
    ),
    clock: judgeClock(
      probes.flatMap(({ times }) => times),
      ports.machine,
    ),
  };
}

async function probeHost(
  { url, baseUrl, roles }: Endpoint,
  proxy: URL | null,
  caCertificates: readonly string[],
  transport: Transport,
  ports: DoctorPorts,
): Promise<Probe> {
  const { host } = url;
  const untried = (cause: CheckName) => skipped(`\`${host}\` not checked: see ${cause}`);
  const dns = await checkName(url, proxy, ports);
  if (dns.status === "failed") {
    return { host, dns, tls: untried("dns"), answers: [untried("dns")], times: [] };
  }
  const tls = await checkTls({ url, proxy, caCertificates }, ports);
  if (tls.status === "failed") return { host, dns, tls, answers: [untried("tls")], times: [] };
  const asked = await Promise.all(roles.map(async (role) => askHost(role, baseUrl, transport, ports)));
  return {
    host,
    dns,
    tls,
    answers: asked.map(({ finding }) => finding),
    times: asked.flatMap(({ time }) => (time === null ? [] : [time])),
  };
}
