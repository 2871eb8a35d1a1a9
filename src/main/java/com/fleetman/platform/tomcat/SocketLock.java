package com.fleetman.platform.tomcat;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.locks.Lock;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * The lock of a socket of Tomcat's. The method that tells it is declared with another type in Tomcat 10.1 than in 11, so a
 * call that is compiled against the one cannot be linked on the other.
 */
final class SocketLock {
    private static final MethodHandle OF = find();

    private SocketLock() {}

    private static MethodHandle find() {
        try {
            return MethodHandles.publicLookup()
                    .unreflect(SocketWrapperBase.class.getMethod("getLock"))
                    .asType(MethodType.methodType(Lock.class, Object.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This Tomcat's sockets have no lock.", e);
        }
    }

    static Lock of(SocketWrapperBase<?> socket) {
        try {
            return (Lock) OF.invokeExact((Object) socket);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
