/*
 * The HEALTHCHECK of the images: whether the process lives (not whether all it needs is there, for which nobody should
 * restart it). Called with the name of the variable that holds the port and the port without it.
 */
const [variable = 'HEALTH_PORT', fallback = '3002'] = process.argv.slice(2);
const port = process.env[variable]?.trim() || fallback;
try {
  const { ok } = await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(3_000) });
  process.exit(ok ? 0 : 1);
} catch {
  process.exit(1);
}
