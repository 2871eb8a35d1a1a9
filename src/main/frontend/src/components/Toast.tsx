import { createContext, useCallback, useContext, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './Button';
import { Icon } from './Icon';

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'info' | 'good' | 'bad';
  readonly action?: { readonly label: string; readonly run: () => void };
  /** It keeps its place, unseen, until those above it are gone too. */
  readonly closed?: boolean;
}

interface Voices {
  /** Shows a short text for a while, and has it read out. */
  readonly toast: (text: string, options?: { tone?: Toast['tone']; action?: Toast['action'] }) => void;
  /** Has a text read out by screen readers, politely; nothing is shown. */
  readonly announce: (text: string) => void;
}

const VoicesContext = createContext<Voices | null>(null);
const SHOWN_MS = 6_000;
const AT_ONCE = 3;

/** The lowest place that is free takes it; with none, the one that was opened first makes room. */
export function opening(all: readonly Toast[], toast: Toast): readonly Toast[] {
  const free = all.findIndex((one) => one.closed);
  const oldest = all.reduce((at, one, index) => (one.id < (all[at]?.id ?? Infinity) ? index : at), 0);
  const at = free >= 0 ? free : all.length < AT_ONCE ? all.length : oldest;
  return all.toSpliced(at, 1, toast);
}

export function closing(all: readonly Toast[], id: number): readonly Toast[] {
  const marked = all.map((toast) => (toast.id === id ? { ...toast, closed: true } : toast));
  return marked.slice(0, marked.findLastIndex((toast) => !toast.closed) + 1);
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const [said, setSaid] = useState({ text: '', turn: 0 });
  const next = useRef(1);

  const announce = useCallback((text: string) => setSaid((before) => ({ text, turn: before.turn + 1 })), []);
  const close = useCallback((id: number) => setToasts((all) => closing(all, id)), []);
  const toast = useCallback<Voices['toast']>(
    (text, options = {}) => {
      const id = next.current++;
      setToasts((all) => opening(all, { id, text, tone: options.tone ?? 'info', action: options.action }));
      announce(text);
      // An action needs time to be reached.
      window.setTimeout(() => close(id), options.action ? 2 * SHOWN_MS : SHOWN_MS);
    },
    [announce, close],
  );
  const voices = useMemo(() => ({ toast, announce }), [toast, announce]);

  return (
    <VoicesContext value={voices}>
      {children}
      <div className="toasts">
        {toasts.map((item) => (
          <div key={item.id} className={item.closed ? 'toast unseen' : `toast toast-${item.tone}`}>
            <Icon name={item.tone === 'bad' ? 'alert' : item.tone === 'good' ? 'check' : 'bell'} size={18} />
            <span className="toast-text">{item.text}</span>
            {item.action && (
              <button
                type="button"
                className="toast-action"
                onClick={() => {
                  close(item.id);
                  item.action?.run();
                }}
              >
                {item.action.label}
              </button>
            )}
            <IconButton icon="close" label={t('close')} onClick={() => close(item.id)} />
          </div>
        ))}
      </div>
      {/* Two regions by turns: the same text twice is read out twice. */}
      <div className="visually-hidden" role="status" data-testid="announcer">
        {said.turn % 2 === 0 ? said.text : ''}
      </div>
      <div className="visually-hidden" role="status">
        {said.turn % 2 === 1 ? said.text : ''}
      </div>
    </VoicesContext>
  );
}

export function useVoices(): Voices {
  const voices = useContext(VoicesContext);
  if (!voices) {
    throw new Error('there is no ToastProvider above');
  }
  return voices;
}
