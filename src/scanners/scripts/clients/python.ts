import type { ClientEntry, Operation } from './client.ts';
import { pythonCloud } from './python-cloud.ts';
import { databaseFunctions, pythonDatabases } from './python-databases.ts';
import { pythonFiles } from './python-files.ts';
import { pythonHttp } from './python-http.ts';
import { pythonMessaging } from './python-messaging.ts';

/** Clients of Python. Imports are named by their module: `requests.get`, `psycopg2.connect`. */
export const pythonClients: readonly ClientEntry[] = [
  ...pythonHttp,
  ...pythonDatabases,
  ...pythonMessaging,
  ...pythonFiles,
  ...pythonCloud,
];

/** Functions that read or write through a connection handed to them, by name. */
export const pythonHandedOver: Readonly<Record<string, Operation>> = databaseFunctions;
