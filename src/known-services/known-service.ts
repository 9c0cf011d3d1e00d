/** What a service of someone else is used for; `tooling` is what only builds and documents mention. */
export type ServiceClass =
  | 'business'
  | 'storage'
  | 'messaging'
  | 'identity'
  | 'observability'
  | 'tooling';

/** A well-known service outside the organisation, by its hosts. */
export interface KnownService {
  readonly name: string;
  /** As an inventory would say it: CRM, ERP, payments … */
  readonly type?: string;
  readonly class: ServiceClass;
  /**
   * `x.com` stands for the host and everything below it, `*.x.com` only for what is below it. A `*`
   * elsewhere stands for any part of one label: `s3.*.amazonaws.com`, `*-pubsub.googleapis.com`.
   */
  readonly hosts: readonly string[];
}
