export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg className="logo" viewBox="0 0 64 64" width={size} height={size} aria-hidden="true" focusable="false">
      <rect width="64" height="64" rx="14" className="logo-ground" />
      <path d="M15 48V17h26v8H24v7h14v8H24v8Z" className="logo-letter" />
      <circle cx="46" cy="44" r="6" className="logo-dot" />
    </svg>
  );
}
