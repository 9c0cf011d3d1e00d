import { toHost } from './contracts.ts';
import type { ModelElement, ModelHost, ModelReader } from './model.ts';

const longest = 5_000_000;
const mostGraphs = 2_000;
const comments = /"""[\s\S]*?(?:"""|$)|"(?:[^"\\\n]|\\.){0,1000}"|#[^\n]*/g;
/** What a composed schema says of each of its graphs: `ORDERS @join__graph(name: "orders", url: "…")`. */
const graph = /@join__graph\s{0,20}\(([^)]{1,2000})\)/g;

/**
 * Reads schemas of GraphQL. A schema says what is offered, and neither by whom nor where; only the one
 * that a federation composes names the services behind it and where they answer.
 */
export const graphqlReader: ModelReader = {
  name: 'GraphQL',
  matches: (file, text) =>
    /\.(?:graphql|graphqls|gql)$/i.test(file) &&
    /^\s{0,100}(?:type|schema|extend|input|interface|scalar|enum|union|directive|query|mutation|fragment)\b/m.test(
      text,
    ),
  read(text) {
    const code = blankComments(text.slice(0, longest));
    const elements: ModelElement[] = [];
    const hosts: ModelHost[] = [];
    let line = 1;
    let counted = 0;
    for (const match of [...code.matchAll(graph)].slice(0, mostGraphs)) {
      const name = /\bname\s{0,20}:\s{0,20}"([^"\n]{1,200})"/.exec(match[1] ?? '')?.[1];
      const url = /\burl\s{0,20}:\s{0,20}"([^"\n]{1,1000})"/.exec(match[1] ?? '')?.[1];
      if (name === undefined) continue;
      line += code.slice(counted, match.index).split('\n').length - 1;
      counted = match.index;
      const place = { line, column: match.index - code.lastIndexOf('\n', match.index) };
      elements.push({ id: name, name, rank: 'system', key: name, ...place });
      if (url !== undefined && url !== '') hosts.push(...toHost(url, name, place));
    }
    return { elements, relations: [], hosts, leftOut: { 'contract of an interface': 1 } };
  },
};

/** The text without its comments and descriptions, every sign where it was; strings stay. */
function blankComments(text: string): string {
  return text.replace(comments, (part) =>
    part.startsWith('#') || part.startsWith('"""') ? part.replace(/[^\n]/g, ' ') : part,
  );
}
