import type { ClientEntry } from './client.ts';
import { csharpAspire } from './csharp-aspire.ts';
import { csharpCloud } from './csharp-cloud.ts';
import { csharpDatabases } from './csharp-databases.ts';
import { csharpFiles } from './csharp-files.ts';
import { csharpHttp } from './csharp-http.ts';
import { csharpMessaging } from './csharp-messaging.ts';

/** Clients of C#: types by their namespace, extension methods as `#Method`. */
export const csharpClients: readonly ClientEntry[] = [
  ...csharpHttp,
  ...csharpDatabases,
  ...csharpMessaging,
  ...csharpCloud,
  ...csharpFiles,
  ...csharpAspire,
];
