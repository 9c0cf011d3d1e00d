import type { Judged } from '../../audit.ts';
import type { ReportText } from '../index.ts';
import { renderArchimate } from './archimate.ts';
import { renderBackstage } from './backstage.ts';
import { renderDot } from './dot.ts';
import { renderGexf } from './gexf.ts';
import { renderGraphml } from './graphml.ts';
import { renderLinksCsv, renderSystemsCsv } from './inventory-csv.ts';
import { renderJsonGraph } from './json-graph.ts';
import { renderLikec4 } from './likec4.ts';
import { renderStructurizr } from './structurizr.ts';

type Render = (audit: Judged) => ReportText;

/** A format of other tools: one text, or several files in a folder, by name. */
export type ExchangeFormat = Render | Readonly<Record<string, Render>>;

/** Format → how it is written. The names are what `landscape export --format` takes. */
export const exchangeFormats: Readonly<Record<string, ExchangeFormat>> = {
  csv: { 'systems.csv': renderSystemsCsv, 'links.csv': renderLinksCsv },
  graphml: renderGraphml,
  gexf: renderGexf,
  dot: renderDot,
  jgf: renderJsonGraph,
  structurizr: renderStructurizr,
  likec4: renderLikec4,
  archimate: renderArchimate,
  backstage: renderBackstage,
};
