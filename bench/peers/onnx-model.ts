/** The two ONNX models of one node that onnxruntime is asked to run, as protobuf written by hand. */

type Bytes = readonly number[];

const FLOAT = 1;
const INT64 = 7;

function varint(value: number): Bytes {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}

function bytes(field: number, content: Bytes): Bytes {
  return [...varint(field * 8 + 2), ...varint(content.length), ...content];
}

function text(field: number, value: string): Bytes {
  return bytes(field, [...Buffer.from(value)]);
}

function integer(field: number, value: number): Bytes {
  return [...varint(field * 8), ...varint(value)];
}

/** A dimension is a number, or a name for one that is known later. */
function typed(name: string, type: number, shape: readonly (number | string)[]): Bytes {
  const dimensions = shape.flatMap((size) => bytes(1, typeof size === 'number' ? integer(1, size) : text(2, size)));
  return [...text(1, name), ...bytes(2, bytes(1, [...integer(1, type), ...bytes(2, dimensions)]))];
}

function model(node: Bytes, inputs: readonly Bytes[], output: Bytes): Uint8Array {
  const graph = [
    ...bytes(1, node),
    ...text(2, 'g'),
    ...inputs.flatMap((input) => bytes(11, input)),
    ...bytes(12, output),
  ];
  return Uint8Array.from([...integer(1, 8), ...bytes(7, graph), ...bytes(8, [...text(1, ''), ...integer(2, 13)])]);
}

export function nmsModel(): Uint8Array {
  const names = ['boxes', 'scores', 'most', 'threshold'];
  const node = [...names.flatMap((name) => text(1, name)), ...text(2, 'kept'), ...text(4, 'NonMaxSuppression')];
  const inputs = [
    typed('boxes', FLOAT, [1, 'n', 4]),
    typed('scores', FLOAT, [1, 1, 'n']),
    typed('most', INT64, [1]),
    typed('threshold', FLOAT, [1]),
  ];
  return model(node, inputs, typed('kept', INT64, ['k', 3]));
}

/** `pads` are [top, left, bottom, right]. */
export function convModel(pads: readonly number[]): Uint8Array {
  const attribute = [...text(1, 'pads'), ...pads.flatMap((pad) => integer(8, pad)), ...integer(20, 7)];
  const node = [...text(1, 'x'), ...text(1, 'w'), ...text(2, 'y'), ...text(4, 'Conv'), ...bytes(5, attribute)];
  const inputs = [typed('x', FLOAT, [1, 1, 'h', 'v']), typed('w', FLOAT, [1, 1, 'i', 'j'])];
  return model(node, inputs, typed('y', FLOAT, [1, 1, 'p', 'q']));
}
