/** One stage of a Dockerfile: what it is built on and its instructions, continued lines joined. */
export interface Stage {
  name: string;
  from: string;
  instructions: { name: string; argument: string }[];
}

/** Reads a Dockerfile; ARGs before the first FROM are filled in. */
export function stagesOf(text: string): Stage[] {
  const lines = text
    .split('\n')
    .filter((line) => !/^\s*#/.test(line))
    .join('\n')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const variables = new Map<string, string>();
  const stages: Stage[] = [];
  for (const line of lines) {
    const [, name = '', argument = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
    if (name === 'FROM') {
      const [from = '', , stage = ''] = argument.split(/\s+/);
      stages.push({ name: stage, from: from.replace(/\$\{(\w+)\}/g, (_, key: string) => variables.get(key) ?? ''), instructions: [] });
    } else if (stages.length === 0) {
      const [key = '', value = ''] = argument.split('=');
      variables.set(key, value);
    } else {
      stages.at(-1)?.instructions.push({ name, argument });
    }
  }
  return stages;
}

/** The stage's own instructions after those of what it is built on. */
export function inherited(stage: Stage, all: readonly Stage[]): Stage['instructions'] {
  const base = all.find(({ name }) => name === stage.from);
  return base ? [...inherited(base, all), ...stage.instructions] : stage.instructions;
}
