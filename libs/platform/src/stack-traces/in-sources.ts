import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * A stack trace in lines of TypeScript, by the maps that lie beside the compiled files; lines whose file has none stay as they are.
 * Node's own `--enable-source-maps` reads and counts through every map while modules load, a fifth of a start; here a map is read
 * when the first trace that needs it is shown.
 */
export function inSources(trace: string): string {
  return trace.replaceAll(place, (compiled, url: string, line: string, column: string) => {
    const origin = mapOf(url)?.findOrigin(Number(line), Number(column));
    if (!origin || !('fileName' in origin) || !origin.fileName.endsWith('.ts')) return compiled;
    return `${fileURLToPath(new URL(origin.fileName, url))}:${origin.lineNumber}:${origin.columnNumber}`;
  });
}

const place = /(file:\/\/[^\s()]+\.js):(\d+):(\d+)/g;
const maps = new Map<string, SourceMap | undefined>();

function mapOf(url: string): SourceMap | undefined {
  if (!maps.has(url)) maps.set(url, readMap(url));
  return maps.get(url);
}

/** A trace is wanted most when something is wrong: a map that is missing or broken leaves it as it is. */
function readMap(url: string): SourceMap | undefined {
  try {
    return new SourceMap(JSON.parse(readFileSync(new URL(`${url}.map`), 'utf8')) as SourceMapPayload);
  } catch {
    return undefined;
  }
}
