import { flowOfSql, tableOfSql } from '../facts.ts';
import { loaderText } from './files.ts';
import { type Client, isLocal, schemeOf, type Use } from './use.ts';

/** Programs that only print, compare or store what they are given. */
const harmless =
  /^(?:echo|printf|logger|log\w*|test|\[{1,2}|true|false|:|cat|tee|grep|egrep|sed|awk|cut|tr|export|read|exit|return|cd|mkdir|rm|ls|xdg-open|open|die|warn|info|debug|error|usage|fail|git|docker|podman|apt|apt-get|yum|dnf|add-apt-repository|tput|set|unset|help)$/;

const addressOption =
  /^--?(?:[\w.-]{0,40}[._-])?(?:url|uri|endpoint|server|host|address|broker|brokers|base-url|remote|target)s?$/i;

/**
 * A program that is no known client: an option that is named like an address and holds one, as
 * `report-tool --url https://host` does; or a variable of another script that runs SQL.
 */
export const readUnknownProgram: Client = (argument, command) => {
  const program = command.words[0]?.text ?? '';
  const name = program.slice(program.lastIndexOf('/') + 1);
  if (harmless.test(name)) return [];
  const template = /^\{[A-Za-z_]\w*(?:~\d+)?\}$/.test(program)
    ? readTemplate(argument, command)
    : [];
  if (template.length > 0) return template;
  return argument.words.flatMap(({ text }, index): Use[] => {
    const before = argument.words[index - 1]?.text ?? '';
    if (/^-/.test(before) && /^\{\w{0,60}(?:URL|URI|ENDPOINT)(?:~\d+)?\}$/i.test(text))
      return [{ address: text, flow: 'unknown', style: 'request-reply', confidence: 0.4 }];
    const [, option = text, inline] = /^(--?[\w.-]{1,60})=(.+)$/s.exec(text) ?? [];
    if (!addressOption.test(option)) return [];
    const address = inline ?? argument.words[index + 1]?.text ?? '';
    const isDatabase = /^jdbc:[a-z0-9]+:\/\//i.test(address);
    const scheme = schemeOf(address.replace(/^jdbc:/i, ''));
    if (scheme === undefined || /^(?:file|data)$/.test(scheme)) return [];
    if (isLocal(/^[^/]+\/\/(?:[^@/]*@)?([^/]+)/.exec(address)?.[1])) return [];
    return [
      {
        address,
        flow: 'unknown',
        protocol: scheme,
        style: isDatabase ? 'database' : 'request-reply',
        confidence: 0.5,
      },
    ];
  });
};

/** `$psql_admin -c "insert into t …"`: another script says which client the variable is. */
const readTemplate: Client = (argument, command) => {
  const address = command.words[0]?.text ?? '';
  const statement =
    argument.value('-c', '--command', '-e', '--execute', '-Q') ?? command.input ?? '';
  const flow = statement === loaderText ? 'push' : flowOfSql(statement);
  if (flow === 'unknown') return [];
  return [
    {
      address,
      flow,
      protocol: statement === loaderText ? 'postgresql' : 'database',
      style: 'database',
      resource: tableOfSql(statement),
    },
  ];
};
