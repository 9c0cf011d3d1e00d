import { endOf, fromOf, hasRole, host, method, path, request } from './roles.ts';
import { isFilled } from './values.ts';

// Where the method, path and host of a call lie in its line; set by `readTarget`.
/** 0 where the line has none. */
export let methodAt: usize = 0;
export let pathAt: usize = 0;
/** The path ends here, or at a blank before. */
export let pathEnd: usize = 0;
export let hostAt: usize = 0;
export let hostEnd: usize = 0;

/** Whether the format has paths at all; connections of TCP proxies have none. */
export function hasPath(): bool {
  return hasRole(request) || hasRole(path);
}

/** Whether the line asked for something: not so a TLS greeting, `CONNECT host:443` or `OPTIONS *`. */
export function readTarget(): bool {
  hostAt = fromOf(host);
  hostEnd = endOf(host);
  methodAt = 0;
  if (hasRole(request)) readRequest();
  else if (hasRole(path)) {
    pathAt = fromOf(path);
    pathEnd = endOf(path);
    if (fromOf(method) < endOf(method)) methodAt = fromOf(method);
  } else {
    pathAt = 0;
    pathEnd = 0;
    return true;
  }
  return (pathAt < pathEnd && load<u8>(pathAt) == 47) || readUrl();
}

function readRequest(): void {
  const from = fromOf(request);
  const end = endOf(request);
  const blanks = i8x16.bitmask(i8x16.eq(v128.load(from), i8x16.splat(32)));
  let at = from;
  if (blanks != 0) at = min(end, from + ctz(blanks));
  else while (at < end && load<u8>(at) != 32) at++;
  methodAt = from;
  pathAt = at + 1;
  // The protocol behind it is cut off by whoever reads the path: a blank ends it.
  pathEnd = end;
}

/** A whole URL, as a forward proxy and some load balancers write it. */
function readUrl(): bool {
  let at = pathAt;
  const scheme = min(pathEnd, at + 12);
  while (at < scheme && load<u8>(at) != 58) at++;
  if (at >= scheme || load<u8>(at, 1) != 47 || load<u8>(at, 2) != 47) return false;
  const authority = at + 3;
  at = authority;
  while (at < pathEnd && !endsAuthority(load<u8>(at))) at++;
  if (!isFilled(hostAt, hostEnd)) {
    hostAt = authority;
    hostEnd = at;
  }
  pathAt = at;
  return true;
}

/** `/`, `?` or a blank. */
function endsAuthority(byte: u32): bool {
  return byte == 47 || byte == 63 || byte == 32;
}
