/** Which colour is what. Parts of more kinds than there are colours begin with the first one again. */
const COLOURS = 6;

export function seriesClass(index: number): string {
  return `series-${(index % COLOURS) + 1}`;
}

export function Legend({ series }: { readonly series: readonly string[] }) {
  return (
    <figcaption className="legend soft">
      {series.map((name, index) => (
        <span key={name}>
          <i className={`mark ${seriesClass(index)}`} /> {name}
        </span>
      ))}
    </figcaption>
  );
}
