import type { ClientEntry } from './client.ts';
import { javaCamelClients } from './java-camel.ts';
import { javaCloudClients } from './java-cloud.ts';
import { javaDatabaseClients } from './java-databases.ts';
import { javaFileClients } from './java-files.ts';
import { javaHttpClients } from './java-http.ts';
import { javaMessagingClients } from './java-messaging.ts';
import { javaRepositories } from './java-repositories.ts';

/** Clients of Java. Types are named in full; an annotation has its `@` before the package. */
export const javaClients: readonly ClientEntry[] = [
  ...javaHttpClients,
  ...javaDatabaseClients,
  ...javaRepositories,
  ...javaMessagingClients,
  ...javaCloudClients,
  ...javaFileClients,
  ...javaCamelClients,
];
