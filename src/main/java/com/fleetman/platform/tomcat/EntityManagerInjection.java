package com.fleetman.platform.tomcat;

import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.function.Supplier;
import org.jboss.weld.injection.spi.JpaInjectionServices;
import org.jboss.weld.injection.spi.ResourceReference;
import org.jboss.weld.injection.spi.ResourceReferenceFactory;

/** Lets Weld serve {@code @PersistenceContext} and {@code @PersistenceUnit}; found through META-INF/services. */
public final class EntityManagerInjection implements JpaInjectionServices {

    @Override
    public ResourceReferenceFactory<EntityManager> registerPersistenceContextInjectionPoint(InjectionPoint point) {
        return () -> new Reference<>(EntityManagers::transactionScoped);
    }

    @Override
    public ResourceReferenceFactory<EntityManagerFactory> registerPersistenceUnitInjectionPoint(InjectionPoint point) {
        return () -> new Reference<>(TomcatStack::entityManagers);
    }

    /** Nothing to do: TomcatStack closes what the references point to, after the last bean is gone. */
    @Override
    public void cleanup() {}

    private record Reference<T>(Supplier<T> source) implements ResourceReference<T> {

        @Override
        public T getInstance() {
            return source.get();
        }

        @Override
        public void release() {}
    }
}
