import { fileURLToPath } from 'node:url';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Where the example's default export is. */
export const example = here('../../../../examples/channel-whatsapp/src/index.ts');

/** How another process of Node reads our TypeScript. */
export const readsTypeScript = ['--conditions=source', '--import', here('../../../../scripts/typescript.js')];
