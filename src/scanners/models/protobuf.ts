import { toHost } from './contracts.ts';
import type { ModelHost, ModelReader } from './model.ts';

const longest = 5_000_000;
const mostHosts = 2_000;
const comments =
  /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"\\\n]|\\.){0,1000}"|'(?:[^'\\\n]|\\.){0,1000}'/g;
/** A service, or the host that it says it answers on. */
const statement =
  /\bservice\s{1,20}([A-Za-z_]\w{0,200})\s{0,20}\{|\boption\s{1,20}\(\s{0,20}google\.api\.default_host\s{0,20}\)\s{0,20}=\s{0,20}["']([^"'\n]{1,253})["']/g;

/**
 * Reads interfaces of gRPC. They say what is offered, seldom by whom: where a service names the host
 * that it answers on, as `google.api.default_host` does, that host is the system of its name.
 */
export const protobufReader: ModelReader = {
  name: 'gRPC',
  matches: (file, text) =>
    /\.proto$/i.test(file) &&
    /^\s{0,100}(?:syntax|edition|message|service|package|import)\b/m.test(text),
  read(text) {
    const code = blankComments(text.slice(0, longest));
    const hosts: ModelHost[] = [];
    let services = 0;
    let current: string | undefined;
    let [line, counted] = [1, 0];
    for (const { 1: name, 2: host, index } of code.matchAll(statement)) {
      if (name !== undefined) {
        services++;
        current = plainName(name);
      } else if (current !== undefined && host !== undefined && hosts.length < mostHosts) {
        line += code.slice(counted, index).split('\n').length - 1;
        counted = index;
        const column = index - code.lastIndexOf('\n', index);
        hosts.push(...toHost(host, current, { line, column }));
      }
    }
    const leftOut: Record<string, number> =
      services === 0
        ? { 'messages without a service': 1 }
        : { 'contract of an interface': services };
    return { elements: [], relations: [], hosts, leftOut };
  },
};

/** `OrderService` is offered by what others call "Order". */
function plainName(name: string): string {
  return name.replace(/(?<=.)(?:API|Api|Service|ServiceV\d|V\d)$/, '');
}

/** The text without its comments, every sign where it was. */
function blankComments(text: string): string {
  return text.replace(comments, (part) =>
    part.startsWith('/') ? part.replace(/[^\n]/g, ' ') : part,
  );
}
