/** The origin's hook, word for word but for its imports, the address and the logging. It must work with our class. */
import { useEffect } from 'react';
import { type SSEClient, useBrowserNotification, useNotifications } from '../src/index.js';

export function useOriginObserver(url: string, sseClient: SSEClient): void {
  const { addNotification } = useNotifications(); // Store de notificaciones
  const { showNotification } = useBrowserNotification(); // Notificaciones del navegador

  useEffect(() => {
    // Conectar SSE
    sseClient.connect(
      url,
      // Callback: mensaje recibido
      (notification) => {
        // 1. Agregar al store de notificaciones (para badge en header)
        addNotification(notification);

        // 2. Mostrar notificación del navegador
        if (Notification.permission === 'granted') {
          showNotification(notification.title, {
            body: notification.message,
            icon: '/icon.png',
            tag: notification.id, // Previene duplicados
            data: {
              actionUrl: notification.actionUrl
            }
          });
        }
      },
      // Callback: error
      (error) => {
        // eslint-disable-next-line no-console
        console.error('SSE connection error:', error);
        // No hacer nada - SSEClient maneja reconexión automáticamente
      }
    );

    // Cleanup: desconectar al desmontar
    return () => {
      sseClient.disconnect();
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []); // Solo ejecutar una vez al montar
}
