import { Param, type PipeTransform } from '@nestjs/common';
import { DomainError } from '@sevenfold/domain/errors';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

class IdPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    // What is no id cannot exist either: the answer is the same as for an id of somebody else.
    if (!uuid.test(value)) throw new DomainError('not_found');
    return value.toLowerCase();
  }
}

/** An id in the path: `@Id() id: string`, `@Id('creatorId') creatorId: string`. Anything but a uuid is 404. */
export const Id = (name = 'id'): ParameterDecorator => Param(name, new IdPipe());
