export { fallThrough } from './fall-through.js';
export { attemptsReachedApp, reachedApp, type ReachedApp } from './reached-app.js';
