export { fallThrough } from './fall-through.js';
export { reachedApp, type ReachedApp } from './reached-app.js';
