import { isMapping, toMapping, toScalar } from '../scripts/settings/documents.ts';
import { readAwsTarget } from './aws-target.ts';
import type { PlatformReader } from './platform.ts';

const extension = 'x-amazon-apigateway-integration';

/** OpenAPI exports of AWS API Gateway, which name the integration behind each operation. */
export const awsGatewayReader: PlatformReader = {
  name: 'AWS API Gateway (OpenAPI export)',
  product: { id: 'aws-api-gateway', kind: 'api-gateway' },
  matches: (_file, text) => text.includes(extension),
  read(files, sink) {
    for (const { file, trees } of files)
      for (const tree of trees()) {
        const root = toMapping(tree.value);
        const host = toScalar(root['host']);
        for (const [path, operations] of Object.entries(toMapping(root['paths'])))
          for (const [method, operation] of Object.entries(toMapping(operations))) {
            const integration = toMapping(toMapping(operation)[extension]);
            if (!isMapping(toMapping(operation)[extension])) continue;
            const place = { file, ...tree.placeOf(['paths', path, method, extension]) };
            const uri = toScalar(integration['uri']) ?? '';
            if (/^mock$/i.test(toScalar(integration['type']) ?? '') || uri === '') {
              sink.leaveOut('operations that the gateway answers itself');
              continue;
            }
            const prefix = path.replace(/\/\{.*$/s, '');
            const target = readAwsTarget(
              uri.replace(/^.*:path\/.*?(arn:aws.*?)(?:\/invocations)?$/s, '$1'),
            );
            sink.route({
              name: `${method.toUpperCase()} ${path}`,
              paths: prefix === '' ? [] : [prefix],
              hosts: host === undefined ? [] : [host],
              target: target.reference,
              protocol: target.protocol ?? 'http',
              place,
            });
          }
      }
  },
};
