import type { Role } from '../log-format.ts';
import { slotOf } from '../walker/slots.ts';
import { isFilled } from './read-values.ts';

/** Where the method, path and host of a call lie in the bytes of its line; set by `read`. */
export class RequestTarget {
  /** -1 where the line has none. */
  method = -1;
  path = 0;
  /** The path ends here, or at a blank before. */
  pathEnd = 0;
  host = 0;
  hostEnd = 0;
  /** Whether the format has paths at all; connections of TCP proxies have none. */
  readonly hasPath: boolean;

  readonly #request: number;
  readonly #method: number;
  readonly #path: number;
  readonly #host: number;

  constructor(roles: ReadonlySet<Role>) {
    const slot = (role: Role): number => (roles.has(role) ? 2 * slotOf[role] : -1);
    this.#request = slot('request');
    this.#method = slot('method');
    this.#path = slot('path');
    this.#host = slot('host');
    this.hasPath = this.#request >= 0 || this.#path >= 0;
  }

  /** Whether the line asked for something: not so a TLS greeting, `CONNECT host:443` or `OPTIONS *`. */
  read(bytes: Uint8Array, slots: Int32Array): boolean {
    this.host = this.#host < 0 ? 0 : (slots[this.#host] as number);
    this.hostEnd = this.#host < 0 ? 0 : (slots[this.#host + 1] as number);
    if (!this.hasPath) return true;
    if (this.#request >= 0) this.#readRequest(bytes, slots);
    else {
      this.path = slots[this.#path] as number;
      this.pathEnd = slots[this.#path + 1] as number;
      this.method = this.#readMethod(slots);
    }
    if (this.path < this.pathEnd && bytes[this.path] === 47) return true;
    return this.#readUrl(bytes);
  }

  #readMethod(slots: Int32Array): number {
    if (this.#method < 0) return -1;
    const from = slots[this.#method] as number;
    return from < (slots[this.#method + 1] as number) ? from : -1;
  }

  #readRequest(bytes: Uint8Array, slots: Int32Array): void {
    const end = slots[this.#request + 1] as number;
    let at = slots[this.#request] as number;
    this.method = at;
    while (at < end && bytes[at] !== 32) at++;
    at++;
    this.path = at;
    // The protocol behind it is cut off by whoever reads the path: a blank ends it.
    this.pathEnd = end;
  }

  /** A whole URL, as a forward proxy and some load balancers write it. */
  #readUrl(bytes: Uint8Array): boolean {
    let at = this.path;
    const scheme = Math.min(this.pathEnd, at + 12);
    while (at < scheme && bytes[at] !== 58) at++;
    if (at >= scheme || bytes[at + 1] !== 47 || bytes[at + 2] !== 47) return false;
    const authority = at + 3;
    at = authority;
    while (at < this.pathEnd && bytes[at] !== 47 && bytes[at] !== 63 && bytes[at] !== 32) at++;
    if (!isFilled(bytes, this.host, this.hostEnd)) {
      this.host = authority;
      this.hostEnd = at;
    }
    this.path = at;
    return true;
  }
}
