export { addMoney, formatMoney, minorDigits, type Money } from './money.js';
