/** The memory of a kernel. Its buffer is another one once the kernel has made room for more. */
export interface KernelMemory {
  readonly buffer: ArrayBuffer;
}

/** What the runtime made of the bytes of a kernel; threads hand it to one another. */
export type KernelModule = object & { readonly kind?: 'WebAssembly.Module' };

/** What a kernel calls: names of its files, and of their functions. */
export type KernelImports = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

interface Runtime {
  readonly Module: new (bytes: Uint8Array) => KernelModule;
  readonly Instance: new (
    module: KernelModule,
    imports: KernelImports,
  ) => { readonly exports: unknown };
}

/** The part of WebAssembly that is used here; the types of Node.js leave it out. */
export const webAssembly: Runtime = (globalThis as unknown as { WebAssembly: Runtime }).WebAssembly;
