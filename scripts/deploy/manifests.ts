import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** What the tests read of a Kubernetes object. */
export interface Manifest {
  kind: string;
  metadata: { name: string };
  data?: Record<string, string>;
  stringData?: Record<string, string>;
  spec?: {
    replicas?: number;
    maxUnavailable?: number;
    selector?: { matchLabels?: Record<string, string>; app?: string };
    template?: { metadata: { labels: Record<string, string>; annotations?: Record<string, string> }; spec: PodSpec };
    ports?: { name: string; port: number; targetPort: string }[];
    rules?: { http: { paths: { backend: { service: { name: string; port: { name: string } } } }[] } }[];
  };
}
export interface PodSpec {
  terminationGracePeriodSeconds?: number;
  securityContext: { runAsNonRoot: boolean };
  containers: Container[];
}
export interface Container {
  name: string;
  image: string;
  envFrom?: { configMapRef?: { name: string }; secretRef?: { name: string } }[];
  env?: { name: string; value: string }[];
  ports?: { name: string; containerPort: number }[];
  livenessProbe?: Probe;
  readinessProbe?: Probe;
  startupProbe?: Probe;
  securityContext: { allowPrivilegeEscalation: boolean; readOnlyRootFilesystem: boolean };
}
export interface Probe {
  httpGet: { path: string; port: string };
}

/** All objects of the YAML files of a folder. Throws on what is no YAML. */
export function manifestsIn(folder: string): Manifest[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) => parseAllDocuments(readFileSync(join(folder, file), 'utf8')))
    .map((document) => {
      if (document.errors.length > 0) throw document.errors[0];
      return document.toJS() as Manifest;
    });
}

/** The variables a container gets, secrets as empty texts. */
export function environmentOf({ envFrom = [], env = [] }: Container, all: readonly Manifest[]): Record<string, string> {
  const of = (kind: string, name: string): Record<string, string> => {
    const found = all.find((each) => each.kind === kind && each.metadata.name === name);
    if (!found) throw new Error(`There is no ${kind} ${name}`);
    return found.data ?? found.stringData ?? {};
  };
  return Object.assign(
    {},
    ...envFrom.map(({ configMapRef, secretRef }) => (configMapRef ? of('ConfigMap', configMapRef.name) : of('Secret', secretRef?.name ?? ''))),
    Object.fromEntries(env.map(({ name, value }) => [name, value])),
  ) as Record<string, string>;
}
