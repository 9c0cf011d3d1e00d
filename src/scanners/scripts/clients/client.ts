import type { Style } from '../../../vocabulary.ts';
import type { Flow } from '../facts.ts';

/**
 * A use of an open connection. Paths name an argument: `0`, `0.host` inside an object, `host` of a
 * keyword, `<0>` a type argument. The first path that holds a text counts.
 */
export interface Operation {
  /**
   * `sql`: the statement says it. `method`: the HTTP method in `method` says it. `chain`: an earlier
   * call in the chain is named like the method, as in `client.get().uri(…)`. `none`: it only sets
   * things up.
   */
  readonly flow: Flow | 'sql' | 'method' | 'chain' | 'none';
  readonly address?: readonly string[];
  readonly method?: readonly string[];
  /** With `flow: 'none'`: what later uses in the same chain exchange, as `client.bucket('x')` says. The same goes for `statement`. */
  readonly resource?: readonly string[];
  readonly statement?: readonly string[];
  readonly localFile?: readonly string[];
  readonly port?: readonly string[];
}

/**
 * A client library's entry point, by the calls that open or make the connection:
 * `module.function`, `package.Type` (made by `new`, a factory, or declared and injected),
 * `@package.Annotation`, or `#method` for a method of that name on any receiver that is no other
 * client's. Add an entry to teach the scanner a library; no other file changes.
 */
export interface ClientEntry extends Operation {
  readonly calls: readonly string[];
  /** Absent: the scheme of the address says it. */
  readonly protocol?: string;
  readonly style: Style;
  /** Where an argument names the database's driver, `sql.Open("postgres", …)`; `protocol` is `database`. */
  readonly driver?: readonly string[];
  /** The call reads local files too: only an argument with a scheme is an address. */
  readonly needsScheme?: boolean;
  /** It takes the address of a connection handed to it: `sftp.NewClient(sshConnection)`. */
  readonly isMadeFrom?: boolean;
  /** What the address is where the call names none; may hold holes, e.g. `{env:spring.rabbitmq.host}`. */
  readonly addressDefault?: string;
  /**
   * Methods of what the call returns, and of everything made from it. `Name=` is an assignment to
   * a property: `client.BaseAddress = …`.
   */
  readonly operations?: Readonly<Record<string, Operation>>;
}
