export { startFakeGraph, type FakeGraph } from './fake-graph.js';
export { type GraphCall } from './routes.js';
export { GraphState, type GraphContainer, type GraphMedia } from './state.js';
