/** What is wrong with a field, and what to do about it. A type and not an interface, so that it counts as JSON. */
export type FieldProblem = {
  path: string;
  message: string;
};
