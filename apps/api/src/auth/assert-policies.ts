import type { Type } from '@nestjs/common';
import { METHOD_METADATA, MODULE_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { routePolicyKey } from './route-policy.js';

/**
 * Refuses to start when a route does not say who may call it: forgetting must not mean "anybody".
 * @throws Error naming every such route
 */
export function assertPolicies(root: Type): void {
  const silent = routesOf(root).filter((route) => !Reflect.hasMetadata(routePolicyKey, route.handler));
  if (silent.length === 0) return;
  const names = silent.map((route) => route.name).join(', ');
  throw new Error(`These routes declare no policy (@Can, @Public, @ForCreator, @ForOperator or @ForBot): ${names}`);
}

interface Route {
  name: string;
  handler: object;
}

/** Every route of every controller of a module and of what it imports. */
export function routesOf(root: Type): Route[] {
  return controllersOf(root).flatMap((controller) => {
    const prototype: object = controller.prototype;
    return Object.entries(Object.getOwnPropertyDescriptors(prototype)).flatMap(([method, { value }]) =>
      typeof value === 'function' && Reflect.hasMetadata(PATH_METADATA, value) && Reflect.hasMetadata(METHOD_METADATA, value)
        ? [{ name: `${controller.name}.${method}`, handler: value as object }]
        : [],
    );
  });
}

function controllersOf(module: Type, seen = new Set<Type>()): Type[] {
  if (seen.has(module)) return [];
  seen.add(module);
  const own: Type[] = Reflect.getMetadata(MODULE_METADATA.CONTROLLERS, module) ?? [];
  const imports: (Type | { module: Type })[] = Reflect.getMetadata(MODULE_METADATA.IMPORTS, module) ?? [];
  return [...own, ...imports.flatMap((each) => controllersOf('module' in each ? each.module : each, seen))];
}
