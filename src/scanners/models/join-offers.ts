import type { Evidence } from '../../evidence.ts';
import { groupBy, sortBy } from '../../order.ts';
import type { CoverageCounter } from '../coverage.ts';
import type { Box } from './boxes.ts';
import type { ModelOffer } from './model.ts';
import { type ModelOptions, toConnection } from './to-connection.ts';

/** An interface or message that an element offers or uses, and the file that says so. */
export interface PlacedOffer {
  readonly offer: ModelOffer;
  readonly box: Box;
  readonly file: string;
}

/** An interface with more pairs than this is a bus, and no link of its own. */
const mostPairs = 2_000;

/**
 * Pairs who provides an interface with who consumes it, and who sends a message with who receives it,
 * whichever files say so. What has only one side is counted.
 */
export function* joinOffers(
  offers: readonly PlacedOffer[],
  options: ModelOptions,
  coverage: CoverageCounter,
): Generator<Evidence> {
  const byName = groupBy(
    sortBy(
      offers,
      ({ offer }) => offer.name,
      ({ file }) => file,
      ({ offer }) => offer.line,
    ),
    ({ offer }) => `${isMessage(offer) ? 'message' : 'interface'}\u0000${offer.name.toLowerCase()}`,
  );
  coverage.read(offers.length);
  for (const group of byName.values()) {
    const of = (does: ModelOffer['does']): PlacedOffer[] =>
      group.filter(({ offer }) => offer.does === does);
    const [makers, users] = isMessage((group[0] as PlacedOffer).offer)
      ? [of('sends'), of('receives')]
      : [of('provides'), of('consumes')];
    if (makers.length === 0 || users.length === 0) {
      const side = makers.length === 0 ? 'offers' : 'uses';
      coverage.leaveOut(`interface or message that nobody ${side}`);
      continue;
    }
    if (makers.length * users.length > mostPairs) {
      coverage.leaveOut('message or interface with too many users');
      continue;
    }
    for (const maker of makers)
      for (const user of users)
        if (maker.box.id !== user.box.id) yield joinTwo(maker, user, options);
  }
}

function isMessage({ does }: ModelOffer): boolean {
  return does === 'sends' || does === 'receives';
}

/** One link, told at the place where its user says so. */
function joinTwo(maker: PlacedOffer, user: PlacedOffer, options: ModelOptions): Evidence {
  const { offer, file } = user;
  const sends = isMessage(offer);
  const protocol = offer.protocol ?? maker.offer.protocol ?? (sends ? 'event' : undefined);
  const relation = {
    from: '',
    to: '',
    meaning: sends ? ('data' as const) : ('call' as const),
    label: offer.name,
    ...(protocol === undefined ? {} : { protocol }),
    ...(sends ? { objects: [offer.name] } : {}),
    line: offer.line,
    column: offer.column,
  };
  return sends
    ? toConnection(relation, maker.box, user.box, file, options)
    : toConnection(relation, user.box, maker.box, file, options);
}
