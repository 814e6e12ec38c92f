import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { variables } from '@sevenfold/platform/config';
import email from '@sevenfold/channel-email';
import { environmentOf, manifestsIn } from './manifests.js';
import { madeUp } from './sample-values.js';
import { readAs, type ProcessName } from './starts.js';

const root = join(import.meta.dirname, '../..');
const all = manifestsIn(join(root, 'examples/kubernetes'));
const workloads = all.filter(({ kind }) => kind === 'Deployment' || kind === 'Job');
const pods = workloads.map(({ metadata, spec }) => [metadata.name.replace('sevenfold-', '') as ProcessName, spec?.template?.spec] as const);
const of = (kind: string) => all.filter((each) => each.kind === kind);

describe('examples/kubernetes', () => {
  test('has a deployment with a disruption budget for each process, and a job for the tables', () => {
    expect(pods.map(([name]) => name).sort()).toEqual(['api', 'migrate', 'slackbot', 'worker']);
    expect(of('PodDisruptionBudget').map(({ spec }) => spec?.selector?.matchLabels?.['app']).sort()).toEqual(
      of('Deployment').map(({ spec }) => spec?.template?.metadata.labels['app']).sort(),
    );
    for (const { spec } of of('Deployment')) expect(spec?.replicas).toBeGreaterThan(1);
  });

  test('names only variables that somebody reads, and holds no secret', () => {
    const known = [...variables.map(({ name }) => name), ...Object.keys('shape' in email.config ? (email.config.shape as object) : {})];
    for (const { data = {}, stringData = {} } of all) {
      for (const name of [...Object.keys(data), ...Object.keys(stringData)]) expect(known).toContain(name);
      for (const value of Object.values(stringData)) expect(value).toBe('');
      for (const name of Object.keys(data)) expect(variables.find((each) => each.name === name)?.secret ?? false).toBe(false);
    }
  });

  test.each(pods)('%s starts with what it is given, as nobody special', async (name, pod) => {
    const [container] = pod?.containers ?? [];
    if (!pod || !container) throw new Error('no container');
    const filled = Object.fromEntries(Object.entries(environmentOf(container, all)).map(([key, value]) => [key, value || (madeUp[key] ?? '')]));
    await readAs(name, filled, root);
    expect(pod.securityContext.runAsNonRoot).toBe(true);
    expect(container.securityContext).toMatchObject({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true });
    if (name === 'migrate') return;
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(30);
    for (const probe of [container.startupProbe, container.livenessProbe]) expect(probe?.httpGet.path).toBe('/healthz');
    // Not the plain one: with a mail server away, nobody would be given requests any more.
    expect(container.readinessProbe?.httpGet.path).toBe('/readyz?for=traffic');
    const ports = (container.ports ?? []).map((port) => port.name);
    for (const probe of [container.startupProbe, container.livenessProbe, container.readinessProbe]) if (probe) expect(ports).toContain(probe.httpGet.port);
    const scraped = workloads.find(({ metadata }) => metadata.name === `sevenfold-${name}`)?.spec?.template?.metadata.annotations;
    expect((container.ports ?? []).map(({ containerPort }) => String(containerPort))).toContain(scraped?.['prometheus.io/port']);
  });

  test('only the job is given the owner of the tables', () => {
    for (const [name, pod] of pods) {
      const given = Object.keys(environmentOf(pod?.containers[0] ?? ({} as never), all));
      expect(given.includes('DATABASE_URL_OWNER')).toBe(name === 'migrate');
      if (name === 'slackbot') expect(given).not.toContain('KEY_RING');
    }
  });

  test('services and the ingress lead to ports there are', () => {
    for (const { metadata, spec } of of('Service')) {
      const container = pods.find(([name]) => metadata.name === `sevenfold-${name}`)?.[1]?.containers[0];
      for (const { targetPort } of spec?.ports ?? []) expect(container?.ports?.map(({ name }) => name)).toContain(targetPort);
    }
    for (const { spec } of of('Ingress')) {
      for (const { backend } of spec?.rules?.flatMap(({ http }) => http.paths) ?? []) {
        const service = of('Service').find(({ metadata }) => metadata.name === backend.service.name);
        expect(service?.spec?.ports?.map(({ name }) => name)).toContain(backend.service.port.name);
      }
    }
  });
});
