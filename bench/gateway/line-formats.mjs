/** How each product writes a call as one line. The facts are those of the products' documentation. */

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const thousandths = Array.from({ length: 1000 }, (_, n) => String(n).padStart(3, '0'));

/** Remembers the texts of the last seconds, for many lines share them. */
function rememberSeconds(write) {
  const seconds = new Float64Array(8).fill(Number.NaN);
  const texts = Array(8).fill('');
  return (time) => {
    const second = Math.floor(time / 1000);
    const slot = second & 7;
    if (seconds[slot] !== second) {
      seconds[slot] = second;
      texts[slot] = write(new Date(second * 1000).toISOString());
    }
    return texts[slot];
  };
}

const month = (iso) => months[Number(iso.slice(5, 7)) - 1];
const day = (iso) => `${iso.slice(8, 10)}/${month(iso)}/${iso.slice(0, 4)}`;
/** `05/Jan/2026:06:00:00` */
const common = rememberSeconds((iso) => `${day(iso)}:${iso.slice(11, 19)}`);
const isoSecond = rememberSeconds((iso) => iso.slice(0, 19));
const spacedSecond = rememberSeconds((iso) => `${iso.slice(0, 10)} ${iso.slice(11, 19)}`);
const tabbedSecond = rememberSeconds((iso) => `${iso.slice(0, 10)}\t${iso.slice(11, 19)}`);
const syslogSecond = rememberSeconds(
  (iso) => `${month(iso)} ${iso.slice(8, 10).replace(/^0/, ' ')} ${iso.slice(11, 19)}`,
);
/** `2026-01-05T06:00:00.123Z` */
const iso = (time) => `${isoSecond(time)}.${thousandths[time % 1000]}Z`;

const secondTexts = [];
/** Milliseconds as seconds: `0.123`. */
function seconds(milliseconds) {
  secondTexts[milliseconds] ??= (milliseconds / 1000).toFixed(3);
  return secondTexts[milliseconds];
}

const request = ({ template, target }) => `${template.method} ${target} HTTP/1.1`;

/** Address to agent: the combined format, with the user that is given. */
const combined = (call, user) =>
  `${call.caller.address} - ${user} [${common(call.time)} +0000] "${request(call)}" ${call.status} ${call.bytes} "-" "${call.caller.agent}"`;

const plusAgents = new Map();
/** The user agent as IIS and CloudFront write it, without blanks. */
function withoutBlanks(agent, blank) {
  const key = blank + agent;
  if (!plusAgents.has(key)) plusAgents.set(key, agent.replaceAll(' ', blank));
  return plusAgents.get(key);
}

function kong(call) {
  const { caller, template, milliseconds } = call;
  const { service } = template;
  const own = milliseconds >> 4;
  return `{"request":{"method":"${template.method}","uri":"${call.target}","url":"https://api.example.com:8443${call.target}","size":${400 + (call.random & 255)},"querystring":{},"headers":{"host":"api.example.com","user-agent":"${caller.agent}","accept":"application/json","accept-encoding":"gzip, deflate","x-consumer-username":"${caller.consumer}","connection":"keep-alive"},"tls":{"version":"TLSv1.3","cipher":"TLS_AES_256_GCM_SHA384","client_verify":"NONE"}},"upstream_uri":"${call.target}","response":{"status":${call.status},"size":${call.bytes},"headers":{"content-type":"application/json; charset=utf-8","connection":"close","x-kong-upstream-latency":"${milliseconds - own}","x-kong-proxy-latency":"${own}","via":"kong/3.6.1"}},"tries":[{"balancer_latency":0,"port":8080,"balancer_start":${call.time},"ip":"${service.upstream.slice(0, -5)}"}],"latencies":{"request":${milliseconds},"kong":${own},"proxy":${milliseconds - own}},"client_ip":"${caller.address}","consumer":{"id":"${caller.consumerId}","username":"${caller.consumer}","created_at":1699355012,"tags":[]},"authenticated_entity":{"id":"${caller.consumerId}"},"route":{"id":"${service.id}","name":"${template.route}","hosts":null,"methods":["GET","POST","PUT","DELETE"],"paths":["/${service.name}"],"protocols":["https"],"strip_path":false,"preserve_host":false,"service":{"id":"${service.id}"}},"service":{"id":"${service.id}","name":"${service.name}","host":"${service.host}","port":8080,"protocol":"http","retries":5,"connect_timeout":60000,"read_timeout":60000,"write_timeout":60000},"started_at":${call.time},"workspace":"b7a1c5d0-7f7b-4f6e-9a42-bb4d1b0a3c11"}`;
}

const istio = (call) =>
  `{"authority":"${call.template.service.host}","bytes_received":${call.random & 1023},"bytes_sent":${call.bytes},"connection_termination_details":null,"downstream_local_address":"10.20.0.1:8080","downstream_remote_address":"${call.caller.address}:${call.port}","duration":${call.milliseconds},"method":"${call.template.method}","path":"${call.target}","protocol":"HTTP/1.1","request_id":"${call.requestId()}","requested_server_name":null,"response_code":${call.status},"response_code_details":"via_upstream","response_flags":"-","route_name":"default","start_time":"${iso(call.time)}","upstream_cluster":"outbound|8080||${call.template.service.host}","upstream_host":"${call.template.service.upstream}","upstream_local_address":"10.20.0.1:41234","upstream_service_time":"${call.milliseconds}","upstream_transport_failure_reason":null,"user_agent":"${call.caller.agent}","x_forwarded_for":"${call.caller.address}"}`;

const caddy = (call) =>
  `{"level":"info","ts":${Math.floor(call.time / 1000)}.${thousandths[call.time % 1000]},"logger":"http.log.access","msg":"handled request","request":{"remote_ip":"${call.caller.address}","remote_port":"${call.port}","client_ip":"${call.caller.address}","proto":"HTTP/2.0","method":"${call.template.method}","host":"${call.template.service.host}","uri":"${call.target}","headers":{"User-Agent":["${call.caller.agent}"],"Accept":["*/*"]},"tls":{"resumed":false,"version":772,"cipher_suite":4865,"proto":"h2","server_name":"${call.template.service.host}"}},"bytes_read":0,"user_id":"${call.caller.consumer}","duration":${seconds(call.milliseconds)},"size":${call.bytes},"status":${call.status},"resp_headers":{"Server":["Caddy"],"Content-Type":["application/json"]}}`;

const traefikJson = (call) =>
  `{"ClientAddr":"${call.caller.address}:${call.port}","ClientHost":"${call.caller.address}","ClientPort":"${call.port}","ClientUsername":"${call.caller.consumer}","DownstreamContentSize":${call.bytes},"DownstreamStatus":${call.status},"Duration":${call.milliseconds * 1e6},"OriginContentSize":${call.bytes},"OriginDuration":${call.milliseconds * 1e6},"OriginStatus":${call.status},"Overhead":41210,"RequestAddr":"${call.template.service.host}","RequestContentSize":0,"RequestCount":${call.random & 0xffff},"RequestHost":"${call.template.service.host}","RequestMethod":"${call.template.method}","RequestPath":"${call.target}","RequestPort":"-","RequestProtocol":"HTTP/1.1","RequestScheme":"https","RetryAttempts":0,"RouterName":"${call.template.service.name}@docker","ServiceAddr":"${call.template.service.upstream}","ServiceName":"${call.template.service.name}@docker","ServiceURL":"http://${call.template.service.upstream}","StartLocal":"${iso(call.time)}","StartUTC":"${iso(call.time)}","entryPointName":"websecure","level":"info","msg":"","request_User-Agent":"${call.caller.agent}","time":"${isoSecond(call.time)}Z"}`;

const tls = 'ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2';
const alb = (call) => {
  const { service } = call.template;
  const written = iso(call.time).replace('Z', '000Z');
  return `https ${written} app/api/50dc6c495c0c9188 ${call.caller.address}:${call.port} ${service.upstream} 0.000 ${seconds(call.milliseconds)} 0.000 ${call.status} ${call.status} ${300 + (call.random & 255)} ${call.bytes} "${call.template.method} https://${service.host}:443${call.target} HTTP/1.1" "${call.caller.agent}" ${tls} arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/${service.name}/73e2d6bc24d8a067 "Root=1-58337262-36d228ad5d99923122bbe354" "${service.host}" "arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012" 0 ${written} "forward" "-" "-" "${service.upstream}" "${call.status}" "-" "-"`;
};

const consumer = ({ consumer: name }) => name;
const address = ({ address: text }) => text;
const serviceName = ({ name }) => name;
const serviceHost = ({ host }) => host;
const serviceAddress = ({ upstream }) => upstream;
const nobody = () => '';

/**
 * Format → how to write a line, the lines that open a file, whom a line names as caller and as
 * callee (a service; empty where there is only the path), and the step of its times in milliseconds.
 */
export const lineFormats = {
  /** log_format of nginx: combined, with the consumer as user, then $proxy_host and $request_time. */
  nginx: {
    line: (call) =>
      `${combined(call, call.caller.consumer)} ${call.template.service.name} ${seconds(call.milliseconds)}`,
    caller: consumer,
    callee: serviceName,
    precision: 1000,
  },
  combined: {
    line: (call) => combined(call, '-'),
    caller: address,
    callee: nobody,
    precision: 1000,
  },
  'vhost-combined': {
    line: (call) => `${call.template.service.host}:443 ${combined(call, call.caller.consumer)}`,
    caller: consumer,
    callee: serviceHost,
    precision: 1000,
  },
  'ingress-nginx': {
    line: (call) =>
      `${combined(call, call.caller.consumer)} ${300 + (call.random & 255)} ${seconds(call.milliseconds)} [prod-${call.template.service.name}-8080] [] ${call.template.service.upstream} ${call.bytes} ${seconds(call.milliseconds)} ${call.status} ${call.requestId().replaceAll('-', '')}`,
    caller: consumer,
    callee: serviceName,
    precision: 1000,
  },
  envoy: {
    line: (call) =>
      `[${iso(call.time)}] "${request(call)}" ${call.status} - ${call.random & 1023} ${call.bytes} ${call.milliseconds} ${call.milliseconds} "${call.caller.address}" "${call.caller.agent}" "${call.requestId()}" "${call.template.service.host}" "${call.template.service.upstream}"`,
    caller: address,
    callee: serviceAddress,
    precision: 1,
  },
  istio: { line: istio, caller: address, callee: serviceHost, precision: 1 },
  kong: { line: kong, caller: consumer, callee: serviceName, precision: 1 },
  caddy: { line: caddy, caller: consumer, callee: serviceHost, precision: 1 },
  'traefik-json': { line: traefikJson, caller: consumer, callee: serviceName, precision: 1 },
  traefik: {
    line: (call) =>
      `${combined(call, call.caller.consumer)} ${call.random & 0xffff} "${call.template.service.name}@docker" "http://${call.template.service.upstream}" ${call.milliseconds}ms`,
    caller: consumer,
    callee: serviceName,
    precision: 1000,
  },
  haproxy: {
    line: (call) =>
      `${syslogSecond(call.time)} lb1 haproxy[14389]: ${call.caller.address}:${call.port} [${common(call.time)}.${thousandths[call.time % 1000]}] https~ ${call.template.service.name}/srv${1 + (call.random & 1)} 0/0/1/${Math.max(0, call.milliseconds - 1)}/${call.milliseconds} ${call.status} ${call.bytes} - - ---- 12/11/3/2/0 0/0 "${request(call)}"`,
    caller: address,
    callee: serviceName,
    precision: 1,
  },
  'aws-alb': { line: alb, caller: address, callee: serviceName, precision: 1 },
  cloudfront: {
    head: '#Version: 1.0\n#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken\n',
    line: (call) =>
      `${tabbedSecond(call.time)}\tFRA6-C1\t${call.bytes}\t${call.caller.address}\t${call.template.method}\td111111abcdef8.cloudfront.net\t${call.path}\t${call.status}\t-\t${withoutBlanks(call.caller.agent, '%20')}\t${call.query.slice(1) || '-'}\t-\tMiss\tSOX4xwn4XV6Q4rgb7XiVGOHms_BGlTAC4KyHmureZmBNrjGdRLiNIQ==\t${call.template.service.host}\thttps\t${300 + (call.random & 255)}\t${seconds(call.milliseconds)}`,
    caller: address,
    callee: serviceHost,
    precision: 1000,
  },
  iis: {
    head: '#Software: Microsoft Internet Information Services 10.0\n#Version: 1.0\n#Date: 2026-01-05 06:00:00\n#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) cs-host sc-status sc-substatus sc-win32-status sc-bytes time-taken\n',
    line: (call) =>
      `${spacedSecond(call.time)} 10.20.0.1 ${call.template.method} ${call.path} ${call.query.slice(1) || '-'} 443 ${call.caller.consumer} ${call.caller.address} ${withoutBlanks(call.caller.agent, '+')} - ${call.template.service.host} ${call.status} 0 0 ${call.bytes} ${call.milliseconds}`,
    caller: consumer,
    callee: serviceHost,
    precision: 1000,
  },
};
