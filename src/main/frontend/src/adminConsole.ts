import type { ComponentType } from 'react';

/** `admin/AdminConsole.tsx` exports it by default and has its own routes below `/admin`; there may be none. */
const found = import.meta.glob<{ default: ComponentType }>('./admin/AdminConsole.tsx');

export const loadAdminConsole = Object.values(found)[0];
export const hasAdminConsole = loadAdminConsole !== undefined;
