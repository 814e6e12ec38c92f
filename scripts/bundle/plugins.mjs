import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { staysOutside } from './outside.mjs';

/**
 * For esbuild: leaves the packages of `outside.mjs` where they are. They are then looked up from the bundle, which must find the very
 * files that the importing module found: a second version elsewhere in node_modules breaks the build, not the process.
 * @param outdir where the bundle will lie
 */
export const leaveOutside = (outdir) => ({
  name: 'leave-outside',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, resolveDir }) => {
      if (!staysOutside(path)) return undefined;
      const [there, here] = [fileOf(path, resolveDir), fileOf(path, outdir)];
      if (there !== here) return { errors: [{ text: `${path} is ${there ?? 'missing'} for ${resolveDir}, but ${here ?? 'missing'} for the bundle` }] };
      return { path, external: true };
    });
  },
});

function fileOf(specifier, folder) {
  try {
    return createRequire(`${folder}/noop.js`).resolve(specifier);
  } catch {
    return undefined;
  }
}

/** For esbuild: source maps of our own code only. Those of packages are most of what a first stack trace would have to read. */
export const mapOwnCode = {
  name: 'map-own-code',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]node_modules[\\/].*\.[cm]?js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      return { contents: `${text}\n//# sourceMappingURL=data:application/json;base64,${mapOfNothing(text)}`, loader: 'js' };
    });
  },
};

/** A map that speaks of no line but the one after the last: esbuild takes one that speaks of none for no map at all, and makes its own. */
function mapOfNothing(text) {
  const mappings = `${';'.repeat(text.split('\n').length + 2)}AAAA`;
  return Buffer.from(JSON.stringify({ version: 3, sources: [''], mappings })).toString('base64');
}
