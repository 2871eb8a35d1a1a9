import { useFormats } from '../formats';

const WIDTH = 240;
const HEIGHT = 48;

interface ChartProps {
  readonly label: string;
  /** Oldest first. */
  readonly values: readonly number[];
  /** Said where nothing has come yet. */
  readonly waiting: string;
}

/** The latest value as a number, and how it came to it as a line. */
export function Chart({ label, values, waiting }: ChartProps) {
  const formats = useFormats();
  const latest = values.at(-1);
  const most = Math.max(1, ...values);
  const points = values.map((value, index) => {
    const x = values.length < 2 ? WIDTH : (index * WIDTH) / (values.length - 1);
    return `${x.toFixed(1)},${(HEIGHT - 2 - (value * (HEIGHT - 4)) / most).toFixed(1)}`;
  });
  return (
    <div className="card chart">
      <p className="chart-label">{label}</p>
      <p className="chart-value">{latest === undefined ? waiting : formats.number(latest)}</p>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
        <polyline points={points.join(' ')} />
      </svg>
    </div>
  );
}
