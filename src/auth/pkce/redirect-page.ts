/** Content security policy that allows nothing except the redirect itself. */
const POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'";

/** Returns the page that redirects the browser to the login page. It is self-contained and has no script. */
export function redirectPage(url: string): string {
  const address = escapeHtml(url);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0;url=${address}">
<title>Redirecting to the login page – genscope</title>
</head>
<body>
<p>genscope sends this browser to <a href="${address}">the login page</a>.</p>
<p>If you did not start a login, close this window.</p>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
