import type { PlatformReader } from './platform.ts';
import { toEndReference } from './service-reference.ts';

/** The endpoints in a proxy bundle of Apigee, unpacked: which paths lead to which target. */
export const apigeeReader: PlatformReader = {
  name: 'Apigee proxy bundle (unpacked)',
  product: { id: 'apigee', kind: 'api-gateway' },
  matches: (file, text) =>
    /<(?:ProxyEndpoint|TargetEndpoint|APIProxy)[\s>]/.test(text.slice(0, 4_000)) ||
    (/(?:^|\/)apiproxy\/.*\.xml$/.test(file) &&
      /^\s*(?:<\?xml[^>]{0,200}\?>\s*)?<[A-Z]/.test(text)),
  read(files, sink) {
    const bundle = (file: string): string =>
      file.replace(/(?:proxies|targets|policies)\/[^/]*$/, '').replace(/[^/]*\.xml$/, '');
    const proxies = files.flatMap((file) =>
      file
        .xml()
        .all('ProxyEndpoint')
        .map((node) => ({ file: file.file, node })),
    );
    for (const { file, xml } of files)
      for (const node of xml().all('TargetEndpoint')) {
        if (node.parent !== undefined) continue;
        const name = node.attributes.get('name') ?? 'default';
        const place = { file, line: node.line, column: 1 };
        const connection = node.child('HTTPTargetConnection');
        const url = connection?.text('URL');
        const servers =
          connection?.child('LoadBalancer')?.children.filter((child) => child.name === 'Server') ??
          [];
        const targets = url
          ? [url]
          : servers.flatMap((server) => server.attributes.get('name') ?? []);
        if (targets.length === 0) sink.leaveOut('targets without an address');
        const leading = proxies.filter(
          (proxy) =>
            bundle(proxy.file) === bundle(file) &&
            proxy.node.children.some(
              (rule) => rule.name === 'RouteRule' && rule.text('TargetEndpoint') === name,
            ),
        );
        for (const target of targets)
          sink.route({
            name: `target ${name}`,
            paths: leading
              .flatMap((proxy) => proxy.node.text('HTTPProxyConnection', 'BasePath') ?? [])
              .filter((path) => path !== '/'),
            hosts: [],
            target: url ? toEndReference(target) : { kind: 'system', value: target },
            protocol: target.startsWith('https') ? 'https' : 'http',
            place,
          });
      }
    sink.read(proxies.length);
    for (const { text } of files)
      if (!/<(?:ProxyEndpoint|TargetEndpoint)[\s>]/.test(text))
        sink.leaveOut('policies and other parts of a bundle');
  },
};
