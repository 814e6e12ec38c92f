/** One thing wrong with a plugin's configuration, without its value. */
export interface ConfigProblem {
  /** The variable. */
  readonly path: string;
  readonly message: string;
  /** What the variable is, when its schema describes it. */
  readonly help?: string;
}

interface Issues {
  readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
}

/** What zod found, each with the variable's own description: the name says where, the description how to set it right. */
export function configProblems(schema: unknown, { issues }: Issues): ConfigProblem[] {
  return issues.map(({ path, message }) => {
    const help = descriptionOf(schema, path[0]);
    return { path: path.join('.') || 'configuration', message, ...(help !== undefined && { help }) };
  });
}

/** The description given by `.describe()`. Duck-typed: a plugin may bring another copy of zod. */
function descriptionOf(schema: unknown, key: PropertyKey | undefined): string | undefined {
  const shape = key === undefined ? undefined : field(schema, 'shape');
  const description = key === undefined ? undefined : field(field(shape, key), 'description');
  return typeof description === 'string' ? description : undefined;
}

const field = (value: unknown, key: PropertyKey): unknown =>
  typeof value === 'object' && value !== null && key in value ? Reflect.get(value, key) : undefined;
