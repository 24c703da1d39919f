/**
 * Common words from English, OAuth and contact centers that the API definition does not contain. They occur in
 * paths, error codes and enumeration values, where genscope would otherwise withhold a long unknown word.
 */
export const VOCABULARY: ReadonlySet<string> = new Set(
  `
above absent accepted accepts accident achieve advance africa afternoon against agree ahead airbyte alive allows
almost alone already although always amazon america announce anything apart apis approval approved args argument array
arrive arrives articles asia aside asks asserted assertion assume async audiohook automate await axios balancer bare
baskets bastion before beginning behind benefit beta better beyond bind blueprint blueprints bookings bottom branch
brief broken budget buffer bundle cacerts cafile cainfo called calling callout came careful carts catalog catalogue
catch causes certain certs certutil chain challenge chance changed chapter cheap checked checkpoint choice choose
circle claim claims clean clearly close closed closest closing cloudfront cmdlet command commands common
community compact company compile complain complete completed completion compute concern conclude concurrent confirmed
conflict confusion consent consider consist console construct contrast corner corporate correctly council couple
covers creating cron crucial crypto curl cursor cxone daily damage dataaction days dead debug declared declares
decoded deep degree deliver delivery denial denies deny departments description deserve design desire desktop despite
destroy developer diagnosis dialer difference directly disappear discover discuss discussion doctor dotnet
double doubling draw driver dropped drops duplicate duration during duty eager early easily easy effort egress elapsed
eligible elimination else elsewhere employees encoded encourage ended endpoint energy enforced enforcement
enhance enjoy enough ensure entire envelope errors establish europe eventbridge every everything except exceptions
existed exists exit expense expires expiry explain explicit exporter expose extend extent fact facts fails
failures fair faith fallback falls false famous faraday fast fatal feign fewer fewest finally finding findings
finish finished firewall firm first five flat follows foreign forget forum front frontend future gave gems genesys
genscope genuine github gives goes good grantor grow guarantee guess guests guzzle gzip half handler handling
happened happens happy hard hardly heavy height held hello help helps hidden hide highlight hint hits hold holds
honour horizontal host hosting hosts hour hours however html http https human hybrid ideal identical idle ietf imagine
immediately impact implicit imply important importcert impose improve inactivity included income independent ingress
initial inner inside inspect inspection interest interrupt intervals into introduce introspection invented
invest invocation invoke invoking involve isolate issued issues iterate itself java jmeter jsonl judge jump just
keep keeps kept keystore keytool keyword kind kotlin lambda last layer leads leaf letter lifetime like limiting
liquid lite literal little live lived localhost localized logfmt logging longer loop lose loss lost lower
machine made maintain major manual margin marked matches matter mean means meant measured mechanism memory menu
messenger microsoft middle migration mind minor minus minute minutes mirror misleading mistake moderate modified
moment month monthly most much mule multi multiple mutual mygenesyscloud named naming narrow near nearest needs
neither nested neutral never newest newman next nginx nice night nightly node noise nonce northeast
northwest nothing nowhere obvious occasion official often oidc okhttp older oldest once opaque openid opens
openssl optional orchestrator order orders ordinary original otherwise outer output outputs outside overall pacific
pacing packages pagination panel panic paper parallel params parquet parsed partial partner parts paste patients
payments people perfect perhaps persists person personal pick piece pipeline pkce pkix plain plenty plus popular
postman power powerbi practical practice precise predictive prepare preserve price principal principle print printed
prints probably probe proceed processed promise proof properly prose protocol proxy proxyhost proxyport purchase
purpose python qualified quarter queries question quick quickly quiet quote quoted raise raised random rapid
rather readme ready recent reckon recognized recommend recorded records redacted redirect reflect
refuse refused refuses registered regular rejected rejects reliable rely remain remark remedies remedy remember
remote removed rename render repeat reply reqwest rescue resolving respond responded retain retries returning
returns revocation revoked reward rise risk road root rotated ruby runjs safely same sample samples satisfy
saved says scale scenario secrets section seek seen sell sends separate serious settle settled several severe
severity shadow shape sharp shell shop shortly show shown shows side signature silent silently similar simply
single skip slash slight smart smooth socket solid something soon southeast southwest sovereign speak special
specify speed spend split splits splunk spot spread springframework square stable stack stale stamp started
starter starts states stay steady sticky still stopped stops stored straight strange streaming streams strict
strike strong struggle students subscribe succeed succeeded sudden suffer suffices suitable suppose surface
surprise suspect swap swift switch symbol symptom taken talk teach technology temporary tenant terraform testing
thank their them theory therefore these thing think though thought three threshold throttle throttled throttling
throw ticket ticketing tickets timer timestamp tiny today tofu together tolerate tomorrow tool tools total touch
traceback traffic transform transport traps travel treat tree true truncated trusted truth trying twice typical
ultimate uncaught unconfirmed undeclared unhandled unify union unique uniqueness unless unlike unpadded until
unusual updates upgrade urgent username usual usually vanish various vary vendor verb verdict vertical very
visible visualizer void waits wants warn warning waste watch wave weak weather webmessenger websocket weekly
weight welcome well went west wheel where whether whoami whole whose wide widget width windows wire wish
withheld wonder words worked worker working worldwide worry worth wrapper write writes written wrote yellow yesterday
yield young zapier zendesk
`
    .trim()
    .split(/\s+/),
);
