import { nameDomain, tellDomains } from '../domain-words.ts';
import { clip, formatCount, formatPercent, plural } from '../wording.ts';
import type { Context } from './context.ts';

interface Cell {
  readonly text: string;
  readonly title: string;
  /** 0 for none to 4 for the most, for the shade. */
  readonly level: number;
  readonly isOwn: boolean;
}

/** Links within and between domains; without a title where there are fewer than two. */
export interface DomainMatrixView {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly name: string;
    readonly systems: string;
    readonly saturation: string;
    readonly formula: string;
    readonly cells: readonly Cell[];
  }[];
  readonly leftOut: string;
}

const mostDomains = 12;
const levels = 4;

/** Lays out the domains as a matrix: the row sends, the column receives. */
export function layOutDomains({ audit }: Context): DomainMatrixView {
  const { domains } = audit.analysis.coupling;
  const shown = domains.within.slice(0, mostDomains);
  const flows = new Map(domains.flows.map((flow) => [toKey(flow.from, flow.to), flow]));
  const most = Math.max(1, ...domains.flows.map(({ links }) => links));
  return {
    title: tellDomains(domains),
    columns: shown.map(({ domain }) => clip(nameDomain(domain), 24)),
    rows: shown.map((own) => ({
      name: nameDomain(own.domain),
      systems: formatCount(own.systems),
      saturation:
        own.potentialConnections === 0 || audit.scope === 'member'
          ? ''
          : formatPercent(own.saturation),
      formula: `${formatCount(own.connectedPairs)} of ${plural(own.potentialConnections, 'pair')} within`,
      cells: shown.map(({ domain }): Cell => {
        const flow = flows.get(toKey(own.domain, domain));
        return {
          text: flow ? formatCount(flow.links) : '',
          title: flow
            ? `${nameDomain(own.domain)} → ${nameDomain(domain)}: ${plural(flow.links, 'link')}, ${formatCount(flow.pointToPointLinks)} point-to-point, between ${plural(flow.connectedPairs, 'pair')} of systems`
            : '',
          level: flow ? Math.max(1, Math.ceil((levels * flow.links) / most)) : 0,
          isOwn: own.domain === domain,
        };
      }),
    })),
    leftOut:
      domains.within.length > shown.length
        ? `The ${formatCount(shown.length)} largest, and ${formatCount(domains.within.length - shown.length)} more.`
        : '',
  };
}

function toKey(from: string | null, to: string | null): string {
  return JSON.stringify([from, to]);
}
