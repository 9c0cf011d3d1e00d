/** Agents that only ask whether something is alive: what they call is no integration. */
const healthCheckers = [
  'kube-probe',
  'ELB-HealthChecker',
  'GoogleHC',
  'Amazon-Route53-Health-Check-Service',
  'Amazon-Route53',
  'Envoy',
  'HAProxy',
  'Consul Health Check',
  'Prometheus',
  'Blackbox Exporter',
  'Blackbox-Exporter',
  'UptimeRobot',
  'Pingdom.com_bot_version_1.4_',
  'Pingdom',
  'StatusCake',
  'Site24x7',
  'Better Uptime Bot',
  'Datadog',
  'NewRelicPinger',
  'check_http',
  'Nagios',
  'Zabbix',
  'Load Balancer Agent',
  'AlwaysOn',
  'Edge Health Probe',
];

/** Agents that name a library, a browser or a robot, and so no caller in particular. */
const libraries = [
  'Mozilla',
  'Opera',
  'Dalvik',
  'CFNetwork',
  'curl',
  'libcurl',
  'libcurl-agent',
  'Wget',
  'HTTPie',
  'python-requests',
  'python-httpx',
  'python-urllib3',
  'Python-urllib',
  'Python',
  'aiohttp',
  'urllib3',
  'Java',
  'Java-http-client',
  'Apache-HttpClient',
  'Apache-HttpAsyncClient',
  'Jakarta',
  'okhttp',
  'ReactorNetty',
  'Jersey',
  'AHC',
  'Go-http-client',
  'fasthttp',
  'resty',
  'go-resty',
  'grpc-go',
  'grpc-java-netty',
  'grpc-node-js',
  'grpc-python',
  'grpc-python-asyncio',
  'grpc-dotnet',
  'axios',
  'node',
  'node-fetch',
  'node-superagent',
  'got',
  'undici',
  'Deno',
  'Bun',
  'PostmanRuntime',
  'insomnia',
  'Ruby',
  'Faraday',
  'rest-client',
  'GuzzleHttp',
  'PHP',
  'PHP-SOAP',
  'Symfony',
  'WordPress',
  'libwww-perl',
  'lwp-request',
  'RestSharp',
  'WinHttp',
  'WinHTTP',
  'MS',
  'Microsoft',
  'WindowsPowerShell',
  'PowerShell',
  'HttpClient',
  'Dart',
  'reqwest',
  'hyper',
  'ApacheBench',
  'k6',
  'JMeter',
  'Googlebot',
  'bingbot',
  'Baiduspider',
  'facebookexternalhit',
  'Twitterbot',
  'Slackbot-LinkExpanding',
  'Slackbot',
  'zgrab',
  'masscan',
  'Nmap',
  'Nikto',
];

const health = new Set(healthCheckers.map((name) => name.toLowerCase()));
const generic = new Set(libraries.map((name) => name.toLowerCase()));

/** What the first word of a user agent says: a health check, nothing in particular, or a name. */
export type AgentKind = 'health-check' | 'generic' | 'name';

/** Judges the product at the start of a user agent, e.g. `curl` of `curl/8.5.0`. */
export function judgeAgent(product: string): AgentKind {
  const name = product.trim().toLowerCase();
  if (health.has(name)) return 'health-check';
  // A product is one word (RFC 9110, 10.1.5); anything else may be a sentence, or hold a secret.
  const isName =
    /^[a-z][\w.-]{1,40}$/.test(name) && !generic.has(name) && !/bot\b|spider|crawler/.test(name);
  return isName ? 'name' : 'generic';
}

/** The product at the start of a user agent: what comes before its version or comment. */
export function productOf(agent: string): string {
  return (/^[^/(;,]*/.exec(agent)?.[0] ?? '').trim().slice(0, 80);
}
