/** What the browser shows after a step: a page, or the address of another host that it would open. */
export interface View {
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
  /** First heading of the page; empty when there is no page. */
  readonly heading: string;
  /** Address on another host to which the login host redirects. */
  readonly leftFor: string | null;
}

/** A user with a browser that keeps cookies, follows the login host's own redirects and fills in its forms. */
export interface Visitor {
  open(url: string): Promise<View>;
  /** Presses the button with this name on the page that the last `open` or `press` returned. */
  press(step: string, fields?: Readonly<Record<string, string>>): Promise<View>;
}

/** Creates a browser without cookies. */
export function createVisitor(): Visitor {
  const cookies = new Map<string, string>();
  let url = "";
  let html = "";

  async function send(target: string, form: URLSearchParams | null): Promise<View> {
    const response = await fetch(target, {
      method: form === null ? "GET" : "POST",
      redirect: "manual",
      headers: { Cookie: [...cookies].map((pair) => pair.join("=")).join("; ") },
      ...(form === null ? {} : { body: form }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    url = target;
    html = await response.text();
    const location = response.headers.get("location");
    if (location !== null && new URL(location, target).origin === new URL(target).origin) {
      return send(new URL(location, target).href, null);
    }
    return {
      status: response.status,
      headers: response.headers,
      html,
      heading: /<h1>(.*?)<\/h1>/s.exec(html)?.[1] ?? "",
      leftFor: location,
    };
  }

  return {
    open: (target) => send(target, null),
    press: (step, fields = {}) => {
      const ticket = /name="ticket" value="([^"]*)"/.exec(html)?.[1];
      return send(url, new URLSearchParams({ step, ...(ticket === undefined ? {} : { ticket }), ...fields }));
    },
  };
}

export const ANALYST = "reporting.analyst@example.com";

/** Logs in and allows access. Returns the redirect URI with its parameters. */
export async function logInAndAllow(url: string, email = ANALYST): Promise<string> {
  const visitor = createVisitor();
  await visitor.open(url);
  await visitor.press("login", { email, password: "any" });
  const { leftFor, heading } = await visitor.press("allow");
  if (leftFor === null) throw new Error(`the login host showed a page instead of redirecting: ${heading}`);
  return leftFor;
}
