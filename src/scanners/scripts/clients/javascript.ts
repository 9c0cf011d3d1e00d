import { cloudClients } from './javascript-cloud.ts';
import { databaseClients } from './javascript-databases.ts';
import type { JavascriptEntry } from './javascript-entry.ts';
import { fileClients } from './javascript-files.ts';
import { httpClients } from './javascript-http.ts';
import { messagingClients } from './javascript-messaging.ts';
import { serviceClients } from './javascript-services.ts';

/** Clients of TypeScript and JavaScript. Imports are named by their module: `pg.Client`, `axios.get`. */
export const javascriptClients: readonly JavascriptEntry[] = [
  ...httpClients,
  ...databaseClients,
  ...messagingClients,
  ...fileClients,
  ...cloudClients,
  ...serviceClients,
];
