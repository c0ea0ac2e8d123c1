/** Rows that are put in order by dragging one to another's place; buttons do the same for those who cannot drag. */
import type { DragEvent } from 'react';

interface Draggable {
  /** Only rows of the same kind can be dropped on each other. */
  readonly kind: string;
  readonly place: number;
  /** Another row was dropped here. */
  readonly drop: (from: number) => void;
  readonly disabled?: boolean;
}

export function draggable({ kind, place, drop, disabled }: Draggable) {
  // types of dragged data are written in small letters
  const type = `application/x-allot-${encodeURIComponent(kind).toLowerCase()}`;
  return {
    draggable: disabled !== true,
    onDragStart: (event: DragEvent) => event.dataTransfer.setData(type, String(place)),
    onDragOver: (event: DragEvent) => {
      if (event.dataTransfer.types.includes(type)) event.preventDefault();
    },
    onDrop: (event: DragEvent) => {
      const from = event.dataTransfer.getData(type);
      if (from !== '') drop(Number(from));
    },
  };
}

/** The same values with one at another place; those between move up or down. */
export function moved<Value>(values: readonly Value[], from: number, to: number): Value[] {
  const taken = values[from];
  const others = values.filter((_, index) => index !== from);
  return taken === undefined ? others : [...others.slice(0, to), taken, ...others.slice(to)];
}
