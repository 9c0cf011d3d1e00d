import type { Audit } from '../../audit.ts';
import { answerContracts } from '../groups/contracts.ts';
import { answerDuplicates } from '../groups/duplicates.ts';
import { type HubWords, tellHub } from '../hub-words.ts';
import { toScheduleFacts } from '../schedules/facts.ts';
import { listNames } from '../wording.ts';
import { type Action, chooseActions } from './actions.ts';
import { type Context, toContext } from './context.ts';
import { type CoverageView, listCoverage } from './coverage.ts';
import { type DomainMatrixView, layOutDomains } from './domain-matrix.ts';
import { type ExploreView, tellExplorer } from './explore/tell-explorer.ts';
import { tellFacts } from './facts/tell-facts.ts';
import { type FindingsView, listFindings } from './findings.ts';
import { type AnswerView, toAnswerView } from './groups.ts';
import { drawGrowth, type GrowthView } from './growth.ts';
import { type Headline, writeHeadline } from './headline.ts';
import { type HotspotsView, listHotspots } from './hotspots.ts';
import { type ImpactView, tellReach } from './impact.ts';
import { type InventoryView, listInventory } from './inventory.ts';
import { type LinksView, listLinks } from './links.ts';
import { drawMap, type MapView } from './map.ts';
import { listOwnership, type OwnershipView } from './ownership.ts';
import { type PlanView, tellPlan } from './plan.ts';
import { revealHidden } from './reveal-hidden.ts';
import { type SchedulesView, tellSchedules } from './schedules.ts';
import { findSpots } from './spots.ts';
import { drawStructure, type StructureView } from './structure.ts';
import { type TrafficView, tellTraffic } from './traffic.ts';
import { drawTriangle, type TriangleView } from './triangle.ts';
import { drawUpset, type UpsetView } from './upset.ts';

/** Everything that the report's templates write, in the order of the page. */
export interface ReportView {
  readonly name: string;
  readonly asOf: string;
  readonly today: string;
  readonly headline: Headline;
  readonly actions: readonly Action[];
  readonly map: MapView;
  readonly mermaid: string;
  readonly explore: ExploreView;
  /** What the page's script reckons with, as JSON that is safe inside a script block. */
  readonly facts: string;
  readonly triangle: TriangleView;
  readonly growth: GrowthView;
  readonly domains: DomainMatrixView;
  readonly upset: UpsetView;
  readonly links: LinksView;
  readonly traffic: TrafficView;
  readonly findings: FindingsView;
  readonly schedules: SchedulesView;
  readonly hotspots: HotspotsView;
  readonly structure: StructureView;
  readonly impact: ImpactView;
  readonly ownership: OwnershipView;
  readonly duplicates: AnswerView;
  readonly contracts: AnswerView;
  readonly inventory: InventoryView;
  readonly hub: HubWords;
  readonly plan: PlanView;
  readonly coverage: CoverageView;
  readonly figures: { readonly propagation: number; readonly cycles: readonly string[] };
}

const mostCycles = 5;
const mostInCycle = 20;

/** Who sees a part cannot tell what suits the whole. */
const hubOfPart: HubWords = {
  title: 'Whether a hub pays is weighed over the whole landscape, of which this audit sees a part',
  breakEven: '',
  columns: [],
  rows: [],
  formula: '',
};

/** Turns an audit into what the templates write. */
export function toView(audit: Audit, mermaid: string): ReportView {
  const context: Context = toContext(revealHidden(audit));
  const { coupling } = context.audit.analysis;
  return {
    name: context.audit.name,
    asOf: context.audit.asOf,
    today: context.audit.today,
    headline: writeHeadline(context),
    actions: chooseActions(context),
    map: drawMap(context, findSpots(context)),
    mermaid,
    explore: tellExplorer(context),
    facts: tellFacts(context),
    triangle: drawTriangle(context),
    growth: drawGrowth(context),
    domains: layOutDomains(context),
    upset: drawUpset(context),
    links: listLinks(context),
    traffic: tellTraffic(context),
    findings: listFindings(context),
    schedules: tellSchedules(context, toScheduleFacts(context.audit)),
    hotspots: listHotspots(context),
    structure: drawStructure(context),
    impact: tellReach(context),
    ownership: listOwnership(context),
    duplicates: toAnswerView(answerDuplicates(context.audit, context.nameOf), context),
    contracts: toAnswerView(answerContracts(context.audit, context.nameOf), context),
    inventory: listInventory(context),
    hub: context.audit.scope === 'whole' ? tellHub(context.audit.analysis.hub) : hubOfPart,
    plan: tellPlan(context),
    coverage: listCoverage(context),
    figures: {
      propagation: Math.round(coupling.propagationCost * 100),
      cycles: coupling.cyclicGroups
        .slice(0, mostCycles)
        .map((group) => listNames(group.map(context.nameOf), mostInCycle)),
    },
  };
}
