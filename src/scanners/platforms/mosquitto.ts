import { toClient } from './kafka.ts';
import type { PlatformReader } from './platform.ts';

/** Access lists of Mosquitto: which user may write and read which topic of MQTT. */
export const mosquittoReader: PlatformReader = {
  name: 'Mosquitto access list',
  product: { id: 'mosquitto', kind: 'broker' },
  matches: (_file, text) =>
    /^(?:user[ \t]+\S|pattern[ \t]+(?:(?:read|write|readwrite|deny)[ \t]+)?\S{0,300}%[cu])/m.test(
      text,
    ) && /^(?:topic|pattern)[ \t]+\S/m.test(text),
  read(files, sink) {
    for (const { file, text } of files) {
      let user: string | undefined;
      for (const [index, written] of text.split('\n').entries()) {
        const line = written.trim();
        if (line === '' || line.startsWith('#')) continue;
        const place = { file, line: index + 1, column: 1 };
        const named = /^user\s+(.{1,200})$/.exec(line)?.[1];
        if (named !== undefined) {
          user = named.trim();
          sink.read();
          continue;
        }
        const rule = /^(topic|pattern)\s+(?:(read|write|readwrite|deny)\s+)?(.{1,500})$/.exec(line);
        if (!rule) {
          sink.skip(place, 'the line is no rule of an access list');
          continue;
        }
        const [, kind, access = 'readwrite', topic = ''] = rule;
        // MQTT stands + for one level, # for all below.
        const name = topic
          .trim()
          .replace(/(^|\/)(?:\+|%[cu])(?=\/|$)/g, '$1*')
          .replace(/\/?#$/, '/*');
        if (access === 'deny') sink.leaveOut('what is forbidden');
        else if (name.startsWith('$SYS') || /^\/?\*$/.test(name))
          sink.leaveOut('rights to everything');
        else if (user === undefined || kind === 'pattern') sink.leaveOut('rights of everyone');
        else
          for (const [word, does] of [
            ['write', 'publish'],
            ['read', 'consume'],
          ] as const)
            if (access.includes(word))
              sink.use({
                client: toClient(user),
                does,
                topic: name,
                protocol: 'mqtt',
                place,
                confidence: 0.7,
              });
      }
    }
  },
};
