/** A field that the server did not take. */
export interface FieldError {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

/** An error of the server: `application/problem+json` (RFC 9457), or an answer that is none (`code` is `http_502`). */
export class Problem extends Error {
  override readonly name = 'Problem';
  /** Stable, see `docs/api.md`. */
  readonly code: string;
  readonly status: number;
  readonly detail: string | null;
  /** The offending fields; empty where no field is to blame. */
  readonly errors: readonly FieldError[];
  /** Milliseconds to wait before another attempt, from `Retry-After`, or null. */
  readonly retryAfter: number | null;

  constructor(init: {
    code: string;
    status: number;
    detail?: string | null;
    errors?: readonly FieldError[];
    retryAfter?: number | null;
  }) {
    super(init.detail ?? init.code);
    this.code = init.code;
    this.status = init.status;
    this.detail = init.detail ?? null;
    this.errors = init.errors ?? [];
    this.retryAfter = init.retryAfter ?? null;
  }

  /** Code of the first error of that field, or null. */
  field(name: string): string | null {
    return this.errors.find((error) => error.field === name)?.code ?? null;
  }

  /** Reads the body of an answer that was no success. */
  static async of(response: Response, now = Date.now()): Promise<Problem> {
    const retryAfter = retryAfterMs(response.headers.get('Retry-After'), now);
    let body: unknown = null;
    if (/[/+]json\b/.test(response.headers.get('Content-Type') ?? '')) {
      body = await response.json().catch(() => null);
    }
    const fields = isRecord(body) ? body : {};
    return new Problem({
      code: typeof fields['code'] === 'string' ? fields['code'] : `http_${String(response.status)}`,
      status: response.status,
      detail: typeof fields['detail'] === 'string' ? fields['detail'] : null,
      errors: Array.isArray(fields['errors']) ? fields['errors'].filter(isFieldError) : [],
      retryAfter,
    });
  }
}

/** `Retry-After` (RFC 9110 section 10.2.3), seconds or a date, in milliseconds from now; null if it is neither. */
export function retryAfterMs(value: string | null, now = Date.now()): number | null {
  if (value === null) {
    return null;
  }
  const text = value.trim();
  if (/^\d+$/.test(text)) {
    return Number(text) * 1000;
  }
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isFieldError(value: unknown): value is FieldError {
  return isRecord(value) && typeof value['field'] === 'string' && typeof value['code'] === 'string';
}
