import type { Place } from '../../errors.ts';
import type { Reference } from '../../evidence.ts';
import type { Schedule } from '../../schedule.ts';
import type { Safeguard, Style, SystemKind } from '../../vocabulary.ts';
import type { Tree } from '../scripts/settings/documents.ts';
import type { XmlTree } from '../xml-tree.ts';

/** A file of a platform, and what it says; each form is made when it is first asked for. */
export interface PlatformFile {
  readonly file: string;
  readonly text: string;
  /** The documents of a YAML or JSON file; none where it is broken. */
  trees(): readonly Tree[];
  xml(): XmlTree;
}

/** Where a flow takes data from, or where it brings it. */
export interface FlowEnd {
  readonly reference: Reference;
  readonly place: Place;
  readonly protocol?: string;
  readonly style?: Style;
  /** The topic, table or path there. */
  readonly resource?: string;
  readonly objects?: readonly string[];
  /** It calls the platform; otherwise the platform opens the connection. */
  readonly opens?: true;
}

/** What a platform is set up to move: data goes from one end through the platform to the other. */
export interface PlatformFlow {
  /** Unlike that of any other flow of the file. */
  readonly name: string;
  readonly place: Place;
  readonly schedules?: readonly Schedule[];
  /** One end is missing where the export does not name it. */
  readonly passes: readonly { readonly from?: FlowEnd; readonly to?: FlowEnd }[];
  readonly safeguards?: readonly {
    readonly safeguard: Safeguard;
    readonly place: Place;
    readonly summary: string;
  }[];
}

/** Whoever may send or take messages by a topic of the broker itself. */
export interface ClientUse {
  readonly client: Reference;
  readonly does: 'publish' | 'consume';
  readonly topic: string;
  readonly protocol: string;
  readonly place: Place;
  /** 1 where the file says that it does; lower where it only may. */
  readonly confidence: number;
}

/** Calls that reach a gateway at some paths are led to a service. */
export interface PlatformRoute {
  readonly name: string;
  /** What paths begin with; empty where the gateway leads there by other means. */
  readonly paths: readonly string[];
  /** The names by which the gateway is called for it. */
  readonly hosts: readonly string[];
  readonly target: Reference;
  readonly protocol: string;
  readonly place: Place;
  /** Who may call it, where the configuration names somebody. */
  readonly callers?: readonly Reference[];
}

/** Where readers put what they find. */
export interface PlatformSink {
  flow(flow: PlatformFlow): void;
  use(use: ClientUse): void;
  route(route: PlatformRoute): void;
  /** A record was understood, and makes no link by itself. */
  read(count?: number): void;
  /** A record was understood, and is none that moves data: `switched off` … */
  leaveOut(kind: string, count?: number): void;
  skip(place: Place, reason: string): void;
  flaw(place: Place, reason: string): void;
}

/** What a reader is told beside the files. */
export interface PlatformContext {
  /** What the platform is called in this landscape. */
  readonly platform: string;
  /** The clock of schedules that name no zone. */
  readonly timezone: string;
}

/** How the files of one platform are known and read. It never throws: what is broken is skipped. */
export interface PlatformReader {
  /** As people call it, for messages. */
  readonly name: string;
  /** What it is where nobody describes it. */
  readonly product: { readonly id: string; readonly kind: SystemKind };
  /** Whether this is such a file, by its content. Cheap: every file is asked. */
  matches(file: string, text: string): boolean;
  /** Reads all files of the platform at once, for one may name what another defines. */
  read(files: readonly PlatformFile[], sink: PlatformSink, context: PlatformContext): void;
}
