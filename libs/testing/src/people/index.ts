export { peopleWorld, terms, type PeopleWorld } from './world.js'
