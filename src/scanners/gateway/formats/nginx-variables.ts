import { headerOf } from './headers.ts';
import { lookUp, type Variable, type Variables } from './variable.ts';

/** Variables of nginx, of ingress-nginx, and names that configurations commonly give their own. */
const variables: Variables = {
  remote_addr: { role: 'address', rank: 3 },
  proxy_protocol_addr: { role: 'address', rank: 4 },
  proxy_add_x_forwarded_for: { role: 'address', rank: 6, list: true },
  the_real_ip: { role: 'address', rank: 5 },
  realip_remote_addr: { role: 'address', rank: 0 },
  remote_port: { part: 'port' },
  proxy_protocol_port: { part: 'port' },
  realip_remote_port: { part: 'port' },
  remote_user: { role: 'user', rank: 3 },
  jwt_claim_azp: { role: 'consumer', rank: 6 },
  jwt_claim_client_id: { role: 'consumer', rank: 6 },
  jwt_claim_sub: { role: 'consumer', rank: 3 },
  arg_apikey: { role: 'api-key', rank: 1 },
  arg_api_key: { role: 'api-key', rank: 1 },
  ssl_client_s_dn: { role: 'certificate', rank: 5 },
  ssl_client_s_dn_legacy: { role: 'certificate', rank: 3 },
  ssl_client_fingerprint: { role: 'certificate', rank: 1 },
  service_name: { role: 'service', rank: 5 },
  ingress_name: { role: 'route', rank: 5 },
  proxy_upstream_name: { role: 'upstream', rank: 6 },
  upstream_name: { role: 'upstream', rank: 6 },
  backend: { role: 'upstream', rank: 5 },
  backend_name: { role: 'upstream', rank: 5 },
  upstream: { role: 'upstream', rank: 5 },
  server: { role: 'upstream', rank: 5 },
  proxy_host: { role: 'upstream', rank: 4 },
  upstream_addr: { role: 'upstream', rank: 3, list: true },
  proxy_port: { part: 'port' },
  host: { role: 'host', rank: 4 },
  server_name: { role: 'host', rank: 2 },
  ssl_server_name: { role: 'host', rank: 2 },
  ssl_preread_server_name: { role: 'host', rank: 2 },
  server_port: { part: 'port' },
  scheme: { part: 'scheme' },
  pass_access_scheme: { part: 'scheme' },
  request: { role: 'request' },
  request_method: { role: 'method' },
  request_uri: { role: 'path', rank: 5 },
  uri: { role: 'path', rank: 3 },
  document_uri: { role: 'path', rank: 3 },
  is_args: { part: 'query' },
  args: { part: 'query' },
  query_string: { part: 'query' },
  status: { role: 'status', rank: 5 },
  upstream_status: { role: 'status', rank: 1, list: true },
  body_bytes_sent: { role: 'bytes', rank: 5 },
  bytes_sent: { role: 'bytes', rank: 4 },
  upstream_response_length: { role: 'bytes', rank: 1, list: true },
  request_time: { role: 'duration', unit: 's', rank: 5 },
  session_time: { role: 'duration', unit: 's', rank: 5 },
  upstream_response_time: { role: 'duration', unit: 's', rank: 3, list: true },
  upstream_session_time: { role: 'duration', unit: 's', rank: 3, list: true },
  upstream_header_time: { role: 'duration', unit: 's', rank: 1, list: true },
  msec: { role: 'time', rank: 6 },
  time_iso8601: { role: 'time', rank: 5 },
  time_local: { role: 'time', rank: 5 },
  req_id: { role: 'request-id', rank: 4 },
  request_id: { role: 'request-id', rank: 4 },
};

/** Values of several upstreams stand in one field, with blanks between them. */
const lists = /^(?:upstream_|proxy_add_x_forwarded_for$|http_x_forwarded_for$)/;

/** What a variable of nginx says, by its name without the dollar sign. */
export function nginxVariable(name: string): Variable {
  const header = /^(?:http|upstream_http|sent_http)_(.+)$/.exec(name)?.[1];
  const variable = header ? headerOf(header.replaceAll('_', '-')) : lookUp(variables, name);
  // Only request headers say who called; of the answer's headers, the id of the request is known.
  if (header && !name.startsWith('http_') && variable.role !== 'request-id') return {};
  return lists.test(name) ? { ...variable, list: true } : variable;
}
