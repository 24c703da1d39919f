import type { TopicPage } from "../page.ts";

export function verdictsPage(): TopicPage {
  return {
    sections: [
      "Verdicts of `check-scopes`, exactly four. genscope never reports a false `allowed`: any doubt makes the verdict weaker.",
      [
        [
          "allowed",
          "no layer refuses the call, and genscope could read every fact that this verdict depends on",
        ],
        ["denied", "a layer refuses the call; the output names it, what is missing and what fixes it"],
        [
          "conditional",
          "the permission is held, but only in some divisions, under a role condition, under an access policy that genscope has not evaluated or cannot evaluate, or through a grant that is less than a minute old; or, according to a caveat (see below), access depends on the request, the object or the person",
        ],
        [
          "unknown",
          "a deciding fact could not be read; the output names it and the permission needed to read it",
        ],
      ],
      "genscope checks the layers in the platform's order: token, IP address, OAuth scope (users' tokens only, where the organization enforces scopes), user or client context, permission, division, role condition, access policy, product. Caveats come last. A caveat is a rule from documentation, declared error codes or announcements that the permission lists do not contain; each names its source. A caveat only weakens a verdict. To settle such a verdict, it often helps to name a division, to give a path with real values, or to use `--live`.",
      "An operation can be given by any of its common names: a method and path, a path with real ids, a URL on any host, an SDK method name in upper or lower case (postUsersSearch, post_users_search), a command of the official CLI (users search create), or a notification topic (v2.users.{id}.presence). Any other name is a usage error that lists the closest names, never a denied verdict. Wrong names that circulate in forums are corrected.",
      "Several checks are shown in short form: an allowed check is one line, and shared evidence, sources and fixes appear once. `--explain` shows the whole tree of every check.",
    ],
    examples: [
      ["genscope check-scopes --live GET /api/v2/routing/queues", "confirm with a real call that only reads"],
      [
        "genscope check-scopes --division Sales GET /api/v2/routing/queues",
        "settle a verdict that depends on the division",
      ],
      ["genscope check-scopes --diff dev GET /api/v2/users", "works in dev, 403 in prod: what differs"],
      ["genscope check-scopes --wait 2m GET /api/v2/users", "wait until a new grant takes effect"],
      ["genscope check-scopes --request POST /api/v2/routing/queues", "a message to the administrator"],
    ],
  };
}
