/** Instanced quads: the geometry of links, drawn in one call. */
import { BufferAttribute, DynamicDrawUsage, InstancedBufferAttribute, InstancedBufferGeometry } from 'three';

/** `count` quads with corners at -1 and 1 (`corner`) and these attributes, one entry a quad. */
export function createQuads(
  attributes: Readonly<Record<string, BufferAttribute>>,
  count: number,
): InstancedBufferGeometry {
  const geometry = new InstancedBufferGeometry();
  geometry.setIndex([0, 1, 2, 2, 1, 3]);
  geometry.setAttribute('corner', new BufferAttribute(new Float32Array([-1, -1, 1, -1, -1, 1, 1, 1]), 2));
  for (const [name, attribute] of Object.entries(attributes)) geometry.setAttribute(name, attribute);
  geometry.instanceCount = count;
  return geometry;
}

/** An attribute with one entry a quad, over an array that is changed in place. Bytes are read as 0 to 1. */
export function perQuad(array: Float32Array | Uint8Array, itemSize: number): InstancedBufferAttribute {
  return new InstancedBufferAttribute(array, itemSize, array instanceof Uint8Array).setUsage(DynamicDrawUsage);
}

/**
 * The same quads for a restored context. The old geometry is left alone: disposing of it would delete, in the new context,
 * buffers that went with the old one.
 */
export function renewQuads({ attributes, instanceCount }: InstancedBufferGeometry): InstancedBufferGeometry {
  const own = Object.entries(attributes).filter(
    (entry): entry is [string, InstancedBufferAttribute] => entry[1] instanceof InstancedBufferAttribute,
  );
  return createQuads(Object.fromEntries(own), instanceCount);
}
