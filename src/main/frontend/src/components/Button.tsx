import type { ComponentProps } from 'react';
import { Link } from 'react-router';
import { Icon } from './Icon';
import type { IconName } from './Icon';
import { Spinner } from './Spinner';

export type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'danger';

interface Look {
  readonly kind?: ButtonKind;
  readonly small?: boolean;
  readonly icon?: IconName;
}

function classes(kind: ButtonKind, small: boolean | undefined, more: string | undefined): string {
  return ['button', `button-${kind}`, small && 'button-small', more].filter(Boolean).join(' ');
}

export interface ButtonProps extends ComponentProps<'button'>, Look {
  /** Shows that it works, and takes no second press; the width stays. */
  readonly busy?: boolean;
}

export function Button({ kind = 'secondary', small, icon, busy, className, children, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={classes(kind, small, className)}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {busy ? <Spinner small /> : icon && <Icon name={icon} size={18} />}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  readonly icon: IconName;
  /** What it does, for those who do not see the icon; the tooltip of the others. */
  readonly label: string;
}

export function IconButton({ icon, label, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={['icon-button', className].filter(Boolean).join(' ')}
      aria-label={label}
      title={label}
    >
      <Icon name={icon} />
    </button>
  );
}

/** A link that looks like a button. */
export function ButtonLink({ kind = 'secondary', small, icon, className, children, ...rest }: ComponentProps<typeof Link> & Look) {
  return (
    <Link {...rest} className={classes(kind, small, className)}>
      {icon && <Icon name={icon} size={18} />}
      {children}
    </Link>
  );
}
