export { startBalancer, type Balancer, type BalancerOptions } from './balancer.js';
