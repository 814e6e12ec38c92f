/** The least a workflow can be. */
export async function nothing() {}
